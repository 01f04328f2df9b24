"""Find who waits for the same and gets nothing, once a week, and keep it under the same name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction

from core.clock import LONDON, now
from core.outbox.leases import Lease
from core.places.wards import WARDS
from insights import unmet
from insights.analysis.segments import Cell, Found, Index, named_as_before, segments
from insights.analysis.stopping import Stops, what_stops
from insights.models import Segment, SegmentMember, SegmentWeek, UnmetWeek
from insights.periods import Period
from insights.proposed_roles import TIMES
from insights.segment_titles import QUARTERS, quarter_of
from insights.unmet import UnmetSupply
from matching.recommender.suiting import RULE_CODES
from volunteers.models import Volunteer

_TIME_CODES = [code for code, *__ in TIMES]
_WARD_CODES = [ward.code for ward in WARDS]
#: Kinds, causes and skills that are kept of a segment, at most.
_MOST = 12
#: A role suits most of a segment from this share of its people on.
MOST_OF_THEM = 0.5
#: What of a segment is published.
FIGURES = (
    *("people", "waited_days", "kinds", "causes", "skills", "heat", "wards", "ways", "places"),
    *("places_for_most", "stops"),
)


def refresh(lease: Lease | None = None) -> bool:
    """Find the segments of this week, unless that is done; give whether it was. Safe to run at any
    time and again. Raises LeaseLostError where another worker does it by now.
    """
    week = monday_of(now())
    if UnmetWeek.objects.filter(week=week).exists():
        return False
    supply = unmet.current_supply()
    before = _Before.read()
    cells = cells_of(list(before.rows.values()), supply)
    found = segments(supply.offers, unmet.area_rounds(), cells)
    figures = [_figures(one, supply) for one in found]
    named = _Named.of(found, supply, before)
    of_borough = _of_borough(supply)
    with transaction.atomic():
        if lease is not None:
            lease.check()
        __, made = UnmetWeek.objects.get_or_create(week=week, defaults=of_borough)
        if made:
            _keep(named, figures, supply, week)
    return made


def monday_of(moment: datetime) -> date:
    """The Monday of the week that a moment lies in, in London."""
    day = moment.astimezone(LONDON).date()
    return day - timedelta(days=day.weekday())


def cells_of(before: Sequence[Segment], supply: UnmetSupply) -> list[Cell]:
    """Where the segments of before are, as far as that can be looked for again."""
    numbers = {code: number for number, code in enumerate(supply.codes)}
    cells = []
    for one in before:
        kind = numbers.get(("activity", one.activity) if one.activity else ("cause", one.cause))
        if kind is not None:
            times = tuple(_TIME_CODES.index(code) for code in one.times)
            cells.append(Cell(kind, times, _ward_numbers(one)))
    return cells


def _ward_numbers(segment: Segment) -> tuple[int, ...]:
    if segment.quarter:
        return tuple(
            number for number, code in enumerate(_WARD_CODES) if quarter_of(code) == segment.quarter
        )
    return tuple(sorted(_WARD_CODES.index(code) for code in segment.area))


def _title(cell: Cell, supply: UnmetSupply) -> dict[str, Any]:
    """What a segment is called, in codes."""
    what, code = supply.codes[cell.kind]
    wards = [_WARD_CODES[number] for number in cell.wards]
    quarter = next((quarter for quarter in QUARTERS if wards == _in_quarter(quarter)), "")
    return {
        "activity": code if what == "activity" else "",
        "cause": code if what == "cause" else "",
        "times": [_TIME_CODES[number] for number in cell.times],
        "area": [] if quarter else wards,
        "quarter": quarter,
    }


def _in_quarter(quarter: str) -> list[str]:
    return [code for code in _WARD_CODES if quarter_of(code) == quarter]


@dataclass(frozen=True)
class _Before:
    """Segments that were there, and the ids of their people."""

    rows: dict[int, Segment]
    people: dict[int, Index]

    @classmethod
    def read(cls, *, held: bool = False) -> "_Before":
        """Those that there are; held until the end of the transaction, if that is asked for."""
        present = Segment.objects.present()
        rows = {row.pk: row for row in (present.select_for_update() if held else present)}
        people: dict[int, list[int]] = {pk: [] for pk in rows}
        members = SegmentMember.objects.filter(segment__in=rows)
        for segment, volunteer in members.values_list("segment_id", "volunteer_id"):
            people[segment].append(volunteer)
        return cls(rows, {pk: np.array(ids, np.int64) for pk, ids in people.items()})

    def is_as(self, other: "_Before") -> bool:
        """Whether both are of the same look for segments; who left since makes no difference."""
        return {pk: row.last_found_at for pk, row in self.rows.items()} == {
            pk: row.last_found_at for pk, row in other.rows.items()
        }


@dataclass(frozen=True)
class _Named:
    """Segments that were found, the ids of the people of each, and which of those before each is
    (None for a new one).
    """

    found: Sequence[Found]
    ids: list[Index]
    before: _Before
    names: list[int | None]

    @classmethod
    def of(cls, found: Sequence[Found], supply: UnmetSupply, before: _Before) -> "_Named":
        ids = [supply.waiting.people.ids[one.rows] for one in found]
        return cls(found, ids, before, named_as_before(ids, before.people))

    def beside(self, before: _Before) -> list[int | None]:
        """The names beside those that are there now: the same, unless somebody looked meanwhile."""
        return self.names if before.is_as(self.before) else named_as_before(self.ids, before.people)


def _keep(
    named: _Named, figures: Sequence[dict[str, Any]], supply: UnmetSupply, week: date
) -> None:
    ids = named.ids
    # People before what is written of them, as who deletes their account holds them: whoever left
    # while this was worked out is not among them, and nobody leaves before it is written.
    still_here = _held(np.concatenate([[], *ids]).astype(int).tolist())
    before = _Before.read(held=True)
    at = now()
    month = Period.month_of(at.astimezone(LONDON).date())
    begins = not UnmetWeek.objects.filter(made_at__gte=month.starts_at).exclude(week=week).exists()
    SegmentMember.objects.all().delete()
    kept: list[Segment] = []
    for one, values, name in zip(named.found, figures, named.beside(before), strict=True):
        row = before.rows.get(name or 0) or Segment(first_found_at=at, **_title(one.cell, supply))
        for field, value in values.items():
            setattr(row, field, value)
        row.last_found_at, row.gone_at = at, None
        if begins:
            row.published_month, row.published = (
                month.code,
                {name: values[name] for name in FIGURES},
            )
        row.save()
        kept.append(row)
    gone = set(before.rows) - {row.pk for row in kept}
    Segment.objects.filter(pk__in=gone).update(gone_at=at)
    if begins:
        # What everybody reads changes once a month, all of it at once.
        old = Segment.objects.told().exclude(published_month=month.code)
        old.update(published_month="", published={})
    SegmentMember.objects.bulk_create(
        [
            SegmentMember(segment=row, volunteer_id=pk)
            for row, people in zip(kept, ids, strict=True)
            for pk in people.tolist()
            if pk in still_here
        ]
    )
    SegmentWeek.objects.bulk_create(
        [
            SegmentWeek(
                segment=row,
                week=week,
                people=row.people,
                places=row.places,
                places_for_most=row.places_for_most,
            )
            for row in kept
        ]
    )


def _held(ids: Sequence[int]) -> set[int]:
    """Hold people, and who is in a segment now, until the end of the transaction; give those of
    `ids` who are still here.
    """
    members = SegmentMember.objects.values_list("volunteer_id", flat=True)
    rows = Volunteer.objects.select_for_update(no_key=True)
    held = rows.filter(pk__in={*ids, *members}).order_by("pk").values_list("pk", flat=True)
    return set(ids) & set(held)


def _of_borough(supply: UnmetSupply) -> dict[str, Any]:
    nobody = np.flatnonzero(supply.unmatched)
    liked = unmet.likes(supply.kinds[nobody], supply.role_kinds)
    masks = []
    for rows, failed in supply.waiting.failed(nobody):
        first = int(np.searchsorted(nobody, rows[0]))
        masks += what_stops(failed, liked[first : first + len(rows)])
    return {
        "made_at": now(),
        "waiting": len(supply.waiting.people),
        "unmet": int(supply.unmet.any(axis=1).sum()),
        "unmatched": len(nobody),
        "stops": _as_json(Stops.of(masks)),
    }


def _as_json(stops: Stops) -> dict[str, Any]:
    """The rules by code, those that stop most people first."""
    alone = sorted(stops.alone.items(), key=lambda pair: (-pair[1], pair[0]))
    together = sorted(stops.together.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "people": stops.people,
        "alone": [[RULE_CODES[rule], people] for rule, people in alone],
        "together": [[[RULE_CODES[rule] for rule in rules], n] for rules, n in together],
        "more": stops.more,
        "no_kind": stops.no_kind,
    }


def _figures(found: Found, supply: UnmetSupply) -> dict[str, Any]:
    """The true figures of a segment, as of `insights.models.Segment`."""
    waiting, rows = supply.waiting, found.rows
    people = waiting.people.take(rows)
    free = people.availability[:, None] >> np.arange(21, dtype=np.uint32) & 1
    vocabulary = waiting.tags.vocabulary
    activities = supply.kinds[rows][:, : len(vocabulary.activities)]
    suits = supply.suits[rows].mean(axis=0) * supply.role_kinds[:, found.cell.kind]
    left = waiting.roles.places_left
    return {
        "people": len(rows),
        "waited_days": int(np.median(people.waiting_days)),
        "kinds": _shares(activities, vocabulary.activities),
        "causes": _shares(waiting.causes[rows], vocabulary.causes),
        "skills": _shares(people.skills.toarray() > 0, vocabulary.skills),
        "heat": [round(float(share), 4) for share in free.mean(axis=0)],
        "wards": dict(Counter(supply.ward_codes[rows].tolist())),
        "ways": {
            "one_off": int(people.one_off.sum()),
            "regular": int(people.regular.sum()),
            "from_home": int(people.helps_from_home.sum()),
        },
        "places": int(left[suits > 0].sum()),
        "places_for_most": int(left[suits >= MOST_OF_THEM].sum()),
        "stops": _as_json(_stops_of(found, supply)),
    }


def _stops_of(found: Found, supply: UnmetSupply) -> Stops:
    """What keeps its people from the open roles of its kind."""
    columns = np.flatnonzero(supply.role_kinds[:, found.cell.kind])
    masks = []
    for __, failed in supply.waiting.failed(found.rows, columns):
        masks += what_stops(failed, np.ones(failed.shape, np.bool_))
    return Stops.of(masks)


def _shares(has: np.ndarray[Any, Any], codes: Sequence[str]) -> list[list[Any]]:
    """[code, share of the people], the largest first, without those that nobody has."""
    shares = has.mean(axis=0)
    order = np.argsort(-shares, kind="stable")[:_MOST].tolist()
    return [[codes[place], round(float(shares[place]), 4)] for place in order if shares[place] > 0]
