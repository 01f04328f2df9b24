"""Find who is first in line for the places of a role that nobody has asked for.

The role's own list comes first, then the lists for a kind of role, each in the order in which
people joined. The gates decide for both; in a list for a kind also the rules of fit, since nobody
there chose this role. Who is passed over can read why.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from core.clock import now, today
from matching.hiding import who_hid
from matching.recommender.misfits import misfits
from opportunities.models import Opportunity
from placements import policies
from placements.models import Application, Block, PassedOver, TimedOffer, WaitingListEntry
from placements.services import timed_offers, waiting_lists

#: People of a list for a kind of role who are looked at together.
_AT_ONCE = 200

Entry = WaitingListEntry


class Lease(Protocol):
    """The right to do a piece of work: `check` raises where another worker has it now."""

    def check(self) -> None: ...


def offer_places(opportunity_id: int, lease: Lease) -> int:
    """Offer each free place of a role to the next in line; give how many were offered.

    Where the role takes nobody any more, its offers end and its list is told. Safe to run at any
    time, again, and twice at the same time.
    """
    role = Opportunity.objects.select_related("organisation").filter(pk=opportunity_id).first()
    if role is None:
        return 0
    timed_offers.end_all(opportunity=role)
    waiting_lists.close_for(opportunity=role)
    if role.closes_on is not None and role.closes_on < today():
        return 0
    passed: list[PassedOver] = []
    free = timed_offers.free_for_waiting_lists(role)
    offered = _offer(role, _own_line, free, passed, lease)
    if offered:
        role.refresh_from_db(fields=["places_taken", "applications_pending", "status"])
    return offered + _offer(role, _kinds_line, timed_offers.free_for_kinds(role), passed, lease)


def _offer(
    role: Opportunity,
    line: Callable[[Opportunity], Iterator[tuple[Entry, str]]],
    free: int,
    passed: list[PassedOver],
    lease: Lease,
) -> int:
    """Offer so many places to those in a line; give how many were. Whom a rule keeps out is added
    to `passed`.
    """
    offered = 0
    for entry, rule in line(role) if free else ():
        if rule:
            passed.append(PassedOver(entry=entry, opportunity=role, rule=rule, at=now()))
            continue
        with transaction.atomic():
            lease.check()
            if timed_offers.make(entry=entry, opportunity=role):
                # They learn of it once the place went to somebody behind them.
                PassedOver.objects.bulk_create(passed, ignore_conflicts=True)
                passed.clear()
                offered += 1
        if offered == free:
            break
    return offered


def offer_all(lease: Lease) -> int:
    """The same for every role that somebody may be waiting for: what was missed is found here."""
    waiting = Entry.objects.filter(state=Entry.State.WAITING)
    kinds = waiting.filter(activity__isnull=False).values("activity")
    with_free_places = Opportunity.objects.open().filter(
        Q(pk__in=waiting.values("opportunity")) | Q(activities__in=kinds)
    )
    ids = list(with_free_places.values_list("pk", flat=True).distinct())
    return sum(offer_places(pk, lease) for pk in ids)


def offer_to(entry_id: int, lease: Lease) -> int:
    """Offer what is free of a kind that somebody has begun to wait for."""
    entry = Entry.objects.filter(pk=entry_id, state=Entry.State.WAITING).first()
    if entry is None:
        return 0
    of_kind = Opportunity.objects.open().filter(activities=entry.activity)
    return sum(offer_places(pk, lease) for pk in of_kind.values_list("pk", flat=True))


def _own_line(role: Opportunity) -> Iterator[tuple[Entry, str]]:
    """Everybody on the role's own list, first first, each with the rule that keeps them from it, ''
    for none.
    """
    return _judged(role, _free_to_be_asked(role).filter(opportunity=role), with_fit=False)


def _kinds_line(role: Opportunity) -> Iterator[tuple[Entry, str]]:
    """Likewise everybody on a list for a kind that the role is of."""
    kinds = Q(activity__in=role.activities.all())
    causes = Q(cause=None) | Q(cause__in=role.causes.all())
    above = Q(cause__in=role.causes.exclude(parent=None).values("parent"))
    # Who left a role is not asked to come back to it by a list for a kind.
    left = Application.objects.filter(opportunity=role, volunteer=OuterRef("volunteer"))
    in_kind = _free_to_be_asked(role).filter(kinds, causes | above, ~Exists(left))
    return _judged(role, in_kind.distinct(), with_fit=True)


def _free_to_be_asked(role: Opportunity) -> QuerySet[Entry]:
    """Those who wait, have paused nothing, can start by now, do not keep the role off their lists,
    and have no other offer to answer; in order.
    """
    of_person = {"volunteer": OuterRef("volunteer")}
    can_start = Q(volunteer__can_start_from=None) | Q(volunteer__can_start_from__lte=today())
    offers = TimedOffer.objects.filter(**of_person)
    return (
        Entry.objects.filter(
            ~Exists(offers.filter(state=TimedOffer.State.LIVE)),
            ~Exists(TimedOffer.objects.filter(entry=OuterRef("pk"), opportunity=role)),
            ~Exists(Application.objects.in_the_way().filter(opportunity=role, **of_person)),
            ~Exists(Block.objects.filter(organisation=role.organisation_id, **of_person)),
            can_start,
            state=Entry.State.WAITING,
            volunteer__paused_at=None,
            volunteer__user__is_active=True,
        )
        .exclude(volunteer__in=who_hid(role))
        .select_related("volunteer__user")
        .order_by("joined_at", "pk")
    )


def _judged(
    role: Opportunity, entries: QuerySet[Entry], *, with_fit: bool
) -> Iterator[tuple[Entry, str]]:
    for some in _in_parts(list(entries.values_list("pk", flat=True))):
        rows = Entry.objects.select_related("volunteer__user").in_bulk(some)
        keeps_out = misfits(role, [e.volunteer_id for e in rows.values()]) if with_fit else {}
        for pk in some:
            if entry := rows.get(pk):
                door = policies.Door(
                    entry.volunteer, role, has_applied=False, is_blocked=False, day=today()
                )
                closed = policies.closed_to_the_first_in_line(door)
                yield entry, closed[0].code if closed else keeps_out.get(entry.volunteer_id, "")


def _in_parts(ids: list[int]) -> Iterable[list[int]]:
    for first in range(0, len(ids), _AT_ONCE):
        yield ids[first : first + _AT_ONCE]
