"""Figures of a period as they are kept, made by hand where a test is of what is done with them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from core.places.wards import WARDS
from insights.measures import MEASURES, Figures, Unit, tenths
from insights.measures.samples import Cell
from insights.models import PeriodFigures
from insights.periods import Period

#: Categories of the dimensions that tests split by.
CATEGORIES = {
    "ward": [(ward.code, ward.name) for ward in WARDS] + [("not-said", "Outside Harrow")],
    "time": [
        ("weekday-daytime", "Weekdays in the daytime"),
        ("weekday-evening", "Weekday evenings"),
        ("weekend", "Weekends"),
    ],
    "part-and-time": [
        (f"{part}-{time}", f"{label} in the {part}")
        for part in ("west", "middle", "east", "south")
        for time, label in (
            ("weekday-daytime", "Weekdays in the daytime"),
            ("weekday-evening", "Weekday evenings"),
            ("weekend", "Weekends"),
        )
    ],
    "age": [("under-18", "Under 18"), ("18-24", "18 to 24"), ("not-said", "Not said")],
    "place-told": tenths.categories(),
    "answer-told": tenths.categories(),
    "group-kind": [("charity", "Registered charity"), ("faith", "Faith group")],
}


def cell(measure: str, value: float | None, base: int = 1000) -> Cell:
    """The cell of a measure that has this value, with enough people behind it to be shown. value:
    of a share, per cent of `base`; of people for each place, over 100 places.
    """
    unit = MEASURES[measure].unit
    if unit == Unit.SHARE:
        count = round(base * (value or 0) / 100)
        return Cell(count / base, count, base, base)
    if unit == Unit.PER_PLACE:
        return Cell(value, round(100 * (value or 0)), 100, round(100 * (value or 0)))
    if unit in (Unit.PLACES, Unit.ROLES, Unit.GROUPS):
        return Cell(value, int(value or 0), int(value or 0), None)
    if unit in (Unit.DAYS, Unit.HOURS, Unit.INDEX):
        return Cell(value, base, base, base)
    return Cell(value, int(value or 0), int(value or 0), int(value or 0))


def made_figures(
    code: str,
    totals: Mapping[str, float],
    splits: Mapping[tuple[str, str], Sequence[float | None]] | None = None,
    *,
    closed: bool = True,
) -> PeriodFigures:
    """Keep figures of a period, by measure, and for (measure, dimension) by category."""
    period = Period.of_code(code)
    figures = Figures(
        {measure: cell(measure, value) for measure, value in totals.items()},
        {key: [cell(key[0], value) for value in values] for key, values in (splits or {}).items()},
        CATEGORIES,
    )
    at: datetime = period.ends_at + timedelta(days=3)
    return PeriodFigures.objects.create(
        period=code,
        first_day=period.first,
        figures=figures.as_json(),
        worked_out_at=at,
        closed_at=at if closed else None,
    )
