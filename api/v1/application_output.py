"""What each side reads of an application."""

from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.inputs import WeekField
from api.v1.opportunities import GroupName
from matching.selectors import Applicant, applicants_for
from opportunities.models import Opportunity
from placements.disclosure import SeenPerson, Stage, seen_by_group, stage
from placements.models import Application
from placements.sides import moves_open_to
from placements.states import Move, Mover

#: Moves as the API's addresses call them.
MOVE_NAMES: dict[Move, str] = {
    move: move.value.replace("_", "-") for move in Move if move != Move.LAPSE
}
MOVE_CODES = sorted(MOVE_NAMES.values())
GROUP_SIDE = frozenset({Mover.GROUP})
OWN_SIDE = frozenset({Mover.VOLUNTEER})


@dataclass(frozen=True, slots=True)
class Reading:
    """An application as somebody on `sides` of it reads it.

    The person reads what they wrote. The group reads of the person what `placements.disclosure`
    lets it see, and why the role suits them as long as that matters.
    """

    application: Application
    sides: frozenset[Mover]
    applicant: Applicant | None = None

    @property
    def person(self) -> SeenPerson | None:
        """What the group sees; None for who does not read it as the group."""
        return seen_by_group(self.application) if Mover.GROUP in self.sides else None

    @property
    def message(self) -> str:
        person = self.person
        if Mover.VOLUNTEER in self.sides or person is None:
            return self.application.message
        return person.message

    @property
    def on_its_way(self) -> Application | None:
        """The application where an answer waits on it to be sent; only its group knows."""
        is_held = Mover.GROUP in self.sides and bool(self.application.held_move)
        return self.application if is_held else None

    @property
    def moves(self) -> list[str]:
        return [MOVE_NAMES[move] for move in moves_open_to(self.sides, self.application)]

    @property
    def reasons(self) -> list[str]:
        return self.applicant.reasons if self.applicant and not self._is_over else []

    @property
    def warnings(self) -> list[str]:
        return self.applicant.warnings if self.applicant and not self._is_over else []

    @property
    def _is_over(self) -> bool:
        return stage(self.application) == Stage.OVER


def received(role: Opportunity) -> list[Reading]:
    """Give the applications for a role as its group reads them, best suited of those who wait for
    an answer first. Two queries, if the role's group is loaded."""
    return [
        Reading(applicant.application, GROUP_SIDE, applicant) for applicant in applicants_for(role)
    ]


def reading_of(application: Application, sides: frozenset[Mover]) -> Reading:
    """Give one application as somebody on these sides reads it."""
    if Mover.GROUP not in sides:
        return Reading(application, sides)
    applicants = applicants_for(application.opportunity)
    found = next(one for one in applicants if one.application.pk == application.pk)
    return Reading(application, sides, found)


class RoleName(serializers.ModelSerializer[Opportunity]):
    """Which role it is about."""

    organisation = GroupName()

    class Meta:
        model = Opportunity
        fields = ("id", "title", "organisation")


class PersonOutput(serializers.Serializer[SeenPerson]):
    """What the group sees of the person: more with a place, little once it is over, an address
    or phone number only where the person shares it.

    What it does not see is empty.
    """

    name = serializers.CharField()
    area = serializers.CharField(help_text="The ward, or outside Harrow the postcode's first half.")
    availability = WeekField()
    dbs_check = serializers.CharField(help_text="What they say of it, where the role needs one.")
    email = serializers.CharField()
    phone = serializers.CharField()
    support_needs = serializers.CharField()


class OnItsWay(serializers.Serializer[Application]):
    """An answer that is sent at `sent_at`, and can be taken back until then."""

    move = serializers.ChoiceField(choices=MOVE_CODES, source="held_move")
    sent_at = serializers.DateTimeField(source="held_until")


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
    answer_by = serializers.DateTimeField(
        source="application.answer_by",
        allow_null=True,
        help_text="Until when a place that is offered is kept; null where none is.",
    )
    came_by = serializers.ChoiceField(
        choices=Application.CameBy.choices, allow_blank=True, source="application.came_by"
    )
    moves = serializers.ListField(
        child=serializers.ChoiceField(choices=MOVE_CODES),
        help_text="What you can do with it now.",
    )
    on_its_way = OnItsWay(allow_null=True, help_text="For the group: an answer not sent yet.")
    person = serializers.SerializerMethodField()
    reasons = serializers.ListField(
        child=serializers.CharField(),
        help_text="For the group: why the role suits the person, strongest first.",
    )
    warnings = serializers.ListField(
        child=serializers.CharField(), help_text="For the group: what may not fit."
    )

    @extend_schema_field(PersonOutput(allow_null=True))
    def get_person(self, reading: Reading) -> dict[str, Any] | None:
        seen = reading.person
        return None if seen is None else PersonOutput(seen).data
