"""What came of a campaign, as it may be shown: the chain, and whether writing made a difference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Q

from core.disclosure import FEWEST, rounded
from insights.analysis.comparison import Difference, difference, enough
from insights.models import Campaign, CampaignGroup, CampaignMonth

Arm, Outcome = CampaignGroup.Arm, CampaignGroup.Outcome
#: Steps of groups that are compared, in order, as `insights.services.campaign_outcomes` has them.
STEPS = ("began", "published", "applied", "placed", "there")


@dataclass(frozen=True, slots=True)
class Sent:
    """How it stands with the groups of a campaign now. Counts of groups, which are public.
    published: groups of which the role that they began with what was sent was published.
    """

    groups: int
    to_write_to: int
    mailed: int
    on_page: int
    over_limit: int
    too_few: int
    gone: int
    held_back: int
    opened: int
    drafted: int
    published: int
    put_aside: int

    @property
    def sent(self) -> int:
        """Groups that were told, by mail or on their page."""
        return self.mailed + self.on_page


@dataclass(frozen=True, slots=True)
class Step:
    """One step: how many groups of those that were written to and of those that were not, and how
    far apart their shares are; None where there are too few on a side to say. Of groups whose
    people were still there, to the nearest 5, and None as `People.there`.
    """

    code: str
    written: int | None
    compared: int | None
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class People:
    """People behind the roles that came of the prospectuses, to the nearest 5; None for fewer than
    8. due: began so long ago that it is known whether they were there after three months; there:
    were, of these; None where they or the others are fewer than 8, or none.
    """

    applied: int | None
    placed: int | None
    due: int | None
    there: int | None


@dataclass(frozen=True, slots=True)
class Chain:
    """What had come of a campaign by the end of `month`."""

    month: str
    written: int
    compared: int
    steps: tuple[Step, ...]
    people: People

    @property
    def is_enough(self) -> bool:
        """Whether there are enough groups on both sides to say anything of a difference."""
        return enough(self.written, self.compared)


def sent(campaign: Campaign) -> Sent:
    """How it stands now. One query."""
    return sent_of([campaign])[campaign.pk]


def sent_of(campaigns: list[Campaign]) -> dict[int, Sent]:
    """How it stands with each of these now. One query."""
    rows = CampaignGroup.objects.filter(campaign__in=campaigns).order_by()
    written = Q(arm=Arm.WRITTEN)
    counted: Any = rows.values("campaign").annotate(
        groups=Count("pk"),
        to_write_to=Count("pk", filter=written & Q(outcome=Outcome.WAITING)),
        mailed=Count("pk", filter=Q(outcome=Outcome.MAILED)),
        on_page=Count("pk", filter=Q(outcome=Outcome.ON_PAGE)),
        over_limit=Count("pk", filter=Q(outcome=Outcome.OVER_LIMIT)),
        too_few=Count("pk", filter=Q(outcome=Outcome.TOO_FEW)),
        gone=Count("pk", filter=Q(outcome=Outcome.GONE)),
        held_back=Count("pk", filter=Q(arm=Arm.COMPARISON)),
        opened=Count("pk", filter=Q(prospectus__opened_at__isnull=False)),
        drafted=Count("pk", filter=Q(prospectus__drafted_at__isnull=False)),
        published=Count("pk", filter=Q(prospectus__draft__published_at__isnull=False)),
        put_aside=Count("pk", filter=Q(prospectus__set_aside_at__isnull=False)),
    )
    found = {
        row["campaign"]: Sent(**{field.name: row[field.name] for field in fields(Sent)})
        for row in counted
    }
    nothing = Sent(*[0] * len(fields(Sent)))
    return {campaign.pk: found.get(campaign.pk, nothing) for campaign in campaigns}


def chain(campaign: Campaign) -> Chain | None:
    """What had come of it by the end of the last month that is over; None before there is one. One
    query.
    """
    months = list(campaign.months.all())
    if not months:
        return None
    last = months[0]
    written, compared = (
        last.figures[arm] | {"there": told(_due_and_there(months, arm))[1]}
        for arm in (Arm.WRITTEN, Arm.COMPARISON)
    )
    due, there = told(_due_and_there(months, "people"))
    of_people = {name: rounded(last.figures["people"][name]) for name in ("applied", "placed")}
    return Chain(
        month=last.month,
        written=written["groups"],
        compared=compared["groups"],
        steps=tuple(_step(code, written, compared) for code in STEPS),
        people=People(**of_people, due=due, there=there),
    )


def _due_and_there(months: Sequence[CampaignMonth], whose: str) -> list[tuple[int, int]]:
    """True numbers by month, the first first."""
    stored = [month.figures[whose] for month in reversed(months)]
    # Of groups it was not kept at first how many were due: then there is nothing to tell of them.
    return [(one.get("due", 0), one["there"]) for one in stored]


def told(months: Sequence[tuple[int, int]]) -> tuple[int | None, int | None]:
    """What may be said after some months, the first first, of how many were due and how many of
    these were there: both to the nearest 5, or None.

    Anybody can know how many are due, since places are public, and month by month. So how many were
    there is said only where they and the others are eight or more (that all or none are there says
    it of each), and anew only when eight more are due.
    """
    due = there = 0
    for due_now, there_now in months:
        if due_now - due >= FEWEST:
            due, there = due_now, there_now
    if not due:
        return (0, 0) if not any(one for one, __ in months) else (None, None)
    is_told = min(there, due - there) >= FEWEST
    return rounded(due), rounded(there) if is_told else None


def _step(code: str, written: Mapping[str, Any], compared: Mapping[str, Any]) -> Step:
    ours, of = written[code], written["groups"]
    theirs, other_of = compared[code], compared["groups"]
    apart = None
    if ours is not None and theirs is not None and enough(of, other_of):
        apart = difference(min(ours, of), of, min(theirs, other_of), other_of)
    return Step(code, ours, theirs, apart)
