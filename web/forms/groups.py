"""What a group tells about itself."""

from collections.abc import Callable
from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fluid, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from opportunities.identifiers import org_id
from opportunities.models import Organisation
from web.forms.base import PageForm
from web.forms.fields import CausesField

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


#: How a field is drawn, where the usual way would not do.
_LOOKS: dict[str, Callable[[str], Any]] = {
    "description": lambda name: Field.textarea(name, rows=5),
    "causes": lambda name: Field(
        name, template="components/fields/causes.html", context={"folded": True}
    ),
    "legal_form": Field.radios,
    "identifier": lambda name: Field.text(name, field_width=Fluid.ONE_HALF),
    "postcode": lambda name: Field.text(name, field_width=Fluid.ONE_THIRD),
    "phone": lambda name: Field.text(name, field_width=Fluid.ONE_HALF),
    "size": Field.radios,
    "network": Field.radios,
}


class GroupForm(PageForm):
    """Name, what it does and for what, legal form and number, where, how to reach it, its size."""

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
    causes = CausesField(
        label=_("What is it for?"),
        help_text=_(
            "Optional. One or two are enough. With them the volunteer centre finds your group when "
            "people nearby want to help with that."
        ),
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
        label=_("Email address for the volunteer centre"),
        help_text=_("The volunteer centre writes here. People who look for a role do not see it."),
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
    size = forms.ChoiceField(
        label=_("How many people does the group pay? (optional)"),
        choices=Organisation.Size.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    network = forms.ChoiceField(
        label=_("Is it in a network of groups? (optional)"),
        help_text=_("Only the volunteer centre sees this, and counts it."),
        choices=Organisation.Network.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    def layout(self) -> Layout:
        return Layout(*(_LOOKS.get(name, lambda name: name)(name) for name in self.fields))

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


class GroupChangeForm(GroupForm):
    """As `GroupForm`, of a group that is there. One that the volunteer centre registered without an
    email address needs none now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact_email"].required = bool(self.initial.get("contact_email"))


def answers_of(group: Organisation) -> dict[str, Any]:
    """Give what the form shows of a group that is there; its number as people write it."""
    answers = {name: getattr(group, name) for name in GroupForm.base_fields}
    answers["causes"] = list(group.causes.values_list("code", flat=True))
    number = group.identifier.rpartition("-")[2]
    if org_id(number, group.legal_form) == group.identifier:
        answers["identifier"] = number
    return answers
