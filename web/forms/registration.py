"""A new group, in three short steps."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.places import postcodes
from opportunities import duplicates
from opportunities.identifiers import org_id
from opportunities.models import Organisation
from web.forms.groups import GroupForm


class RegistrationStep(GroupForm):
    """Some of the questions about a group, and what could be wrong with their answers."""

    asks: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {name: self.fields[name] for name in self.asks if name in self.fields}

    @property
    def alike(self) -> list[Organisation]:
        """Groups that are registered already and may be the same."""
        return []

    def answers(self) -> dict[str, Any]:
        """What `organisations.register` takes of this step."""
        return {
            name: self.cleaned_data[name] for name in self.fields if name in GroupForm.base_fields
        }


class NameStep(RegistrationStep):
    """A name that is nearly another's has to be confirmed."""

    asks = ("another_group", "name", "description", "causes")

    another_group = forms.BooleanField(label=_("Ours is another group"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.alike:
            del self.fields["another_group"]

    @cached_property
    def alike(self) -> list[Organisation]:
        """Groups whose names are nearly the one that was sent."""
        return duplicates.groups_called_like(self.data.get("name", "")) if self.is_bound else []

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if self.alike and not answers.get("another_group"):
            self.add_error(
                "another_group",
                _now(
                    "A group with nearly the same name is registered. Check that it is not yours."
                ),
            )
        return answers


class PlaceStep(RegistrationStep):
    """What kind of group it is, its number, and where."""

    asks = ("legal_form", "identifier", "postcode")

    @cached_property
    def alike(self) -> list[Organisation]:
        """The group that has the number that was sent, if there is one."""
        if not self.is_bound:
            return []
        return duplicates.group_numbered(
            self.data.get("identifier", ""), self.data.get("legal_form", "")
        )

    def clean_postcode(self) -> str:
        postcode: str = self.cleaned_data["postcode"]
        if postcodes.locate(postcode) is None:
            raise forms.ValidationError(
                _now("We cannot find this postcode. Check it, for example HA1 2XY.")
            )
        return postcode

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if org_id(answers.get("identifier", ""), answers.get("legal_form", "")) is None:
            self.add_error(
                "identifier",
                _now(
                    "Check the number. A charity number has 6 or 7 digits, a company number 8. "
                    "Leave it empty if you have none."
                ),
            )
        elif self.alike:
            self.add_error(
                "identifier",
                _now(
                    "A group with this number is registered already. If it is yours, ask to join "
                    "it. If not, check the number."
                ),
            )
        return answers


class ContactStep(RegistrationStep):
    asks = ("contact_email", "phone", "website", "size", "network")


#: By their words in the address, in the order in which they come.
STEPS: dict[str, type[RegistrationStep]] = {
    "name": NameStep,
    "place": PlaceStep,
    "contact": ContactStep,
}
