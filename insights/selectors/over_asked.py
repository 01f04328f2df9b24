"""Roles that many more people ask for than there are places, and what their groups could do.

What a group is shown of its own role follows from who asked for it and when they are free. What
everybody else is shown (`most_over_asked`) follows from what is public alone: the places that a
role has, and how many wait for its answer. Neither who is on its waiting list nor when anybody is
free makes a difference there, not even to whether a role is listed or to the order.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from core.places.distance import KM_PER_MILE, kilometres
from core.week import SLOTS, Slot
from insights.analysis.shifts import best_shifts
from insights.areas import FROM_HOME
from opportunities.models import MoreRoom, Opportunity, Organisation
from opportunities.services.more_room import MOST_SHIFTS, MOST_TURNS
from placements.models import Application, WaitingListEntry

Kind = MoreRoom.Kind

#: A role is over-asked when so many times as many people ask as it has places left …
TIMES = 2
#: … and at least so many of them would go without a place.
WITHOUT = 3
#: Fewer people than this are no shift.
LEAST_OF_A_SHIFT = 3
#: More roles are not listed for everybody.
MOST_LISTED = 30
#: Groups that could host the same, and how far away they may be, in miles.
MOST_GROUPS, NEAR_MILES = 3, 5.0


@dataclass(frozen=True, slots=True)
class NearGroup:
    """A verified group of the same cause with room, by its id. kilometres: from the role."""

    pk: int
    name: str
    kilometres: float


@dataclass(frozen=True, slots=True)
class _GroupWithRoom:
    """Where it is, and the headings of its causes."""

    name: str
    latitude: float
    longitude: float
    causes: set[int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that a group could do, which makes room for `room` more of those who asked (0 where
    that is not known, or not said).

    SHIFTS: at `slots` too. JOB_SHARE: two people share a place, in `room` of the places. TURNS:
    `turns` people take turns in each place. SECOND_GROUP: one of `groups` hosts the same.
    """

    kind: MoreRoom.Kind
    room: int = 0
    slots: tuple[Slot, ...] = ()
    turns: int = 0
    groups: tuple[NearGroup, ...] = ()

    @property
    def slot_codes(self) -> list[str]:
        """The codes of the slots."""
        return [slot.code for slot in self.slots]

    @property
    def is_of_people(self) -> bool:
        """Whether `room` follows from what people said of themselves, and not from the places."""
        return self.kind == Kind.SHIFTS


@dataclass(frozen=True, slots=True)
class OverAsked:
    """A role (its group loaded) that many more ask for. asking: who wait for its answer or, as its
    group reads it, are on its list; without: how many more they are than there are places left.
    """

    role: Opportunity
    asking: int
    without: int
    proposals: list[Proposal] = field(default_factory=list)

    def proposal(self, kind: str) -> Proposal | None:
        """What is proposed of a kind, if anything."""
        return next((one for one in self.proposals if one.kind == kind), None)


