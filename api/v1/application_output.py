"""What each side reads of an application."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.inputs import WeekField
from api.v1.opportunities import GroupName
from opportunities.models import Opportunity
from placements.disclosure import SeenPerson, seen_by_group
from placements.models import Application
from placements.sides import moves_open_to
from placements.states import Move, Mover

#: Moves as the API's addresses call them.
MOVE_NAMES: dict[Move, str] = {
    move: move.value.replace("_", "-") for move in Move if move != Move.LAPSE
}


@dataclass(frozen=True, slots=True)
class Reading:
    """An application as somebody on `sides` of it reads it.

    Who stands on the volunteer's side reads what the person wrote; others read what
    `placements.disclosure` lets the group see, in `person`.
    """

    application: Application
    sides: frozenset[Mover]
    reasons: tuple[str, ...] = ()

    @property
    def person(self) -> SeenPerson | None:
        return seen_by_group(self.application) if Mover.GROUP in self.sides else None

    @property
    def message(self) -> str:
        if Mover.VOLUNTEER in self.sides or self.person is None:
            return self.application.message
        return self.person.message

    @property
    def moves(self) -> list[str]:
        return [MOVE_NAMES[move] for move in moves_open_to(self.sides, self.application)]


class RoleName(serializers.ModelSerializer[Opportunity]):
    """Which role it is about."""

    organisation = GroupName()

    class Meta:
        model = Opportunity
        fields = ("id", "title", "organisation")


class PersonOutput(serializers.Serializer[SeenPerson]):
    """What the group sees of the person: more with a place, little once it is over.

    What it does not see is empty.
    """

    name = serializers.CharField()
    area = serializers.CharField(help_text="The ward, or outside Harrow the postcode's first half.")
    availability = WeekField()
    email = serializers.CharField()
    phone = serializers.CharField()
    support_needs = serializers.CharField()


class ApplicationOutput(serializers.Serializer[Reading]):
    """One application. `person` is null for the person themselves."""

    id = serializers.IntegerField(source="application.pk")
    opportunity = RoleName(source="application.opportunity")
    state = serializers.ChoiceField(choices=Application.State.choices, source="application.state")
    state_since = serializers.DateTimeField(source="application.state_since")
    message = serializers.CharField()
    reason = serializers.ChoiceField(
        choices=Application.Reason.choices, allow_blank=True, source="application.reason"
    )
    words = serializers.CharField(
        source="application.words", help_text="What the group wrote with its answer."
    )
    created_at = serializers.DateTimeField(source="application.created_at")
    answered_at = serializers.DateTimeField(source="application.answered_at", allow_null=True)
    moves = serializers.ListField(
        child=serializers.ChoiceField(choices=sorted(MOVE_NAMES.values())),
        help_text="What you can do with it now.",
    )
    person = serializers.SerializerMethodField()
    reasons = serializers.ListField(
        child=serializers.CharField(), help_text="Why the role suits the person."
    )

    @extend_schema_field(PersonOutput(allow_null=True))
    def get_person(self, reading: Reading) -> dict[str, Any] | None:
        seen = reading.person
        return None if seen is None else PersonOutput(seen).data


def readings(applications: Iterable[Application], sides: frozenset[Mover]) -> list[Reading]:
    """Give applications as one side reads them."""
    return [Reading(application, sides) for application in applications]
