"""Other true counts of which the same may be said: for two boroughs that must look the same."""

from collections.abc import Callable
from typing import Any

from core.disclosure import FEWEST, rounded
from insights import disclosure
from insights.measures import MEASURES, Figures, Unit
from insights.measures.dimensions import DIMENSIONS
from insights.measures.people import LEAST_FOR_MEDIAN
from insights.measures.samples import Cell
from insights.models import (
    CampaignMonth,
    CapacityFigures,
    PeriodFigures,
    RolePlan,
    Segment,
    SegmentWeek,
    Simulation,
    UnmetWeek,
)
from tests.factories.insights import SEGMENT_FIGURES, WARD

#: Tables of true counts of people, each with what puts other counts into it of which the same may
#: be said.
CHANGED: dict[str, Callable[[], None]] = {}
#: The other tables, and why no count of people leaves from them unseen by this test.
LEFT_OUT = {
    "KeptReport": "reports as they could be read on the day on which they were kept",
    "Target": "numbers that the delivery group sets",
    "YearlyQuestion": "counts groups, whose answers have a threshold of their own",
    "YearlyAnswer": "one group's own answer: counts of groups, with thresholds of their own",
    "SegmentMember": "for the broker's desk alone",
    "CountedPeople": "of a prospectus: kept as it is shown (test_prospectuses.py)",
    "Prospectus": "what became of a prospectus, group by group",
    "ProspectusMail": "which mails went out",
    "Campaign": "what the delivery group chose",
    "CampaignGroup": "what became of a campaign, group by group",
}


