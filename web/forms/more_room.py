"""How to make room for more of the people who ask for a role: looked over before it is done."""

from typing import Any

from crispy_forms_gds.choices import Choice
from crispy_forms_gds.layout import Field, Fixed, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.week import SLOTS_BY_CODE, Slot, describe, mask_of
from insights.selectors.over_asked import Proposal
from matching.wording import miles_away
from opportunities.models import Opportunity, Organisation
from web import more_room_words
from web.forms.base import PageForm
from web.forms.fields import WholeNumberField


class RoomForm(PageForm):
    """What is proposed, to be changed or confirmed."""

    def __init__(self, *args: Any, proposal: Proposal, role: Opportunity, **kwargs: Any) -> None:
        self.proposal, self.role = proposal, role
        super().__init__(*args, **kwargs)

    def answers(self) -> dict[str, Any]:
        """What the service of this kind takes."""
        return dict(self.cleaned_data)


class ShiftsForm(RoomForm):
    slots = forms.MultipleChoiceField(
        label=_("At which times?"),
        help_text=_(
            "We write a draft for each, with the same words. You look it over before it is sent."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one time."),
            "invalid_choice": _("Choose from the list."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        slots = self.proposal.slots
        self.fields["slots"].choices = [  # type: ignore[attr-defined]
            Choice(slot.code, describe(mask_of([slot]))) for slot in slots
        ]
        self.fields["slots"].initial = [slot.code for slot in slots]

    def answers(self) -> dict[str, Any]:
        slots: list[Slot] = [SLOTS_BY_CODE[code] for code in self.cleaned_data["slots"]]
        return {"slots": slots}


class JobShareForm(RoomForm):
    extra = WholeNumberField(
        label=_("In how many places can two people share?"),
        help_text=_("Talk with people who have a place first, if you want them to share it."),
        min_value=1,
        max_value=500,
        error_messages={"required": _("Enter in how many places two people can share.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["extra"].initial = self.proposal.room

    def layout(self) -> Layout:
        return Layout(Field.text("extra", field_width=Fixed.THREE))


class TurnsForm(RoomForm):
    turns = WholeNumberField(
        label=_("How many people take turns in one place?"),
        help_text=_("With 3, each comes about one week in 3."),
        min_value=2,
        max_value=4,
        error_messages={
            "required": _("Enter how many people take turns."),
            "min_value": _("Enter a number from 2 to 4."),
            "max_value": _("Enter a number from 2 to 4."),
        },
    )
    words = forms.CharField(
        label=_("What should people read about it?"),
        help_text=_("We add this to the end of what people will do."),
        max_length=300,
        widget=forms.Textarea,
        error_messages={"required": _("Say how often each person comes.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["turns"].initial = self.proposal.turns
        self.fields["words"].initial = more_room_words.of_turns(self.proposal.turns)

    def layout(self) -> Layout:
        return Layout(Field.text("turns", field_width=Fixed.TWO), Field.textarea("words", rows=2))


class SecondGroupForm(RoomForm):
    group = forms.ModelChoiceField(
        label=_("Which group?"),
        help_text=_("These groups do similar work, and have places that nobody has asked for."),
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose a group."),
            "invalid_choice": _("Choose from the list."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = self.proposal.groups
        groups = Organisation.objects.filter(pk__in=[one.pk for one in near])
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            Choice(one.pk, one.name, hint=miles_away(one.kilometres)) for one in near
        ]
        self.fields["group"].initial = near[0].pk if near else None
