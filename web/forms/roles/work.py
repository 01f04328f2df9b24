"""What people will do, and what for."""

from crispy_forms_gds.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Activity
from opportunities.offers import OFFERS
from web.forms.fields import CausesField, CodesField
from web.forms.roles.base import RoleForm
from web.forms.roles.marks import marks_under


class WorkForm(RoleForm):
    title = forms.CharField(
        label=_("What is the role called?"),
        help_text=_(
            "Say what people do, in a few words: “Serve lunch on Tuesdays” tells more than "
            "“Kitchen volunteer”."
        ),
        max_length=120,
        error_messages={"required": _("Give the role a name.")},
    )
    summary = forms.CharField(
        label=_("The role in one sentence (optional)"),
        help_text=_("People see it first, in lists."),
        max_length=300,
        required=False,
        widget=forms.Textarea,
    )
    description = forms.CharField(
        label=_("What will people do?"),
        help_text=_(
            "Write to the person: “You will …”. What happens on a usual day, with whom, and what "
            "comes of it."
        ),
        max_length=6000,
        widget=forms.Textarea,
        error_messages={"required": _("Say what people will do.")},
    )
    gains = forms.CharField(
        label=_("What will people get out of it? (optional)"),
        help_text=_("For example new friends, a reference, something learned, a free lunch."),
        max_length=1500,
        required=False,
        widget=forms.Textarea,
    )

    offers = forms.MultipleChoiceField(
        label=_("Does it offer people any of these? (optional)"),
        help_text=_("Tick only what is true for everybody who does it."),
        choices=list(OFFERS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def layout(self) -> Layout:
        return Layout(
            "title",
            marks_under("title"),
            Field.textarea("summary", rows=2),
            marks_under("summary"),
            Field.textarea("description", rows=8, max_characters=6000, threshold=75),
            marks_under("description"),
            Field.textarea("gains", rows=3),
            marks_under("gains"),
            "offers",
        )


class KindForm(RoleForm):
    causes = CausesField(
        label=_("What is it for?"),
        help_text=_("One or two are enough. People who care about them find the role."),
    )
    activities = CodesField(
        Activity,
        label=_("What kind of work is it?"),
        help_text=_("Tick what people will really do, not all that they might."),
    )

    def layout(self) -> Layout:
        return Layout(
            Field("causes", template="components/fields/causes.html"),
            Field("activities", template="web/group/role/folded_boxes.html"),
        )
