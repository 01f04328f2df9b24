"""What a group tells about itself."""

from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fluid, Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from opportunities import duplicates
from opportunities.identifiers import org_id
from opportunities.models import Organisation
from web.forms.base import PageForm

LegalForm = Organisation.LegalForm

_LEGAL_FORMS = [
    Choice(
        LegalForm.UNINCORPORATED,
        LegalForm.UNINCORPORATED.label,
        hint=_("Most small groups: a committee, no registration."),
    ),
    Choice(LegalForm.CHARITY, LegalForm.CHARITY.label),
    Choice(LegalForm.CIO, LegalForm.CIO.label),
    Choice(LegalForm.FAITH, LegalForm.FAITH.label),
    Choice(LegalForm.CIC, LegalForm.CIC.label),
    Choice(LegalForm.SOCIAL_ENTERPRISE, LegalForm.SOCIAL_ENTERPRISE.label),
    Choice(LegalForm.PUBLIC, LegalForm.PUBLIC.label),
]


class GroupForm(PageForm):
    """Name, what it does, legal form and number, where, how to reach it."""

    name = forms.CharField(
        label=_("Name of the group"),
        max_length=160,
        error_messages={"required": _("Enter the name of the group.")},
    )
    description = forms.CharField(
        label=_("What does the group do?"),
        help_text=_("A few sentences, as you would tell a neighbour. People see this."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say in a few words what the group does.")},
    )
    legal_form = forms.ChoiceField(
        label=_("What kind of group is it?"),
        choices=_LEGAL_FORMS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of group it is.")},
    )
    identifier = forms.CharField(
        label=_("Charity or company number"),
        help_text=_(
            "A charity number has 6 or 7 digits, a company number 8. Leave this empty if you have "
            "none. A charitable incorporated organisation (CIO) gives its charity number, not the "
            "one that begins with CE."
        ),
        max_length=30,
        required=False,
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        help_text=_("Where the group meets or works most of the time."),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
        error_messages={"required": _("Enter a postcode, for example HA1 2XY.")},
    )
    contact_email = forms.EmailField(
        label=_("Email address for volunteers' questions"),
        help_text=_("The volunteer centre writes here too."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter an email address."),
            "invalid": _("Enter an email address in the right form, like name@example.com."),
        },
    )
    phone = forms.CharField(
        label=_("Phone number, if you like"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    website = forms.CharField(
        label=_("Website, if there is one"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )

    def layout(self) -> Layout:
        return Layout(
            "name",
            Field.textarea("description", rows=5),
            Field.radios("legal_form"),
            Field.text("identifier", field_width=Fluid.ONE_HALF),
            Field.text("postcode", field_width=Fluid.ONE_THIRD),
            "contact_email",
            Field.text("phone", field_width=Fluid.ONE_HALF),
            "website",
        )

    def clean_website(self) -> str:
        """People write "www.example.org": that is enough."""
        address: str = self.cleaned_data["website"].strip()
        if address and "://" not in address:
            address = f"https://{address}"
        try:
            return str(forms.URLField(required=False, assume_scheme="https").clean(address))
        except forms.ValidationError as error:
            raise forms.ValidationError(
                _("Enter the website in the right form, like www.example.org.")
            ) from error


class GroupRegistrationForm(GroupForm):
    """A new group. A name that is nearly another's has to be confirmed."""

    another_group = forms.BooleanField(
        label=_("Ours is another group"),
        required=False,
    )

    def layout(self) -> Layout:
        parts = list(super().layout().fields)
        if self.alike:
            parts.insert(0, Field.checkbox("another_group"))
        return Layout(*parts)

    @cached_property
    def numbered(self) -> list[Organisation]:
        """The group that has the number that was sent, if there is one."""
        if not self.is_bound:
            return []
        return duplicates.group_numbered(
            self.data.get("identifier", ""), self.data.get("legal_form", "")
        )

    @cached_property
    def alike(self) -> list[Organisation]:
        """Groups that have the number or nearly the name that was sent, the former first."""
        called = duplicates.groups_called_like(self.data.get("name", "")) if self.is_bound else []
        return [*self.numbered, *(group for group in called if group not in self.numbered)]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if self.numbered:
            self.add_error("identifier", _("A group with this number is registered already."))
        elif self.alike and not answers.get("another_group"):
            self.add_error(
                "another_group",
                _("A group with nearly the same name is registered. Check that it is not yours."),
            )
        return answers

    def answers(self) -> dict[str, Any]:
        """What `organisations.register` takes."""
        return {name: self.cleaned_data[name] for name in GroupForm.base_fields}


def answers_of(group: Organisation) -> dict[str, Any]:
    """Give what the form shows of a group that is there; its number as people write it."""
    answers = {name: getattr(group, name) for name in GroupForm.base_fields}
    number = group.identifier.rpartition("-")[2]
    if org_id(number, group.legal_form) == group.identifier:
        answers["identifier"] = number
    return answers
