"""People who asked for a role, as their group sees them: one row each."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.week import describe
from matching.selectors import Applicant
from opportunities.models import Opportunity
from placements import states
from placements.disclosure import SeenPerson, Stage, seen_by_group, stage
from placements.models import Application
from placements.services import conversations
from placements.states import Move, Mover, State

#: What the buttons say.
MOVE_WORDS: dict[Move, Promise] = {
    Move.ACKNOWLEDGE: _("I have seen it"),
    Move.INVITE: _("Ask to talk"),
    Move.OFFER: _("Offer a place"),
    Move.ACCEPT: _("Give a place"),
    Move.START: _("They have started"),
    Move.END: _("End their place"),
    Move.DECLINE: _("Say no kindly"),
}
#: What stands beside an answer that is on its way.
HELD_WORDS: dict[Move, Promise] = {
    Move.INVITE: _("Asked to talk"),
    Move.DECLINE: _("Not this time"),
}
_NEED_A_PLACE = frozenset({Move.OFFER, Move.ACCEPT})
#: What a button does at once, without a page that asks for words, and the name of its address.
_AT_ONCE = {Move.ACKNOWLEDGE: "web:applicant-seen", Move.START: "web:applicant-start"}


@dataclass(frozen=True)
class Answer:
    """One thing that the group can do now: the move and the words on its button."""

    move: Move
    words: Promise

    @property
    def is_at_once(self) -> bool:
        """Whether a button does it, without a page that asks for words."""
        return self.move in _AT_ONCE

    @property
    def page(self) -> str:
        """The name of its address."""
        return _AT_ONCE.get(self.move, f"web:applicant-{self.move.value}")


@dataclass(frozen=True)
class ApplicantRow:
    """One person: what the group sees of them, why they suit, what it can answer."""

    application: Application
    person: SeenPerson
    reasons: list[str]
    warnings: list[str]
    answers: list[Answer]
    unread: int = 0

    @property
    def can_write(self) -> bool:
        """Whether the group can write to the person and read what was written."""
        return conversations.is_open(self.application)

    @property
    def is_answered(self) -> bool:
        """Whether an answer is on its way that can still be taken back."""
        return bool(self.application.held_move)

    @property
    def held_answer(self) -> str:
        """What the answer on its way says."""
        return str(HELD_WORDS[Move(self.application.held_move)])

    @property
    def choice(self) -> str:
        """What stands for the person, as the group sees them now, in a form about several."""
        return f"{self.application.pk}:{self.application.state}"

    @property
    def free_when(self) -> str:
        """When the person is free, in words; '' if they did not say or a reason says it."""
        words = describe(self.person.availability)
        return "" if any(words in reason for reason in self.reasons) else words

    @property
    def dbs_check(self) -> str:
        """What they say of a DBS check; '' where the role needs none or a warning says it."""
        return "" if any("DBS" in warning for warning in self.warnings) else self.person.dbs_check


def row(applicant: Applicant, *, role: Opportunity, unread: int = 0) -> ApplicantRow:
    """Give the row of somebody who asked for `role`; `unread` of their messages are new."""
    application = applicant.application
    application.opportunity = role
    is_over = stage(application) == Stage.OVER
    return ApplicantRow(
        application=application,
        person=seen_by_group(application),
        reasons=[] if is_over else applicant.reasons,
        warnings=[] if is_over else applicant.warnings,
        answers=[] if application.held_move else _answers(State(application.state), role),
        unread=unread,
    )


def among(rows: Iterable[ApplicantRow], wanted: AbstractSet[State]) -> list[ApplicantRow]:
    """Give those rows whose application is in one of the `wanted` states."""
    return [row for row in rows if State(row.application.state) in wanted]


def several_choices(role: Opportunity) -> list[Answer]:
    """Give what the group can answer to several people at once."""
    return [
        Answer(move, MOVE_WORDS[move])
        for move in (Move.INVITE, Move.OFFER, Move.ACCEPT, Move.DECLINE)
        if role.places_left or move not in _NEED_A_PLACE
    ]


def how_to_take_back(move: Move) -> str:
    """Say of an answer that is given at once how it can be taken back later; '' for the others."""
    if move == Move.OFFER:
        return gettext(
            "They are told at once, so there is no undo. To take an offer back later, press "
            "“%(button)s” beside the name."
        ) % {"button": MOVE_WORDS[Move.DECLINE]}
    if move == Move.ACCEPT:
        return gettext(
            "They are told at once, so there is no undo. To take a place back later, press "
            "“%(button)s” beside the name."
        ) % {"button": MOVE_WORDS[Move.END]}
    return ""


def _answers(state: State, role: Opportunity) -> list[Answer]:
    return [
        Answer(move, MOVE_WORDS[move])
        for move in states.moves_open(state, Mover.GROUP)
        if role.places_left or move not in _NEED_A_PLACE
    ]
