"""Write a past season of applications at once, through the rules of `applications`.

`Replay` takes the moves in the order of time and keeps roles and applications in memory. Each one
passes the same gates (`policies`), the same table of states and the same counting of places as in
the service, so that what it writes could have happened. Rows are written at the end, a thousand to
a statement; nobody is told, and no fact is stated: the caller states one for all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, User
from accounts.services import audit
from core.clock import LONDON, now
from core.earlier import plain
from core.errors import Conflict
from opportunities.models import Opportunity
from opportunities.services.roles import CLOSABLE
from placements import policies, states
from placements.models import Application
from placements.policies import Door
from placements.services import moves, places
from placements.services.catching_up import MOST_LATE
from placements.states import Move, State
from placements.time_limits import ANSWER_WITHIN
from volunteers.models import EarlierProfile, Volunteer

BATCH = 1000
Status = Opportunity.Status
CameBy = Application.CameBy
#: What of a role follows the moves.
_FOLLOWED = (
    *("places_taken", "applications_pending"),
    *("status", "closed_because", "catching_up_since"),
)


@dataclass(frozen=True, slots=True)
class _Event:
    """What the audit trail will say; its subject has no id until it is written."""

    subject: Application | Opportunity
    action: str
    at: datetime
    by: User | None
    details: dict[str, str]


class Replay:
    """Applications of a season, in the order of time.

    `roles` have been read with their groups and have nobody on them yet; their counts and states
    follow the moves in memory. Each method raises ValueError for a time before the last one's.
    """

    def __init__(self, roles: Iterable[Opportunity]) -> None:
        self._roles = {role.pk: role for role in roles}
        self._applications: dict[tuple[int, int], Application] = {}
        self._of_role: dict[int, list[Application]] = {pk: [] for pk in self._roles}
        self._of_person: dict[int, list[Application]] = {}
        self._placed: dict[int, Volunteer] = {}
        self._waited: list[EarlierProfile] = []
        self._events: list[_Event] = []
        self._last: datetime | None = None

    def may_apply(self, volunteer: Volunteer, opportunity: Opportunity, at: datetime) -> bool:
        """Whether every gate lets the person through."""
        return policies.can_apply(self._door(volunteer, opportunity, at))

    def submit(
        self,
        *,
        volunteer: Volunteer,
        opportunity: Opportunity,
        message: str = "",
        came_by: Application.CameBy = CameBy.ASKED,
        has_place: bool = False,
        by: User | None,
        at: datetime,
    ) -> Application:
        """As `applications.submit`, at a past time; the row has no id yet. Who `has_place` comes
        from the waiting list of a role that takes the first in line at once.
        """
        self._go_on(at)
        policies.check_can_apply(self._door(volunteer, opportunity, at))
        state = State.ACCEPTED if has_place else State.SUBMITTED
        application = Application(
            volunteer=volunteer,
            opportunity=opportunity,
            state=state,
            state_since=at,
            created_at=at,
            answered_at=at if has_place else None,
            message=moves.written(message, field="message"),
            came_by=came_by,
        )
        self._count(opportunity, None, state)
        self._applications[volunteer.pk, opportunity.pk] = application
        self._of_role[opportunity.pk].append(application)
        self._of_person.setdefault(volunteer.pk, []).append(application)
        self._follow_waiting(application, None, state, at)
        how = {"came_by": came_by.value} if came_by else {}
        self._note(application, f"application.{state.value}", at, by, {"to": state.value, **how})
        return application

    def make(
        self,
        move: Move,
        application: Application,
        *,
        by: User | None,
        at: datetime,
        reason: str = "",
        words: str = "",
        looks_again: bool = True,
    ) -> None:
        """Make one move. Raises Conflict where the table does not have it or no place is left."""
        self._go_on(at)
        before = State(application.state)
        changes = moves.changes_of(move, application, at=at, reason=reason, words=words)
        after = State(changes["state"])
        self._count(application.opportunity, before, after)
        for name, value in changes.items():
            setattr(application, name, value)
        if looks_again or after in states.PLACED:
            self._follow_waiting(application, before, after, at)
        details = moves.audit_details(before, after, reason)
        self._note(application, f"application.{after.value}", at, by, details)
        if before in states.UNANSWERED and application.opportunity.catching_up_since is not None:
            self.follow_late(application.opportunity, at=at)

    def follow_late(self, opportunity: Opportunity, *, at: datetime) -> None:
        """Let a role pause by itself or go on, as `catching_up.follow`: nobody in a replay writes,
        so that only those wait whom the group has not answered at all.
        """
        self._go_on(at)
        late = sum(
            one.state in states.UNANSWERED and one.created_at < at - ANSWER_WITHIN
            for one in self._of_role[opportunity.pk]
        )
        paused = opportunity.catching_up_since is not None
        if paused and late < MOST_LATE:
            opportunity.catching_up_since = None
            self._note(opportunity, "opportunity.caught_up", at, None, {})
        elif not paused and late >= MOST_LATE and opportunity.status != Status.CLOSED:
            opportunity.catching_up_since = at
            self._note(opportunity, "opportunity.catching_up", at, None, {})

    def close(
        self, opportunity: Opportunity, *, because: str = "", by: User | None, at: datetime
    ) -> None:
        """Take a role off, and lapse what is unanswered on it."""
        self._go_on(at)
        if opportunity.status not in CLOSABLE:
            raise Conflict(_("This role is closed already."), code="wrong_status")
        opportunity.status = Status.CLOSED
        opportunity.closed_because = because
        self._note(opportunity, "opportunity.closed", at, by, {"because": because})
        for application in self._of_role[opportunity.pk]:
            if application.state in states.origins(Move.LAPSE):
                self.make(Move.LAPSE, application, by=None, at=at)

    def applications_of(self, opportunity: Opportunity) -> list[Application]:
        """Give the role's applications so far, oldest first."""
        return self._of_role[opportunity.pk]

    def applications_by(self, volunteer: Volunteer) -> list[Application]:
        """Give the person's applications so far, oldest first."""
        return self._of_person.get(volunteer.pk, [])

    @transaction.atomic
    def write(self) -> list[Application]:
        """Write applications, counts, who waits since when, and the audit trail."""
        written = Application.objects.bulk_create(self._applications.values(), batch_size=BATCH)
        for role in self._roles.values():
            role.updated_at = now()
        Opportunity.objects.bulk_update(
            self._roles.values(),
            [*_FOLLOWED, "updated_at"],
            batch_size=BATCH,
        )
        Volunteer.objects.bulk_update(self._placed.values(), ["waiting_since"], batch_size=BATCH)
        EarlierProfile.objects.bulk_create(self._waited, batch_size=BATCH)
        audit.record_many(map(_entry, self._events))
        return written

    def _door(self, volunteer: Volunteer, opportunity: Opportunity, at: datetime) -> Door:
        return Door(
            volunteer=volunteer,
            opportunity=opportunity,
            has_applied=(volunteer.pk, opportunity.pk) in self._applications,
            is_blocked=False,
            day=at.astimezone(LONDON).date(),
        )

    def _count(self, role: Opportunity, before: State | None, after: State) -> None:
        """As `places.follow`, on the role in memory."""
        held, waiting = places.changes(before, after)
        if held > role.places_left:
            raise places.no_place_left()
        role.places_taken += held
        role.applications_pending += waiting
        if role.status in (Status.OPEN, Status.FULL):
            role.status = Status.OPEN if role.places_left else Status.FULL

    def _follow_waiting(
        self, application: Application, before: State | None, after: State, at: datetime
    ) -> None:
        person = application.volunteer
        waiting = moves.waiting_after(person.waiting_since, before, after, at=at)
        if waiting != person.waiting_since:
            said = {"waiting_since": plain(person.waiting_since)}
            self._waited.append(EarlierProfile(volunteer=person, until=at, said=said))
            person.waiting_since = waiting
            self._placed[person.pk] = person

    def _go_on(self, at: datetime) -> None:
        if self._last is not None and at < self._last:
            raise ValueError(f"{at} is before {self._last}: a season goes forward")
        self._last = at

    def _note(
        self,
        subject: Application | Opportunity,
        action: str,
        at: datetime,
        by: User | None,
        details: dict[str, str],
    ) -> None:
        self._events.append(_Event(subject, action, at, by, details))


def _entry(event: _Event) -> AuditEntry:
    return audit.entry(
        by=event.by, action=event.action, subject=event.subject, at=event.at, **event.details
    )
