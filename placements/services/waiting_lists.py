"""Join a waiting list, leave it, and follow what becomes of the people on it."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core.clock import now
from core.errors import Conflict
from core.models import Activity, Cause
from core.outbox import facts
from opportunities.models import Opportunity
from placements import policies, states
from placements.models import Application, TimedOffer, WaitingListEntry
from placements.services import locks, waiting_messages
from placements.states import State
from volunteers.models import Volunteer

#: A person can be on so many lists at a time.
MOST_LISTS = 5
#: After so many offers in a row that ran out a person is taken off a list.
MOST_UNANSWERED = 2

Entry = WaitingListEntry


@transaction.atomic
def join_role(*, volunteer: Volunteer, opportunity: Opportunity, by: User | None) -> Entry:
    """Put a person at the end of a role's waiting list.

    Raises Conflict where the role can be asked for, where they are on the list, or on as many
    lists as they may; and the error of a gate that a waiting list does not open.
    """
    locks.person(volunteer.pk)
    door = policies.door(volunteer, opportunity)
    if not policies.can_wait_for(door):
        for gate in policies.closed_gates(door):
            if gate.code not in policies.OPEN_AGAIN:
                raise gate.error(gate.sentence(door), code=gate.code)
        raise Conflict(
            _("This role has no waiting list now: you can ask for it, or it is over."),
            code="no_waiting_list",
        )
    return _join(Entry(volunteer=volunteer, opportunity=opportunity), by=by)


@transaction.atomic
def join_kind(
    *, volunteer: Volunteer, activity: Activity, cause: Cause | None = None, by: User | None
) -> Entry:
    """Put a person at the end of the waiting list for any role with this activity, of this cause
    if they name one. Raises Conflict as `join_role` does.
    """
    locks.person(volunteer.pk)
    entry = _join(Entry(volunteer=volunteer, activity=activity, cause=cause), by=by)
    facts.state("waiting.joined", entry.pk)
    return entry


@transaction.atomic
def leave(*, entry: Entry, by: User | None) -> None:
    """Take a person off a list. Raises Conflict where they are off it, or answer an offer first."""
    locks.person(entry.volunteer_id)
    if entry.state == Entry.State.OFFERED:
        raise Conflict(_("A place is kept for you: say yes or no to it first."), code="offered")
    if not end([entry.pk], Entry.State.LEFT, Entry.Why.CHOSE, by=by):
        raise Conflict(_("You are not on this list any more."), code="not_on_the_list")


@transaction.atomic
def end(
    entry_ids: Iterable[int],
    state: Entry.State,
    why: Entry.Why = Entry.Why.NONE,
    *,
    by: User | None,
) -> int:
    """End those of these entries that wait; give how many."""
    ended = 0
    for entry in Entry.objects.filter(pk__in=list(entry_ids), state=Entry.State.WAITING):
        at = now()
        if Entry.objects.filter(pk=entry.pk, state=Entry.State.WAITING).update(
            state=state, why_ended=why, ended_at=at, updated_at=at
        ):
            audit.record(
                by=by, action=f"waiting_list.{state.value}", subject=entry, reason=why.value
            )
            ended += 1
    return ended


@transaction.atomic
def give_back(entry: Entry, *, at_the_end: bool = False, unanswered: int = 0) -> None:
    """Let somebody whose offer is over wait again, in their place or at the end."""
    changes = {"joined_at": now()} if at_the_end else {}
    Entry.objects.filter(pk=entry.pk, state=Entry.State.OFFERED).update(
        state=Entry.State.WAITING, unanswered=unanswered, updated_at=now(), **changes
    )


@transaction.atomic
def follow_application(*, application: Application) -> None:
    """Bring the lists in line with what became of an application. Safe to run again.

    With a place a person is off the lists of that role and its kinds, and is asked about the
    others. Where the group says no to the first in line, they keep their place in a pooled list.
    Of an application that was followed by another one for the role, nothing follows any more.
    """
    locks.people([application.volunteer_id])
    later = Application.objects.filter(
        volunteer=application.volunteer_id,
        opportunity=application.opportunity_id,
        pk__gt=application.pk,
    )
    if later.exists():
        return
    state = State(application.state)
    if state in states.PLACED:
        _placed(application)
    elif state in states.FINAL:
        _refused(application)


@transaction.atomic
def close_for(*, opportunity: Opportunity) -> int:
    """Take everybody off the list of a role that is closed, and tell them; give how many. Safe to
    run again.
    """
    if opportunity.status != Opportunity.Status.CLOSED:
        return 0
    waiting = Entry.objects.filter(opportunity=opportunity, state=Entry.State.WAITING)
    closed = 0
    for entry in waiting.select_related("volunteer__user", "opportunity"):
        if end([entry.pk], Entry.State.LEFT, Entry.Why.ROLE_CLOSED, by=None):
            waiting_messages.role_closed(entry)
            closed += 1
    return closed


def _join(entry: Entry, *, by: User | None) -> Entry:
    if Entry.objects.live().filter(volunteer=entry.volunteer).count() >= MOST_LISTS:
        raise Conflict(
            _(
                "You are on %(count)s waiting lists, which is as many as one person can be on. "
                "Leave one of them first."
            )
            % {"count": MOST_LISTS},
            code="too_many_lists",
        )
    entry.joined_at = now()
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(
            _("You are on this waiting list already."), code="on_the_list_already"
        ) from error
    audit.record(by=by, action="waiting_list.joined", subject=entry)
    return entry


def _placed(application: Application) -> None:
    person, role = application.volunteer, application.opportunity
    entries = Entry.objects.filter(volunteer=person)
    taken = TimedOffer.objects.filter(
        volunteer=person, opportunity=role, state=TimedOffer.State.TAKEN
    ).values("entry")
    # Who said yes to the offer waits again for a moment, so that `end` finds one state.
    for entry in entries.filter(pk__in=taken, state=Entry.State.OFFERED):
        give_back(entry)
    of_role = Q(opportunity=role) | Q(activity__in=role.activities.all()) | Q(pk__in=taken)
    ids = list(entries.live().filter(of_role).values_list("pk", flat=True).distinct())
    end(ids, Entry.State.PLACED, by=None)
    if still := entries.live().count():
        waiting_messages.still_waiting(application, still)


def _refused(application: Application) -> None:
    # After a no, a place in the line of the role would lead nowhere; who withdrew has left the line
    # too, and may come back to its end.
    why = Entry.Why.CHOSE if application.may_ask_again else Entry.Why.NOT_CHOSEN
    of_role = Entry.objects.filter(
        volunteer=application.volunteer,
        opportunity=application.opportunity,
        joined_at__lte=application.state_since,
    )
    end(of_role.values_list("pk", flat=True), Entry.State.LEFT, why, by=None)
    offers = TimedOffer.objects.filter(
        volunteer=application.volunteer,
        opportunity=application.opportunity,
        state=TimedOffer.State.TAKEN,
        entry__state=Entry.State.OFFERED,
    )
    for offer in offers.select_related("entry"):
        give_back(offer.entry)
        if not offer.entry.is_pooled:
            end([offer.entry_id], Entry.State.LEFT, why, by=None)
