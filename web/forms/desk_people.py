"""People at the desk: find one, register one, how to tell them, how a call went."""

from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fluid, Layout
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import input as received
from desk import people
from desk.models import WayToTell
from opportunities import duplicates
from opportunities.models import Organisation
from web.forms.base import PageForm
from web.forms.fields import DayField
from web.forms.groups import GroupForm

Way = WayToTell.Way

_PHONE = {"type": "tel", "autocomplete": "off"}


class FindPersonForm(forms.Form):
    """Looks for a person by what a caller says. Its answers stand in the address."""

    q = forms.CharField(
        label=_("Name, phone number, email address, postcode or ward"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )
    only = forms.ChoiceField(
        label=_("Show"),
        choices=[
            ("", _("Everybody")),
            ("waiting", _("People who wait for a role")),
            ("silent", _("People who wait and have not said what they would like")),
            ("no_email", _("People without an email address")),
        ],
        required=False,
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )


class RegisterPersonForm(PageForm):
    """Somebody who calls and wants to volunteer."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=80,
        error_messages={"required": _("Enter their first name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    last_name = forms.CharField(
        label=_("Last name (optional)"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=30,
        widget=forms.TextInput(attrs=_PHONE),
        error_messages={"required": _("Enter the phone number on which we can reach them.")},
    )
    email = forms.EmailField(
        label=_("Email address (optional)"),
        help_text=_(
            "We write to this address. Once they open the link in it, they can use the service "
            "themselves."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "invalid": _("Enter an email address in the right form, like name@example.com.")
        },
    )
    date_of_birth = DayField(
        label=_("Date of birth (optional)"),
        help_text=_(
            "For example, 27 3 1981. Without it they can ask for roles that are open to everybody "
            "of 16 and over. Nobody under 13 can register."
        ),
        required=False,
    )
    another_person = forms.BooleanField(
        label=_("It is another person, who has the same phone"), required=False
    )
    agreed = forms.BooleanField(
        label=_("They said yes to this: we keep what they tell us, to find a role for them"),
        error_messages={"required": _("Ask the person first, then tick the box.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.alike:
            del self.fields["another_person"]

    def layout(self) -> Layout:
        return Layout(
            *([Field.checkbox("another_person")] if self.alike else []),
            Field.text("first_name", field_width=Fluid.TWO_THIRDS),
            Field.text("last_name", field_width=Fluid.TWO_THIRDS),
            Field.text("phone", field_width=Fluid.ONE_HALF),
            Field.text("email", field_width=Fluid.TWO_THIRDS),
            "date_of_birth",
            Field.checkbox("agreed"),
        )

    @cached_property
    def alike(self) -> list[User]:
        """People who have the phone number that was sent."""
        return list(people.with_phone(self.data.get("phone", ""))[:5]) if self.is_bound else []

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if not answers.pop("another_person", False) and self.alike:
            self.add_error(
                "another_person",
                _now("Somebody with this phone number is registered. Check that it is not them."),
            )
        return answers


class EmailForm(PageForm):
    """An email address that a person gave by phone."""

    email = forms.EmailField(
        label=_("Email address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter an email address."),
            "invalid": _("Enter an email address in the right form, like name@example.com."),
        },
    )

    def layout(self) -> Layout:
        return Layout(Field.text("email", field_width=Fluid.TWO_THIRDS))


class WayForm(PageForm):
    """How somebody whom no mail reaches wants to hear from us."""

    way = forms.ChoiceField(
        label=_("How do they want to hear from us?"),
        choices=(
            Choice(Way.CALL, Way.CALL.label, hint=_("We call when there is something new.")),
            Choice(Way.LETTER, Way.LETTER.label, hint=_("Needs an address where letters go.")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    postal_address = forms.CharField(
        label=_("Address for letters"),
        help_text=_(
            "Say why we ask: only to post letters from this service. No group sees it, and we "
            "delete it when they choose calls or give us an email address."
        ),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def layout(self) -> Layout:
        return Layout(Field.radios("way"), Field.textarea("postal_address", rows=4))


class MessagesShownField(forms.TypedMultipleChoiceField):
    """Numbers of messages, posted as they were shown."""

    widget = forms.MultipleHiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=[], **kwargs)

    def valid_value(self, value: Any) -> bool:
        return received.is_id(str(value))


class CallForm(PageForm):
    """How a call went; `shown` are the numbers of the messages that the page showed."""

    outcome = forms.ChoiceField(
        label=_("How did the call go?"),
        choices=(
            Choice("reached", _("I told them"), hint=_("The messages are off the list.")),
            Choice("no_reply", _("Nobody answered"), hint=_("On the list again tomorrow.")),
            Choice(
                "wrong_number", _("The number is wrong"), hint=_("On the list again in a week.")
            ),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how the call went.")},
    )
    words = forms.CharField(
        label=_("What should be known? (optional)"),
        help_text=_("For example when it suits them to be called. They may ask to read it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )
    shown = MessagesShownField(required=False)

    def layout(self) -> Layout:
        return Layout(
            Field.radios("outcome"),
            Field.textarea("words", rows=3, max_characters=1000, threshold=75),
            "shown",
        )


class SuspendPersonForm(PageForm):
    """Why a person is suspended; the code is kept in the audit trail."""

    reason = forms.ChoiceField(
        label=_("Why are they suspended?"),
        choices=(
            ("safeguarding", _("Somebody may come to harm")),
            ("conduct", _("How they behaved towards others")),
            ("not_who_they_say", _("They are not who they say they are")),
            ("other", _("Another reason")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why they are suspended.")},
    )


class KnownByForm(PageForm):
    """How it was made sure who it is; the code is kept in the audit trail."""

    known_by = forms.ChoiceField(
        label=_("How did you make sure that it is them?"),
        choices=(
            ("met", _("They were here, and I know them or saw proof of who they are")),
            ("called_back", _("I called them back on the phone number that we have")),
            ("colleague", _("Somebody here who works with them was with them")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you made sure that it is them.")},
    )


class NoteOnPersonForm(PageForm):
    """A note on a person's or a group's own page."""

    words = forms.CharField(
        label=_("Note"),
        help_text=_(
            "What the next person at the desk needs to know. Whoever it is about may ask to read "
            "it."
        ),
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": _("Write the note.")},
    )

    def layout(self) -> Layout:
        return Layout(Field.textarea("words", rows=5, max_characters=1000, threshold=75))


class GroupForTrusteesForm(GroupForm):
    """A group and the one or two people who act for it, as they tell it by phone."""

    another_group = forms.BooleanField(label=_("It is another group"), required=False)
    first_1 = forms.CharField(
        label=_("First name of the person who acts for it"),
        max_length=80,
        error_messages={"required": _("Enter their first name.")},
    )
    last_1 = forms.CharField(label=_("Last name (optional)"), max_length=80, required=False)
    phone_1 = forms.CharField(
        label=_("Their phone number"),
        max_length=30,
        widget=forms.TextInput(attrs=_PHONE),
        error_messages={"required": _("Enter the phone number on which we can reach them.")},
    )
    email_1 = forms.EmailField(
        label=_("Their email address (optional)"),
        help_text=_(
            "If they have an account with it, the group is added to their account. If not, we "
            "write to it, and it counts once they open the link."
        ),
        required=False,
        error_messages={
            "invalid": _("Enter an email address in the right form, like name@example.com.")
        },
    )
    first_2 = forms.CharField(
        label=_("First name of a second person (optional)"), max_length=80, required=False
    )
    last_2 = forms.CharField(
        label=_("Last name of the second person (optional)"), max_length=80, required=False
    )
    phone_2 = forms.CharField(
        label=_("Phone number of the second person"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs=_PHONE),
    )
    email_2 = forms.EmailField(
        label=_("Email address of the second person (optional)"),
        required=False,
        error_messages={
            "invalid": _("Enter an email address in the right form, like name@example.com.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Two people with a phone may have no address at all.
        self.fields["contact_email"].required = False
        if not self.alike:
            del self.fields["another_group"]
        self.fields["contact_email"].label = _("Email address for the volunteer centre (optional)")

    def layout(self) -> Layout:
        parts = list(super().layout().fields)
        if self.alike:
            parts.remove("another_group")
            parts.insert(0, Field.checkbox("another_group"))
        return Layout(*parts)

    @cached_property
    def alike(self) -> list[Organisation]:
        """Groups whose names are nearly the one that was sent."""
        return duplicates.groups_called_like(self.data.get("name", "")) if self.is_bound else []

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if self.alike and not answers.get("another_group"):
            self.add_error(
                "another_group",
                _now("A group with nearly the same name is registered. Check that it is not it."),
            )
        if answers.get("first_2") and not answers.get("phone_2"):
            self.add_error("phone_2", _now("Enter the phone number on which we can reach them."))
        return answers

    def answers(self) -> dict[str, Any]:
        """Give what the group says about itself."""
        return {name: self.cleaned_data[name] for name in GroupForm.base_fields}

    def trustees(self) -> list[dict[str, str]]:
        """Give the people as `desk.services.acting.register_group` takes them."""
        of_both = [
            {
                "first_name": self.cleaned_data[f"first_{number}"],
                "last_name": self.cleaned_data[f"last_{number}"],
                "phone": self.cleaned_data[f"phone_{number}"],
                "email": self.cleaned_data[f"email_{number}"],
            }
            for number in (1, 2)
        ]
        return [person for person in of_both if person["first_name"]]
