"""Charts of published figures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.dates import month_of_a_date
from insights.chart_findings import NOTHING_TO_DRAW, over_time_finding, split_finding
from insights.disclosure import Shown
from insights.measures import Measure
from insights.measures.dimensions import DIMENSIONS, RANKED
from insights.periods import Period
from insights.selectors.published import Published, Row, most_first
from insights.wording import explained, explained_bases, in_words, period_in_words, written
from web.charts import Bars, Chart, Months, Point, WardTiles

_SHARE_OF = 100.0


def figure_address(
    measure: Measure, said: Mapping[str, str] | None = None, *, csv: bool = False, **filters: str
) -> str:
    """The address of a figure's page or of its file, with filters (`period`, `by`, `area`), also
    those that are `said` already.
    """
    filters = {**(said or {}), **filters}
    name = "web:figure-csv" if csv else "web:figure"
    given = urlencode({key: value for key, value in filters.items() if value})
    return reverse(name, args=[measure.code]) + (f"?{given}" if given else "")


def point(measure: Measure, label: str, shown: Shown, address: str = "") -> Point:
    """A figure as a point of a chart."""
    words, mark = in_words(measure, shown), written(measure, shown)
    return Point(label, shown.value, words, mark, address, more_than=shown.more_than)


def split_chart(
    measure: Measure, figures: Published, dimension: str, *, level: int = 2, key: str = ""
) -> Chart | None:
    """The figure by the categories of a dimension: a tile map of wards, bars of anything else.
    None where the period has no such split.
    """
    rows = figures.split(measure, dimension)
    if not rows:
        return None
    if dimension in RANKED:
        rows = most_first(rows)
    period = figures.period.code
    points = tuple(_point_of_row(measure, row, dimension, period) for row in rows)
    title = capfirst(str(DIMENSIONS[dimension].title))
    given: dict[str, Any] = {
        "key": key or f"{measure.code}-{dimension}".replace("_", "-"),
        "title": split_finding(measure, dimension, rows),
        "about": _("%(figure)s by %(split)s, %(period)s")
        % {
            "figure": measure.title,
            "split": title.lower(),
            "period": period_in_words(figures.period),
        },
        "points": points,
        "heads": (title, str(measure.title)),
        "csv": figure_address(measure, csv=True, period=period, by=dimension),
        "notes": (
            *explained(measure, {row.shown.why for row in rows}),
            *explained_bases(row.base for row in rows),
        ),
        "level": level,
    }
    if dimension == "ward":
        return WardTiles(**given)
    return Bars(**given, whole=_SHARE_OF if measure.unit == "share" else None)


def _point_of_row(measure: Measure, row: Row, dimension: str, period: str) -> Point:
    area = row.code if dimension == "ward" and row.code != "not-said" else ""
    address = figure_address(measure, period=period, by=dimension, area=area) if area else ""
    return replace(point(measure, row.label, row.shown, address), out_of=row.out_of)


def months_chart(
    measure: Measure,
    months: Sequence[Period],
    shown: Mapping[Period, Shown],
    *,
    of: str = "",
    target: float | None = None,
    csv: str = "",
    since: Period | None = None,
) -> Months:
    """The figure over months, those that have been worked out. of: the ward that it is of, in
    words. since: the first month that there are figures of.
    """
    known = [month for month in months if month in shown]
    points = tuple(point(measure, _month(month, known), shown[month]) for month in known)
    about = _("%(figure)s, month by month") % {"figure": measure.title}
    wanted = None
    if target is not None:
        words = _("Target: %(number)s") % {"number": written(measure, Shown(target))}
        wanted = Point(_("Target"), target, words)
    return Months(
        key=f"{measure.code}-months".replace("_", "-"),
        title=over_time_finding(measure, [(month, shown[month]) for month in known], since),
        about=f"{about}, {of}" if of else about,
        points=points,
        heads=(_("Month"), str(measure.title)),
        csv=csv,
        notes=tuple(explained(measure, {shown[month].why for month in known})),
        level=2,
        target=wanted,
        empty=NOTHING_TO_DRAW,
    )


def _month(month: Period, known: Sequence[Period]) -> str:
    """The month's short name; with the year at the first and in each January."""
    name = month_of_a_date(month.first.month)[:3]
    is_first = month == known[0] or month.first.month == 1
    return f"{name} {month.first.year}" if is_first else name
