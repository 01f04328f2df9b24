"""How many people, who can do it, and how they are looked after."""

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fixed, Layout
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.dbs import DbsLevel
from web.forms.fields import WholeNumberField, YesNoField
from web.forms.roles.base import RoleForm
from web.forms.roles.marks import marks_under


class PeopleForm(RoleForm):
    places = WholeNumberField(
        label=_("How many people can you take?"),
        help_text=_("That many places. When they are taken, the role is shown as full."),
        min_value=1,
        max_value=500,
        error_messages={
            "required": _("Enter how many people you can take."),
            "min_value": _("Enter a number from 1 to 500."),
            "max_value": _("Enter a number from 1 to 500."),
        },
    )
    minimum_age = WholeNumberField(
        label=_("How old must people be at least?"),
        help_text=_("Usually 16. From 13 if you can look after younger people well."),
        min_value=13,
        max_value=99,
        error_messages={
            "required": _("Enter the lowest age."),
            "min_value": _("Nobody under 13 can register, so enter 13 or more."),
            "max_value": _("Enter an age from 13 to 99."),
        },
    )
    maximum_age = WholeNumberField(
        label=_("Is there a highest age? (optional)"),
        help_text=_("Leave it empty unless there is a good reason, such as a youth scheme."),
        min_value=13,
        max_value=120,
        required=False,
        error_messages={
            "min_value": _("Enter an age from 13 to 120, or leave it empty."),
            "max_value": _("Enter an age from 13 to 120, or leave it empty."),
        },
    )
    dbs_level = forms.ChoiceField(
        label=_("Do people need a DBS check?"),
        help_text=_(
            "Only for work that the law names, such as being alone with children or with adults "
            "who need care. You see to the check after you offer the place; it is free for "
            "volunteers."
        ),
        choices=[
            Choice(DbsLevel.NONE, _("No")),
            *(Choice(level, level.label) for level in list(DbsLevel)[1:]),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether people need a DBS check.")},
    )
    welcomes_company = YesNoField(
        label=_("Can people bring somebody who supports them?"),
        help_text=_("For example a carer or a support worker."),
    )
    groups_welcome = YesNoField(
        label=_("Can a whole group come?"),
        help_text=_("For example a team from work or a school class."),
    )
    can_be_shared = YesNoField(
        label=_("Can two people share one place?"),
        help_text=_("They take turns, or come together. It lets in people with little time."),
    )

    def explain_check(self, reason: str) -> None:
        """Say beside the question why the template asks for the check."""
        asked = self.fields["dbs_level"]
        asked.help_text = f"{asked.help_text} {_now('Why it is suggested here:')} {reason}"

    def layout(self) -> Layout:
        return Layout(
            Field.text("places", field_width=Fixed.THREE),
            Field.text("minimum_age", field_width=Fixed.THREE),
            Field.text("maximum_age", field_width=Fixed.THREE),
            marks_under("maximum_age"),
            "dbs_level",
            Field.radios("welcomes_company", inline=True),
            Field.radios("groups_welcome", inline=True),
            Field.radios("can_be_shared", inline=True),
        )


class SupportForm(RoleForm):
    """What people are given; each may stay empty."""

    supervision = forms.CharField(
        label=_("Who looks after people? (optional)"),
        help_text=_("A role or a first name: “Ask for the cook, she is there every day.”"),
        max_length=500,
        required=False,
        widget=forms.Textarea,
    )
    training = forms.CharField(
        label=_("What do you show people first? (optional)"),
        help_text=_("For example “Half an hour with the team, then you start.”"),
        max_length=500,
        required=False,
        widget=forms.Textarea,
    )
    expenses = forms.CharField(
        label=_("Which costs do you pay back? (optional)"),
        help_text=_("For example bus fares, lunch. Without it some people cannot come."),
        max_length=300,
        required=False,
    )

    def layout(self) -> Layout:
        return Layout(
            Field.textarea("supervision", rows=3),
            marks_under("supervision"),
            Field.textarea("training", rows=3),
            marks_under("training"),
            "expenses",
            marks_under("expenses"),
        )
