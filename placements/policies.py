"""The gates at the door: may this person apply for this role now, and the sentence if not.

`matching.ranking.eligibility` decides the same rules for everybody at once; a property test holds
the two equal. Rules of fit (distance, times, languages …) warn on the role's page and refuse
nobody, so they are not here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.clock import today
from core.dbs import DbsLevel
from core.errors import Conflict, DomainError, NotAllowed
from opportunities.models import Opportunity
from placements.models import Application, Block
from placements.time_limits import ANSWER_WITHIN
from volunteers.models import Volunteer
from volunteers.policies import AGE_OF_CONSENT, age_on

#: A role takes no more applications while this many people wait for each place left …
PENDING_MULTIPLE = 3.0
#: … but this many may always wait.
PENDING_MINIMUM = 3


@dataclass(frozen=True, slots=True)
class Door:
    """What the gates look at: a person, a role of a loaded group, a day.

    `has_applied`: an application of theirs for the role is in the way
    (`ApplicationQuerySet.in_the_way`).
    """

    volunteer: Volunteer
    opportunity: Opportunity
    has_applied: bool
    is_blocked: bool
    day: date

    @property
    def age(self) -> int | None:
        born = self.volunteer.date_of_birth
        return None if born is None else age_on(born, self.day)


def age(door: Door) -> bool:
    """Old enough and not too old; roles with a DBS check are for 16 and over.

    Who did not say their age may do what is open to everybody of 16, and nothing for which it would
    have to be checked.
    """
    role, years = door.opportunity, door.age
    needs_check = role.dbs_level != DbsLevel.NONE
    least = max(role.minimum_age, AGE_OF_CONSENT) if needs_check else role.minimum_age
    if years is None:
        return least <= AGE_OF_CONSENT and role.maximum_age is None and not needs_check
    return least <= years and (role.maximum_age is None or years <= role.maximum_age)


def parent_confirmed(door: Door) -> bool:
    """People under 16 need a parent's or guardian's word first."""
    years = door.age
    return years is None or years >= AGE_OF_CONSENT or bool(door.volunteer.parent_confirmed_at)


def group_verified(door: Door) -> bool:
    """The group is verified and not suspended."""
    return door.opportunity.organisation.is_verified


def role_open(door: Door) -> bool:
    """The role is open, its last day is not over, and it has a place left."""
    role = door.opportunity
    return (
        role.status == Opportunity.Status.OPEN
        and role.places_left > 0
        and (role.closes_on is None or role.closes_on >= door.day)
    )


def not_applied_before(door: Door) -> bool:
    """Nobody has two applications for a role under way, and a no of the group stands. Who withdrew,
    whose place ended or whose role closed before it answered may ask again (docs/adr/0017).
    """
    return not door.has_applied


def not_blocked(door: Door) -> bool:
    """Neither the person nor the group has blocked the other."""
    return not door.is_blocked


def group_answers(door: Door) -> bool:
    """The role is not paused until its group has answered those who wait too long."""
    return door.opportunity.catching_up_since is None


def pending_cap(door: Door) -> bool:
    """Not more people wait for an answer than the group can soon give places to."""
    role = door.opportunity
    allowed = max(PENDING_MULTIPLE * role.places_left, PENDING_MINIMUM)
    return role.applications_pending < allowed


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: its code, whether it lets somebody through, and what it says if not."""

    code: str
    passes: Callable[[Door], bool]
    error: type[DomainError]
    sentence: Callable[[Door], str]


def _age_sentence(door: Door) -> str:
    role = door.opportunity
    if door.age is None:
        return _("This role has an age limit. Add your date of birth to your profile first.")
    if role.maximum_age is not None and door.age > role.maximum_age:
        return _("This role is for people up to %(age)s years old.") % {"age": role.maximum_age}
    least = role.minimum_age
    if role.dbs_level != DbsLevel.NONE:
        least = max(least, AGE_OF_CONSENT)
    return _("This role is for people of %(age)s or over.") % {"age": least}


GATES: tuple[Gate, ...] = (
    Gate("age", age, NotAllowed, _age_sentence),
    Gate(
        "parent_confirmed",
        parent_confirmed,
        NotAllowed,
        lambda door: _("You are under 16, so a parent or guardian has to confirm first."),
    ),
    Gate(
        "group_verified",
        group_verified,
        Conflict,
        lambda door: _("The volunteer centre has not verified this group yet."),
    ),
    Gate(
        "role_open",
        role_open,
        Conflict,
        lambda door: _("This role has no place left at the moment."),
    ),
    Gate(
        "not_applied_before",
        not_applied_before,
        Conflict,
        lambda door: _("You have asked for this role before."),
    ),
    Gate(
        "not_blocked",
        not_blocked,
        NotAllowed,
        # The same words whoever blocked whom: nobody learns it here.
        lambda door: _("You and this group are not in touch on this service."),
    ),
    Gate(
        "group_answers",
        group_answers,
        Conflict,
        lambda door: (
            _(
                "This group is catching up on answers. You can ask again when it has answered "
                "people who have waited more than %(days)s days."
            )
            % {"days": ANSWER_WITHIN.days}
        ),
    ),
    Gate(
        "pending_cap",
        pending_cap,
        Conflict,
        lambda door: _(
            "Many people are waiting for an answer already. "
            "You can ask again once the group has answered some of them."
        ),
    ),
)


def door(volunteer: Volunteer, opportunity: Opportunity) -> Door:
    """Give what the gates look at, as of today. Two queries, or three where the group is not
    loaded.
    """
    return Door(
        volunteer=volunteer,
        opportunity=opportunity,
        has_applied=Application.objects.in_the_way()
        .filter(volunteer=volunteer, opportunity=opportunity)
        .exists(),
        is_blocked=Block.objects.filter(
            volunteer=volunteer, organisation=opportunity.organisation_id
        ).exists(),
        day=today(),
    )


def closed_gates(at: Door) -> list[Gate]:
    """Give the gates that do not let this person through, most telling first."""
    return [gate for gate in GATES if not gate.passes(at)]


def sentence_of(code: str, at: Door) -> str:
    """Give what the gate `code` says to somebody whom it does not let through; '' where there is no
    such gate.
    """
    return next((gate.sentence(at) for gate in GATES if gate.code == code), "")


#: What a waiting list is for: these gates open again by themselves.
OPEN_AGAIN = frozenset({"role_open", "pending_cap"})


def can_wait_for(at: Door) -> bool:
    """Whether this person can join the role's waiting list: nothing keeps them from asking but that
    all places are taken or that very many people wait for an answer.
    """
    role = at.opportunity
    closed = {gate.code for gate in closed_gates(at)}
    is_over = role.closes_on is not None and role.closes_on < at.day
    return bool(closed) and closed <= OPEN_AGAIN and role.is_public and not is_over


def closed_to_the_first_in_line(at: Door) -> list[Gate]:
    """Give the gates that keep a person from a place that is kept for them. How many others wait
    for an answer, and for how long, is not among them.
    """
    about_others = {"pending_cap", "group_answers"}
    return [gate for gate in closed_gates(at) if gate.code not in about_others]


def check_can_apply(at: Door) -> None:
    """Raise the first closed gate's error, with its sentence and its code; nothing if all pass."""
    for gate in closed_gates(at):
        raise gate.error(gate.sentence(at), code=gate.code)


def can_apply(at: Door) -> bool:
    return not closed_gates(at)