def over_asked(among: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    """Those of these roles that are public and over-asked, as their groups read it: with `asking`
    (waiting lists among them) and `without`, most of these first.
    """
    listed = (
        WaitingListEntry.objects.live()
        .filter(opportunity=OuterRef("pk"))
        .order_by()
        .values("opportunity")
        .annotate(number=Count("pk"))
        .values("number")
    )
    on_list = Coalesce(Subquery(listed, output_field=IntegerField()), 0)
    return _where_many_ask(among, F("applications_pending") + on_list)


def most_over_asked(area: str = "") -> list[OverAsked]:
    """The roles that most people go without, or those of an area (`insights.areas`), for everybody:
    by public numbers alone. Five queries.

    Waiting lists do not count and when people are free is not looked at, so that a shift is
    proposed where there could be one, without times and without for how many. An area has its own
    `MOST_LISTED`, so that it is never said to have none for want of room in the list: each role
    says by itself where it is, what places it has and how many wait for its answer.
    """
    chosen = _where_many_ask(_in_area(area), F("applications_pending"))[:MOST_LISTED]
    found = _with_proposals(list(chosen), sees_people=False)
    return sorted(found, key=lambda row: (-row.asking, row.role.title, row.role.pk))


def _in_area(area: str) -> QuerySet[Opportunity]:
    roles = Opportunity.objects.all()
    if area == FROM_HOME:
        return roles.filter(from_home=True)
    return roles.filter(ward_code=area) if area else roles


def _where_many_ask(among: QuerySet[Opportunity], asking: Combinable) -> QuerySet[Opportunity]:
    left = F("places") - F("places_taken")
    return (
        among.public()  # type: ignore[attr-defined]  # a QuerySet of roles has their words
        .annotate(asking=asking)
        .annotate(without=F("asking") - left)
        .filter(without__gte=WITHOUT, asking__gte=TIMES * left)
        .select_related("organisation")
        .order_by("-without", "pk")
    )


def proposals_for(role: Opportunity) -> OverAsked | None:
    """What the group of one role could do; None where the role is not over-asked, or where there is
    nothing to propose.
    """
    found = with_proposals(over_asked(Opportunity.objects.filter(pk=role.pk)))
    return found[0] if found and found[0].proposals else None


def with_proposals(roles: Iterable[Opportunity]) -> list[OverAsked]:
    """What the groups of these roles of `over_asked` could do. Five queries, however many."""
    return _with_proposals(list(roles), sees_people=True)


def _with_proposals(chosen: Sequence[Opportunity], *, sees_people: bool) -> list[OverAsked]:
    """sees_people: whether what people said of themselves may make a difference."""
    if not chosen:
        return []
    known = _Known.of(chosen, sees_people=sees_people)
    return [
        OverAsked(
            role,
            role.asking,  # type: ignore[attr-defined]  # given by `_where_many_ask`
            role.without,  # type: ignore[attr-defined]  # likewise
            list(_proposals(role, known)),
        )
        for role in chosen
    ]


@dataclass(frozen=True)
class _Known:
    """What is read for all roles at once, by their ids: masks of when those who ask are free (None
    where that must make no difference), which kinds of steps were taken, whether there are dates,
    and causes; and groups with room.
    """

    free: dict[int, list[int]] | None
    steps: dict[int, set[str]]
    asked_groups: dict[int, set[int]]
    dated: set[int]
    causes: dict[int, set[int]]
    groups: dict[int, _GroupWithRoom]

    @classmethod
    def of(cls, roles: Sequence[Opportunity], *, sees_people: bool) -> "_Known":
        ids = [role.pk for role in roles]
        steps: dict[int, set[str]] = defaultdict(set)
        asked: dict[int, set[int]] = defaultdict(set)
        done = MoreRoom.objects.standing().filter(opportunity__in=ids)
        for role, kind, group in done.values_list("opportunity", "kind", "other_group"):
            steps[role].add(kind)
            asked[role].add(group)
        causes: dict[int, set[int]] = defaultdict(set)
        dated: set[int] = set()
        tagged = Opportunity.objects.filter(pk__in=ids).order_by()
        tags = ("pk", "causes", "causes__parent", "sessions")
        for role, cause, heading, session in tagged.values_list(*tags).distinct():
            causes[role] |= {heading or cause} - {None}
            dated |= {role} if session else set()
        wanted = set().union(*causes.values())
        free = _free(ids) if sees_people else None
        return cls(free, steps, asked, dated, causes, _groups_with_room(wanted))


def _free(ids: list[int]) -> dict[int, list[int]]:
    """When those who ask for each role are free."""
    wait, listed = (
        asking.filter(opportunity__in=ids)
        .order_by()
        .values_list("opportunity", "volunteer__availability")
        for asking in (Application.objects.pending(), WaitingListEntry.objects.live())
    )
    free: dict[int, list[int]] = defaultdict(list)
    for role, mask in wait.union(listed, all=True):
        free[role].append(mask)
    return free


def _groups_with_room(causes: set[int]) -> dict[int, _GroupWithRoom]:
    """Verified groups of any of these causes (headings) whose own roles have places that nobody
    asks for, or who have no role that people can see.
    """
    free = F("places") - F("places_taken") - F("applications_pending")
    own = Opportunity.objects.public().filter(organisation=OuterRef("pk")).order_by()
    room = own.values("organisation").annotate(room=Sum(free)).values("room")
    groups = (
        Organisation.objects.verified()
        .filter(Q(causes__in=causes) | Q(causes__parent__in=causes), latitude__isnull=False)
        .annotate(room=Coalesce(Subquery(room, output_field=IntegerField()), 1))
        .filter(room__gt=0)
        .order_by()
    )
    found: dict[int, _GroupWithRoom] = {}
    columns = ("pk", "name", "latitude", "longitude", "causes", "causes__parent")
    for pk, name, latitude, longitude, cause, heading in groups.values_list(*columns):
        group = found.setdefault(pk, _GroupWithRoom(name, latitude or 0, longitude or 0, set()))
        group.causes.add(heading or cause)
    return found


def _proposals(role: Opportunity, known: _Known) -> Iterable[Proposal]:
    without: int = role.without  # type: ignore[attr-defined]  # given by `_where_many_ask`
    steps = known.steps[role.pk]
    is_weekly = role.commitment == Opportunity.Commitment.REGULAR and role.pk not in known.dated
    if is_weekly and Kind.SHIFTS not in steps:
        yield from _shifts(role, None if known.free is None else known.free[role.pk], without)
    if is_weekly and not steps & {Kind.JOB_SHARE, Kind.TURNS}:
        yield Proposal(Kind.JOB_SHARE, min(role.places, without))
        turns = min(MOST_TURNS, -(-(role.places + without) // role.places))
        if turns > 2:  # two in turn share a place
            yield Proposal(Kind.TURNS, role.places * (turns - 1), turns=turns)
    if near := _near(role, known):
        yield Proposal(Kind.SECOND_GROUP, groups=near)


def _shifts(role: Opportunity, free: list[int] | None, without: int) -> Iterable[Proposal]:
    """Times beside those that the role has; of one that may be done at any time from home there are
    none. free: None where it must make no difference: then there is neither a time nor a number.
    """
    if role.from_home and not role.weekly_slots:
        return
    if free is None:
        yield Proposal(Kind.SHIFTS)
        return
    others = [slot.bit for slot in SLOTS if not role.weekly_slots >> slot.bit & 1]
    found = best_shifts(
        np.array(free, np.uint32),
        others,
        role.places,
        most=MOST_SHIFTS,
        least=LEAST_OF_A_SHIFT,
        enough=without,
    )
    if found.bits:
        slots = tuple(SLOTS[bit] for bit in sorted(found.bits))
        yield Proposal(Kind.SHIFTS, min(found.people, without), slots=slots)


def _near(role: Opportunity, known: _Known) -> tuple[NearGroup, ...]:
    place = role if role.latitude is not None else role.organisation
    if place.latitude is None or place.longitude is None:
        return ()
    found = []
    for pk, group in known.groups.items():
        is_other = pk != role.organisation_id and pk not in known.asked_groups[role.pk]
        if not (is_other and group.causes & known.causes[role.pk]):
            continue
        far = kilometres(place.latitude, place.longitude, group.latitude, group.longitude)
        if far <= NEAR_MILES * KM_PER_MILE:
            found.append(NearGroup(pk, group.name, far))
    return tuple(sorted(found, key=lambda near: (near.kilometres, near.pk))[:MOST_GROUPS])
