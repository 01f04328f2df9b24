"""What pages of unmet supply share: numbers in words, and charts of them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.disclosure import FEWEST
from core.week import day_name, part_name
from insights.disclosure import KEPT_BACK, Shown, Why
from insights.selectors.published import Row
from insights.wording import MARKS, number
from web.charts import Bars, Point, WeekGrid


def count(shown: Shown) -> str:
    """A number of people, as a table says it."""
    if shown.value is None:
        few = _("fewer than %(count)s") % {"count": FEWEST}
        return few if shown.why == Why.FEW else _("kept back")
    return _("about %(number)s") % {"number": number(shown.value)} if shown.value else _("none")


def people(shown: Shown) -> str:
    """The same with "people"."""
    if shown.why == Why.KEPT_BACK:
        return _("some people (how many is kept back)")
    if shown.value is None:
        return _("fewer than %(count)s people") % {"count": FEWEST}
    if not shown.value:
        return _("nobody")
    return _("about %(count)s people") % {"count": number(shown.value)}


def mark(shown: Shown) -> str:
    """As short as a drawing or a file needs it."""
    return MARKS[shown.why] if shown.value is None else number(shown.value)


def for_each_place(places: int | None, ratio: float | None) -> str:
    """People for each place that suits most of them, or why that cannot be said. places: how many
    there are, None where they were not counted.
    """
    if places is None:
        return _("not counted")
    if not places:
        return _("no place")
    return _("too few people") if ratio is None else f"{ratio:,.1f}"


def standing_out(rows: Sequence[Row]) -> Row | None:
    """The row that stands out in what is shown; None where it does not: the order of numbers that
    look alike, or are kept back, would say more than the numbers do.
    """
    order = sorted(rows, key=lambda row: -(row.shown.value or 0))
    if not order or not order[0].shown.value or any(row.shown == KEPT_BACK for row in rows):
        return None
    if len(order) > 1 and order[1].shown.value == order[0].shown.value:
        return None
    return order[0]


def point(label: str, shown: Shown, address: str = "") -> Point:
    """A number of people in a chart."""
    return Point(label, shown.value, count(shown), mark(shown), address)


def bars(key: str, title: str, about: str, rows: Sequence[Row]) -> Bars:
    """People by category."""
    return Bars(
        key=key,
        title=title,
        about=about,
        points=tuple(point(row.label, row.shown) for row in rows),
        heads=(about, _("People")),
    )


def week(title: str, free: Sequence[Shown]) -> WeekGrid:
    """People free in each part of the week."""
    days, parts = [day_name(day) for day in range(7)], [part_name(part) for part in range(3)]
    labels = [f"{day}, {part.lower()}" for day in days for part in parts]
    return WeekGrid(
        key="week",
        title=title,
        about=_("People free in each part of the week. Who did not say is not counted."),
        points=tuple(point(*pair) for pair in zip(labels, free, strict=True)),
        heads=(_("Part of the week"), _("People")),
        days=tuple(day[:3] for day in days),
        parts=tuple(parts),
        notes=(_("* stands for 1 to 7 people."),),
    )
