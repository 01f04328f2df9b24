"""How long waiting lists are, and where somebody stands on them.

A person's own place and the length of their list are theirs to know; where others stand nobody is
told. How many wait for a role is public, as its places are.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from opportunities.models import Opportunity
from placements.models import PassedOver, TimedOffer, WaitingListEntry
from volunteers.models import Volunteer

#: So many roles that went to somebody behind them are told.
PASSED_LISTED = 3


@dataclass(frozen=True)
class Standing:
    """One list that a person is on: their place from 1, how many wait, the offer that they have to
    answer if there is one, and roles that went to somebody behind them, latest first.
    """

    entry: WaitingListEntry
    position: int
    length: int
    offer: TimedOffer | None
    passed: list[PassedOver]


def standings_of(volunteer: Volunteer) -> list[Standing]:
    """Give the lists that a person is on, oldest first. Three queries."""
    entries = list(
        WaitingListEntry.objects.live()
        .filter(volunteer=volunteer)
        .select_related("opportunity__organisation", "activity", "cause")
        .annotate(ahead=_counted(_before()), length=_counted(_same_list()))
        .order_by("joined_at", "pk")
    )
    offers = {
        offer.entry_id: offer
        for offer in live_offers_of(volunteer).select_related("opportunity__organisation")
    }
    passed: dict[int, list[PassedOver]] = {}
    for one in PassedOver.objects.filter(entry__in=[e.pk for e in entries]).select_related(
        "opportunity__organisation"
    ):
        passed.setdefault(one.entry_id, []).append(one)
    return [
        Standing(
            entry,
            entry.ahead + 1,
            entry.length,
            offers.get(entry.pk),
            passed.get(entry.pk, [])[:PASSED_LISTED],
        )
        for entry in entries
    ]


def live_offers_of(volunteer: Volunteer) -> QuerySet[TimedOffer]:
    """Give the offer that a person has to answer, if there is one."""
    return TimedOffer.objects.filter(volunteer=volunteer, state=TimedOffer.State.LIVE)


def waiting_for(role: Opportunity) -> int:
    """Give how many people are on a role's own list."""
    return WaitingListEntry.objects.live().filter(opportunity=role).count()


def kept_in(role: Opportunity) -> QuerySet[TimedOffer]:
    """Give the live offers of a role, the first that ends first."""
    return role.timed_offers.filter(state=TimedOffer.State.LIVE).order_by("answer_by", "pk")


@dataclass(frozen=True)
class Kept:
    """How many places of a role are kept for people of waiting lists, and until when the first."""

    number: int
    until: datetime | None


def kept_places(role: Opportunity) -> Kept:
    """Give how many places of a role nobody else can have for now. One query."""
    found = kept_in(role).order_by().aggregate(number=Count("pk"), until=Min("answer_by"))
    return Kept(found["number"], found["until"])


def _same_list() -> QuerySet[WaitingListEntry]:
    live = WaitingListEntry.objects.live()
    return live.filter(Q(opportunity=OuterRef("opportunity")) | Q(activity=OuterRef("activity")))


def _before() -> QuerySet[WaitingListEntry]:
    earlier = Q(joined_at__lt=OuterRef("joined_at"))
    same_moment = Q(joined_at=OuterRef("joined_at"), pk__lt=OuterRef("pk"))
    return _same_list().filter(earlier | same_moment)


def _counted(rows: QuerySet[WaitingListEntry]) -> Coalesce:
    counted = rows.order_by().annotate(one=F("pk") * 0).values("one")
    number = counted.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
