"""Numbers as they may be shown: one shape for all of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from core.week import SLOTS, describe, mask_of
from insights.disclosure import FEW, Shown
from insights.measures import MEASURES, Measure
from insights.periods import Period
from insights.selectors.published import Published, Row
from insights.wording import in_words

#: What numbers of people are, wherever they stand.
_PEOPLE = MEASURES["people_waiting"]


def shown(measure: Measure, one: Shown) -> dict[str, Any]:
    """A figure of a measure."""
    return {
        "value": one.value,
        "why": one.why,
        "more_than": one.more_than,
        "words": in_words(measure, one),
    }


def measured(measure: Measure, one: Shown) -> dict[str, Any]:
    """A figure with what it is of."""
    return {"measure": measure.code, "title": measure.title, **shown(measure, one)}


def people(one: Shown) -> dict[str, Any]:
    """A number of people."""
    return shown(_PEOPLE, one)


def people_near(count: int | None) -> dict[str, Any]:
    """A number of people that was rounded before; None: fewer than 8."""
    return people(FEW if count is None else Shown(float(count)))


def rows(measure: Measure, split: Iterable[Row]) -> list[dict[str, Any]]:
    """The categories of a split."""
    return [
        {"code": row.code, "label": row.label, "base": row.base, **shown(measure, row.shown)}
        for row in split
    ]


def rows_of_people(split: Iterable[Row]) -> list[dict[str, Any]]:
    """People by category."""
    return rows(_PEOPLE, split)


def week(free: Sequence[Shown]) -> list[dict[str, Any]]:
    """People free in each of the week's 21 slots, Monday morning first."""
    return [
        {"code": slot.code, "label": describe(mask_of([slot])), **people(one)}
        for slot, one in zip(SLOTS, free, strict=True)
    ]


def period(one: Period, *, closed: bool) -> dict[str, Any]:
    """A month or a year."""
    return {
        "code": one.code,
        "first_day": one.first,
        "last_day": one.last,
        "closed": closed,
    }


def of_a_period(figures: Published) -> dict[str, Any]:
    """The period and the ward that figures are of."""
    return {**period(figures.period, closed=figures.closed), "area": figures.area}