def changes(model: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def register(change: Callable[[], None]) -> Callable[[], None]:
        CHANGED[model] = change
        return change

    return register


def other(count: int) -> int:
    """Another count of which the same may be said: 0 for 0."""
    if not count:
        return 0
    for tried in (count + 1, count - 1, count + 2, count - 2):
        if tried > 0 and rounded(tried) == rounded(count) and (tried < FEWEST) == (count < FEWEST):
            return tried
    raise AssertionError(count)


@changes("PeriodFigures")
def other_figures() -> None:
    """Other counts wherever what is published stays the same."""
    for row in PeriodFigures.objects.all():
        found = Figures.of_json(row.figures)
        totals = {code: _same(code, cell) for code, cell in found.totals.items()}
        changed = Figures(totals, dict(found.splits), found.categories, found.kept_back)
        for key, cells in found.splits.items():
            if DIMENSIONS[key[1]].parts:
                changed.splits[key] = _traded(key[0], cells)
            else:
                changed.splits[key] = [_same(key[0], cell) for cell in cells]
            if _said(changed, key) != _said(found, key):
                changed.splits[key] = cells
        row.figures = changed.as_json()
        row.save()


def _said(found: Figures, key: tuple[str, str]) -> list[disclosure.Shown]:
    return disclosure.split(
        MEASURES[key[0]],
        found.splits[key],
        parts=DIMENSIONS[key[1]].parts,
        total=found.totals[key[0]],
        kept_back=found.kept_back.get(key),
        tables=DIMENSIONS[key[1]].tables(found.categories[key[1]]),
    )


def _same(code: str, cell: Cell) -> Cell:
    """Another cell of which the same is said, where it is a count of people."""
    if MEASURES[code].unit not in (Unit.PEOPLE, Unit.APPLICATIONS) or cell.people is None:
        return cell
    changed = _counting(cell, other(cell.count))
    same = disclosure.shown(MEASURES[code], changed) == disclosure.shown(MEASURES[code], cell)
    return changed if same else cell


def _counting(cell: Cell, count: int) -> Cell:
    people = max(1, min(count, (cell.people or 0) + count - cell.count)) if count else 0
    return Cell(float(count), count, count, people)


def _traded(code: str, cells: list[Cell]) -> list[Cell]:
    """Cells that trade one person, two by two, so that their sum stays."""
    found, measure = list(cells), MEASURES[code]
    if measure.unit not in (Unit.PEOPLE, Unit.APPLICATIONS):
        return found
    places = [place for place, cell in enumerate(cells) if cell.count]
    for one, two in zip(places[::2], places[1::2], strict=False):
        for by in (1, -1):
            pair = [_counting(cells[one], cells[one].count + by)]
            pair.append(_counting(cells[two], cells[two].count - by))
            before = [disclosure.shown(measure, cells[place]) for place in (one, two)]
            if [disclosure.shown(measure, cell) for cell in pair] == before:
                found[one], found[two] = pair
                break
    return found


PLANNED_ROLE: dict[str, Any] = {
    "activity": "gardening",
    "time": "saturday",
    "ward": WARD,
    "template": "",
    "places": 10,
    "people": 34,
    "named": 48,
    "not_said": 33,
    "without": 23,
    "long": 12,
    "waits": [23, 14, 5, 6],
    "wards": {WARD: 29, "E05013562": 14, "E05013542": 5},
    "slots": [5, 23, 34] * 7,
    "hosts": [],
}


#: What more places would do, of a kind that the segment is of and of others; of the last too few
#: people named it.
MORE_PLACES: list[dict[str, Any]] = [
    {
        "activity": activity,
        "time": "weekday-evening",
        "ward": WARD,
        "named": named,
        "places": 10,
        "by_many": by_many,
        "by_one": 0.8,
    }
    for activity, named, by_many in (
        ("befriending", 44, 6.8),
        ("gardening", 23, 2.2),
        ("cooking", 19, 4.1),
    )
]


@changes("RolePlan")
def _plan() -> None:
    roles = [
        PLANNED_ROLE
        | {
            name: other(PLANNED_ROLE[name])
            for name in ("people", "named", "not_said", "without", "long")
        }
        | {
            "waits": [24, 13, 4, 7],
            "wards": {WARD: 30, "E05013562": 13, "E05013542": 6},
            "slots": [4, 24, 33] * 7,
        }
    ]
    more_places = [
        one
        | {"by_many": by_many, "by_one": 0.7}
        | {"named": one["named"] + (-7 if one["named"] < LEAST_FOR_MEDIAN else 7)}
        for one, by_many in zip(MORE_PLACES, (7.3, 1.7, 5.6), strict=True)
    ]
    RolePlan.objects.update(
        roles=roles, waiting=233, placeable=44, silent=other(57), more_places=more_places
    )


@changes("Segment")
def _segment() -> None:
    Segment.objects.update(
        people=24,
        published=SEGMENT_FIGURES
        | {
            "people": 24,
            "kinds": [["befriending", 1.0], ["home-visits", 14 / 24], ["phone-calls", 4 / 24]],
            "causes": [["older-people", 15 / 24]],
            "skills": [["listening", 11 / 24], ["patience", 6 / 24]],
            "heat": [0.0, 6 / 24, 21 / 24] * 5 + [11 / 24] * 6,
            "wards": {WARD: 15, "E05013562": 5, "": 4},
            "ways": {"regular": 24, "one_off": 11, "from_home": 5},
            "stops": {
                "people": 24,
                "alone": [["time_overlap", 14], ["distance", 5]],
                "together": [[["distance", "time_overlap"], 10]],
                "more": 0,
                "no_kind": 0,
            },
        },
    )


@changes("SegmentWeek")
def _segment_weeks() -> None:
    for row in SegmentWeek.objects.all():
        row.people = other(row.people)
        row.save()


@changes("UnmetWeek")
def _unmet() -> None:
    UnmetWeek.objects.update(
        waiting=234,
        unmet=121,
        unmatched=43,
        stops={
            "people": 43,
            "alone": [["time_overlap", 23], ["distance", 5]],
            "together": [[["distance", "time_overlap"], 10]],
            "more": 0,
            "no_kind": 0,
        },
    )


@changes("CapacityFigures")
def _capacity() -> None:
    row = CapacityFigures.objects.get()
    row.waiting, row.placeable, row.everything = 234, 43, 64
    row.reasons = [one | {"placed": 24, "costed_placed": 14} for one in row.reasons]
    row.save()


#: What had come of a campaign of forty groups, by the end of a month.
CAMPAIGN_FIGURES: dict[str, dict[str, int]] = {
    "written": {
        "groups": 30,
        "began": 24,
        "published": 22,
        "applied": 21,
        "placed": 20,
        "due": 18,
        "there": 9,
    },
    "comparison": {
        "groups": 10,
        "began": 2,
        "published": 2,
        "applied": 1,
        "placed": 1,
        "due": 0,
        "there": 0,
    },
    "people": {"applied": 44, "placed": 33, "due": 23, "there": 14},
}


@changes("CampaignMonth")
def _campaign() -> None:
    """Groups are public up to those that had somebody there."""
    people = {name: other(count) for name, count in CAMPAIGN_FIGURES["people"].items()}
    written = CAMPAIGN_FIGURES["written"] | {"there": 10}
    CampaignMonth.objects.update(figures=CAMPAIGN_FIGURES | {"written": written, "people": people})


#: What came of a simulation of ten seasons.
SIMULATED: dict[str, Any] = {
    "people": 233,
    "places": 50,
    "roles": [{"activity": "gardening", "time": "saturday", "ward": WARD, "places": 60}],
    "seasons_wanted": 10,
    "seasons": [[33, 57, 24]] * 10,
    "gain": {"without": 33.0, "with_it": 57.0, "low": 21.0, "high": 27.0},
}


@changes("Simulation")
def _simulation() -> None:
    Simulation.objects.update(
        people=234,
        seasons=[[34, 56, 22]] * 10,
        gain={"without": 34.0, "with_it": 57.0, "low": 20.5, "high": 26.5},
    )
