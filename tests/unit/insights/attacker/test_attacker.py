"""Somebody who knows every public thing recovers no small count (promise 4).

A borough with a year and a bit of past is worked out and closed month by month, as each night does.
The attacker has every table of every closed month and of the year, knows every total exactly (as
from the roles' own pending counts, which are public), knows which counts are parts of others, and
how many people came and went between two months. What else leaves the house says no more than
these tables: `test_outputs.py`.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
import time_machine
from pytest_django import DjangoDbBlocker
from scipy.optimize import linprog

from accounts.services.erasure import erase
from core.disclosure import FEWEST
from core.places.wards import PARTS, WARDS, part_of
from insights import datasets
from insights.analysis.protection import MARGIN
from insights.disclosure import FEW, Shown
from insights.measures import MEASURES, Figures, Unit
from insights.measures.dimensions import DIMENSIONS
from insights.models import PeriodFigures
from insights.periods import Period
from insights.selectors.published import Published, published
from insights.services import figures
from tests.factories.attacker import Bounds, Counts, Knowledge, read
from tests.factories.past import borough_with_a_past
from tests.kept import kept
from volunteers.models import Volunteer

YEAR = Period.of_code("2026-27")
CROSSED = "part-and-time"
MONTHS = YEAR.months_in()
#: Counts of people that are split, and so can be found out.
CODES = [one.code for one in MEASURES if one.unit in (Unit.PEOPLE, Unit.APPLICATIONS) and one.by]
TABLES = [(code, dimension) for code in CODES for dimension in MEASURES[code].by]
#: Counts of which the first is part of the second.
PARTS_OF = [
    ("helped_in_each_month", "helped_in_last_month"),
    ("helped_in_last_month", "residents_registered"),
    ("residents_placed", "residents_registered"),
]


@pytest.fixture(scope="module", autouse=True)
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept(django_db_blocker, _a_year):
        yield


def _a_year() -> None:
    with time_machine.travel(datetime(2027, 4, 10, tzinfo=UTC), tick=False):
        borough_with_a_past()
    for period in (*MONTHS, YEAR):
        with time_machine.travel(period.ends_at + timedelta(days=3, hours=2), tick=False):
            figures.refresh(period)


#: The same on any database, and long.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite, pytest.mark.slow]


def true(period: Period) -> Figures:
    return Figures.of_json(PeriodFigures.objects.get(period=period.code).figures)


def counts_of(found: Figures, code: str, dimension: str) -> Counts:
    return np.array([cell.count for cell in found.splits[code, dimension]], np.int64)


def rows_of(found: Published, code: str, dimension: str) -> list[Shown]:
    return [row.shown for row in found.split(code, dimension)]


Months = list[tuple[Counts, list[Shown]]]


@pytest.fixture(scope="module")
def tables(world: None, django_db_blocker: DjangoDbBlocker) -> dict[tuple[str, str], Months]:
    """What every month says of every split, with the true counts."""
    with django_db_blocker.unblock():
        said = published(MONTHS)
        kept_of = {month: true(month) for month in MONTHS}
    return {
        table: [
            (counts_of(kept_of[month], *table), rows_of(said[month], *table)) for month in MONTHS
        ]
        for table in TABLES
    }


def small(months: Months, width: int) -> list[list[int]]:
    """The places of small counts among all cells of these months, one after the other."""
    return [
        [month * width + place]
        for month, (counts, rows) in enumerate(months)
        for place, count in enumerate(counts.tolist())
        if 0 < count < FEWEST and rows[place].why != ""
    ]


def count_narrowed(cells: list[list[int]], knowledge: Knowledge, months: Months) -> int:
    """How many of these have fewer than three values left, or, where a month's total is smaller
    than that, fewer than there are up to the total.
    """
    width = len(months[0][0])
    most = [int(months[place // width][0].sum()) + 1 for (place,) in cells]
    left = knowledge.values_left(cells)
    return sum(one < min(MARGIN, up_to) for one, up_to in zip(left, most, strict=True))


def know(months: Months, *, totals: bool) -> Knowledge:
    knowledge = Knowledge.of([(counts, read(rows)) for counts, rows in months])
    start = 0
    for counts, __ in months:
        if totals:
            knowledge.add(range(start, start + len(counts)), counts.sum(), counts.sum())
        start += len(counts)
    return knowledge


def know_year_too(knowledge: Knowledge, bounds: Bounds, months: int) -> None:
    width = len(bounds[0])
    for place, (low, high) in enumerate(zip(*bounds, strict=True)):
        knowledge.add([month * width + place for month in range(months)], low, high)


class TestHiddenCounts:
    def test_are_not_recovered_from_months_and_year(
        self, tables: dict[tuple[str, str], Months]
    ) -> None:
        year = published([YEAR])[YEAR]
        narrowed, hidden = Counter[tuple[str, str]](), 0
        for table, months in tables.items():
            knowledge = know(months, totals=DIMENSIONS[table[1]].parts)
            rows, width = rows_of(year, *table), len(months[0][0])
            if rows and not MEASURES[table[0]].of_moment:
                know_year_too(knowledge, read(rows), len(months))
            cells = small(months, width)
            hidden += len(cells)
            narrowed[table] += count_narrowed(cells, knowledge, months)
        assert hidden > 3000
        assert +narrowed == Counter()

    def test_are_not_recovered_from_counts_that_they_are_part_of(
        self, tables: dict[tuple[str, str], Months]
    ) -> None:
        hidden = 0
        for part, whole in PARTS_OF:
            for dimension in MEASURES[part].by:
                for inner, outer in zip(
                    tables[part, dimension], tables[whole, dimension], strict=True
                ):
                    knowledge = know([inner, outer], totals=True)
                    width = len(inner[0])
                    knowledge.within = [(place, width + place) for place in range(width)]
                    cells = small([inner, outer], width)
                    hidden += len(cells)
                    assert count_narrowed(cells, knowledge, [inner, outer]) == 0
        assert hidden > 500

    def test_are_not_recovered_from_parts_by_times_beside_the_wards(
        self, tables: dict[tuple[str, str], Months]
    ) -> None:
        """Nobody's part has fewer people than are free there at one time, nor more than at all
        times together; and how many there are in all, and at each time, is known."""
        looked_at = shown = 0
        of_times = tables["people_waiting", "time"]
        for number, (wards, cells) in enumerate(
            zip(tables["people_waiting", "ward"], tables["people_waiting", CROSSED], strict=True)
        ):
            inside = cells[0].reshape(len(PARTS), -1)
            outside = of_times[number][0] - inside.sum(axis=0)
            assert (outside >= 0).all()
            known = Crossed(wards, cells, outside)
            both = np.concatenate([wards[0], cells[0]])
            for place in np.flatnonzero((both > 0) & (both < FEWEST)).tolist():
                looked_at += 1
                assert known.values_left(place) >= MARGIN, (number, place)
            shown += sum(row.value is not None for row in cells[1])
        assert looked_at > 50
        assert shown > 60

    def test_are_not_recovered_by_who_knows_how_many_came_and_went(
        self, tables: dict[tuple[str, str], Months]
    ) -> None:
        """People waiting by ward at the ends of two months, and how many in the whole borough began
        to wait between them, and how many no longer do."""
        wards = dict(Volunteer.objects.values_list("pk", "ward_code"))
        codes = [code for code, __ in true(YEAR).categories["ward"]]
        hidden = 0
        for number, (before, after) in enumerate(pairwise(MONTHS)):
            waits = [waiting(month) for month in (before, after)]
            stay, out, come = (
                by_ward(people, wards, codes)
                for people in (waits[0] & waits[1], waits[0] - waits[1], waits[1] - waits[0])
            )
            k = len(codes)
            free: Bounds = (np.zeros(k), np.full(k, np.inf))
            knowledge = Knowledge.of([(stay, free), (out, free), (come, free)])
            both = tables["people_waiting", "ward"][number : number + 2]
            small_ones = []
            for offset, moved, (counts, rows) in zip((1, 2), (out, come), both, strict=True):
                pairs = [[place, offset * k + place] for place in range(k)]
                for pair, low, high in zip(pairs, *read(rows), strict=True):
                    knowledge.add(pair, low, high)
                knowledge.add(range(offset * k, (offset + 1) * k), moved.sum(), moved.sum())
                every = [cell for pair in pairs for cell in pair]
                knowledge.add(every, counts.sum(), counts.sum())
                small_ones += [
                    pair
                    for pair, count in zip(pairs, counts.tolist(), strict=True)
                    if 0 < count < FEWEST
                ]
            hidden += len(small_ones)
            assert min(knowledge.values_left(small_ones), default=MARGIN) >= MARGIN
        assert hidden > 200


class Crossed:
    """What a month says of wards and of parts by times, with what links the two, for the attacker:
    a program of its own."""

    def __init__(
        self, wards: tuple[Counts, list[Shown]], cells: tuple[Counts, list[Shown]], outside: Counts
    ) -> None:
        number, times = len(wards[0]), len(outside)
        low, high = (
            np.concatenate([read(wards[1])[side], read(cells[1])[side]]) for side in (0, 1)
        )
        every = number + len(cells[0])
        self.bounds = np.stack([low, np.minimum(high, wards[0].sum())], axis=1)
        self.equal = np.zeros((1, every))
        self.equal[0, :number] = 1
        self.all = [wards[0].sum()]
        rows, most = [], []
        codes = [code for code, __ in PARTS]
        for part, code in enumerate(codes):
            own = [place for place, ward in enumerate(WARDS) if part_of(ward) == code]
            together = np.zeros(every)
            together[own] = 1
            for time in range(times):
                row = np.zeros(every)
                row[own] = -1
                row[number + part * times + time] = 1
                together[number + part * times + time] = -1
                rows.append(row)
                most.append(0)
            rows.append(together)
            most.append(0)
        for time in range(times):
            row = np.zeros(every)
            row[number + time :: times] = 1
            # Who is free and in no part is at most as many as live there: the last of the wards.
            elsewhere = -row
            elsewhere[number - 1] = -1
            rows += [row, elsewhere]
            at_time = cells[0].reshape(-1, times)[:, time].sum() + outside[time]
            most += [at_time, -at_time]
        self.rows, self.most = np.array(rows), np.array(most)

    def values_left(self, place: int) -> float:
        aim = np.zeros(self.rows.shape[1])
        aim[place] = 1
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * aim,
                A_ub=self.rows,
                b_ub=self.most,
                A_eq=self.equal,
                b_eq=self.all,
                bounds=self.bounds,
            )
            assert found.status == 0, found.message
            ends.append(sign * found.fun)
        return float(np.floor(ends[1] + 1e-6) - np.ceil(ends[0] - 1e-6)) + 1


def waiting(month: Period) -> set[int]:
    with time_machine.travel(month.ends_at + timedelta(days=3, hours=2), tick=False):
        people = datasets.tables(month).people
    return set(people.ids[people.waiting].tolist())


def by_ward(people: set[int], wards: dict[int, str], codes: list[str]) -> Counts:
    found = Counter(wards[pk] if wards[pk] in codes else codes[-1] for pk in people)
    return np.array([found[code] for code in codes], np.int64)


class TestControls:
    """The attack works: on tables that are not protected it finds counts out."""

    def test_hiding_below_5_with_exact_totals_gives_counts_away(
        self, tables: dict[tuple[str, str], Months]
    ) -> None:
        hidden = recovered = 0
        for table in TABLES:
            if MEASURES[table[0]].of_moment or not DIMENSIONS[table[1]].parts:
                continue
            counts = [counts for counts, __ in tables[table]]
            knowledge = know([(count, hiding_below_5(count)) for count in counts], totals=True)
            knowledge.low, knowledge.high = (
                np.concatenate([naively_read(count)[side] for count in counts]) for side in (0, 1)
            )
            know_year_too(knowledge, naively_read(np.sum(counts, axis=0)), len(counts))
            every = np.concatenate(counts)
            cells = [[place] for place in np.flatnonzero((every > 0) & (every < 5)).tolist()]
            hidden += len(cells)
            recovered += sum(left == 1 for left in knowledge.values_left(cells, enough=2))
        assert hidden > 1000
        assert recovered / hidden > 0.05, f"{recovered} of {hidden}"

    def test_rounding_alone_gives_counts_away(self, tables: dict[tuple[str, str], Months]) -> None:
        narrowed = 0
        for table, months in tables.items():
            if DIMENSIONS[table[1]].parts:
                plain = [(counts, [alone(int(count)) for count in counts]) for counts, __ in months]
                cells = small(plain, len(plain[0][0]))
                left = know(plain, totals=True).values_left(cells)
                narrowed += sum(one < MARGIN for one in left)
        assert narrowed > 0

    def test_a_year_as_it_is_gives_its_months_away(
        self, tables: dict[tuple[str, str], Months]
    ) -> None:
        narrowed = 0
        for table in (("placed", "ward"), ("applied", "activity"), ("started", "ward")):
            months, parts = tables[table], DIMENSIONS[table[1]].parts
            knowledge = know(months, totals=parts)
            sums = np.sum([counts for counts, __ in months], axis=0)
            know_year_too(knowledge, read([alone(int(count)) for count in sums]), len(months))
            cells = small(months, len(sums))
            narrowed += sum(left < MARGIN for left in knowledge.values_left(cells))
        assert narrowed > 0


def hiding_below_5(counts: Counts) -> list[Shown]:
    return [FEW if 0 < count < 5 else Shown(float(count)) for count in counts.tolist()]


def naively_read(counts: Counts) -> Bounds:
    return read(hiding_below_5(counts), hidden_below=5, rounded_to=1)


def alone(count: int) -> Shown:
    """A count as it would be shown without a look at its table."""
    if 0 < count < FEWEST:
        return FEW
    return Shown(float(5 * ((count + 2) // 5)))


class TestSnapshots:
    """Night after night: what runs has no splits, and what is closed never changes."""

    def test_a_running_period_is_never_split(self) -> None:
        april = Period.of_code("2027-04")
        for night in range(4, 14):
            with time_machine.travel(datetime(2027, 4, night, 4, tzinfo=UTC), tick=False):
                figures.refresh_running()
                found = published([april, Period.year_of(april.first)])
            assert found
            for one in found.values():
                assert not one.closed
                assert not any(one.split(*table) for table in TABLES)

    def test_a_closed_period_says_the_same_after_an_erasure(self) -> None:
        def said() -> list[list[Shown]]:
            found = published([*MONTHS, YEAR])
            return [rows_of(one, *table) for one in found.values() for table in TABLES]

        before = said()
        with time_machine.travel(datetime(2027, 4, 14, 4, tzinfo=UTC), tick=False):
            for person in Volunteer.objects.order_by("pk")[:5]:
                erase(user=person.user, by=None)
            figures.refresh_running()
            for period in (*MONTHS, YEAR):
                assert not figures.refresh(period)
        assert said() == before
