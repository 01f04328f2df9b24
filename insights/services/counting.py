"""Count people who wait for much the same, once a month, as they may be shown to groups."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from django.db import transaction

from core.clock import now, today
from core.disclosure import rounded
from insights.measures.people import LEAST_FOR_MEDIAN
from insights.models import CountedPeople, RolePlan, Segment
from insights.periods import Period
from insights.supply import Supply
from matching.recommender.could_do import could_do, who_waits
from volunteers.policies import CONFIRMED_WITHIN

_SLOTS = 21


class Counts(NamedTuple):
    """How many people, the median of their days of waiting, and how many are free in each slot; and
    how many more named neither a kind of work nor a cause, and could do it too.
    """

    people: int
    waited: float | None
    free: Sequence[int]
    not_said: int = 0


def count(supplies: Iterable[Supply]) -> dict[str, CountedPeople]:
    """Give this month's counts by code of the supply: those that there are, and new ones of the
    others, which stay for the month. Safe to run at any time and again.
    """
    month = Period.month_of(today()).code
    wanted = {supply.code: supply for supply in supplies}
    known = CountedPeople.objects.filter(month=month, source__in=wanted)
    missing = wanted.keys() - set(known.values_list("source", flat=True))
    if missing:
        new = _counted([wanted[code] for code in sorted(missing)], month)
        with transaction.atomic():
            # Whoever counts the same at once: the first stands.
            CountedPeople.objects.bulk_create(new, ignore_conflicts=True)
    return {one.source: one for one in known.all()}


def _counted(supplies: Sequence[Supply], month: str) -> list[CountedPeople]:
    segments = Segment.objects.in_bulk([s.segment_id for s in supplies if s.segment_id])
    figures = _of_plan()
    unknown = [one for one in supplies if one.segment_id is None and one.code not in figures]
    figures |= zip([supply.code for supply in unknown], _of_roles(unknown), strict=True)
    for supply in supplies:
        if supply.segment_id is not None:
            figures[supply.code] = _of_segment(segments.get(supply.segment_id))
    at = now()
    return [
        CountedPeople(
            source=supply.code,
            month=month,
            counted_at=at,
            activity=supply.activity,
            cause=supply.cause,
            slots=supply.slots,
            wards=list(supply.area),
            template=supply.template.code if supply.template else "",
            segment=segments.get(supply.segment_id) if supply.segment_id else None,
            **_shown(figures[supply.code]),
        )
        for supply in supplies
    ]


def _shown(counts: Counts) -> dict[str, object]:
    """True numbers as they may be shown, which is how they are kept."""
    people, waited, free, not_said = counts
    shown = rounded(people)
    if not shown:
        return {"people": None, "waited_days": None, "heat": [], "not_said": None}
    return {
        "people": shown,
        "waited_days": None if waited is None or people < LEAST_FOR_MEDIAN else round(waited),
        "heat": [rounded(number) for number in free],
        "not_said": rounded(not_said) or None,
    }


def _of_plan() -> dict[str, Counts]:
    """Of each role of this month's plan, as its page says: the same people counted on another day,
    held against that, would tell who came between.
    """
    plan, month = RolePlan.objects.first(), Period.month_of(today())
    if plan is None or plan.made_at < month.starts_at:
        return {}
    return {
        Supply.of_planned_role(role).code: Counts(
            int(role["named"]),
            role.get("waited_days"),
            role.get("slots", []),
            int(role.get("not_said", 0)),
        )
        for role in plan.roles
    }


def _of_roles(planned: Sequence[Supply]) -> list[Counts]:
    """Of each planned role: who named its kind of work, or its cause, and could do it; and who
    named nothing and could.
    """
    if not planned:
        return []
    people = who_waits(confirmed_since=now() - CONFIRMED_WITHIN)
    found = could_do([supply.role.asked() for supply in planned], people)
    could, named, known = found.could_do.tocsc(), found.named.tocsc(), len(found.role_ids)
    figures: list[Counts] = []
    for number in range(len(planned)):
        column = [known + number]
        rows = named[:, column].nonzero()[0]
        people = found.people.take(rows)
        days = people.waiting_days
        free = people.availability
        figures.append(
            Counts(
                len(rows),
                float(np.median(days)) if len(rows) else None,
                [int((free >> slot & 1).sum()) for slot in range(_SLOTS)],
                could[:, column].nnz - len(rows),
            )
        )
    return figures


def _of_segment(segment: Segment | None) -> Counts:
    """What is published of it, which stays for a month: a later week's number, held against the one
    on the segment's page, would tell who came between.
    """
    if segment is None or not segment.published:
        return Counts(0, None, [])
    figures = segment.published
    people = int(figures["people"])
    free = [round(share * people) for share in figures["heat"]]
    return Counts(people, figures["waited_days"], free)
