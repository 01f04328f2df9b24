"""What people do while they wait, and how many do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from core.csv_files import Cell
from core.disclosure import FEWEST
from insights.areas import area_name, headed
from insights.disclosure import FEW, NOTHING, Shown
from insights.measures import MEASURES
from insights.selectors.published import Published
from insights.selectors.useful_wait import FIGURES, Followed, UsefulWait, useful_wait
from insights.wording import explained, in_words, number, written
from web import tables
from web.charts import Months, Point
from web.csv_response import csv_response
from web.dates import month_and_year
from web.insights_access import ReaderRequired
from web.views.insights.filters import chosen
from web.views.insights.page import StatisticsPage

_TAKEN, _SHARE, _HELPED, _LEARNED = (measure.code for measure in FIGURES)
_KINDS = ("one-off", "from-home")


class UsefulWaits(StatisticsPage):
    """How many people take up something while they wait, by month and kind; links followed. Of the
    period and the ward that the address names.
    """

    template_name = "web/insights/useful_wait.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = chosen(self.request, else_usual=False)
        found = useful_wait(filters.period, filters.area)
        return super().get_context_data(
            filters=filters,
            title=headed(_title(found), found.area),
            table=_table(found) if found.years or found.months else None,
            links=[{"link": one, "times": _times(one)} for one in found.links],
            since=month_and_year(found.since),
            chart=_chart(found),
            measures=FIGURES,
            notes=_notes(found),
            **kwargs,
        )


class UsefulWaitsFile(ReaderRequired, View):
    """The same as a file."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        heads = (_("Year or month"), _("Final"), *(str(one.title) for one in FIGURES))
        kinds = (_("Done once"), _("From home"))
        filters = chosen(request, else_usual=False)
        found = useful_wait(filters.period, filters.area)
        rows: list[tuple[Cell, ...]] = [
            (
                *(month.period.code, _("yes") if month.closed else _("no")),
                *(written(measure, month.total(measure)) for measure in FIGURES),
                *(written(MEASURES[_TAKEN], _kind(month, kind)) for kind in _KINDS),
                month.area_name or "Harrow",
            )
            for month in [*found.years, *found.months]
        ]
        return csv_response("useful-wait", (*heads, *kinds, _("Where")), rows)


def _title(found: UsefulWait) -> str:
    """The finding of the year that runs, or else of the one before; of the last month where there
    is no year.
    """
    told = found.years[::-1] or found.months[-1:]
    for year in told:
        taken, learned = year.total(_TAKEN), year.total(_LEARNED)
        words = {
            "number": in_words(MEASURES[_TAKEN], taken),
            "people": in_words(MEASURES[_LEARNED], learned),
            "when": _when(year),
        }
        if taken.value and learned.value:
            return _(
                "People who wait took up %(number)s places meanwhile, and %(people)s people did a "
                "course %(when)s"
            ) % words  # fmt: skip
        if taken.value:
            return _("People who wait took up %(number)s places meanwhile %(when)s") % words
        if learned.value:
            return _("While they waited, %(people)s people did a course %(when)s") % words
    if told and all(_is_few(year.total(code)) for year in told for code in (_TAKEN, _LEARNED)):
        return _("Hardly anybody who waits does something meanwhile")
    return _("What people do while they wait")


def _is_few(shown: Shown) -> bool:
    """Whether hardly anybody did it; of what is kept back nobody can say that."""
    return shown == FEW or shown.value == 0


def _when(figures: Published) -> str:
    """Such as "since April 2026", "from April 2025 to March 2026", "in October 2026"."""
    period = figures.period
    first = month_and_year(period.first)
    if not period.is_year:
        return _("in %(month)s") % {"month": first}
    if not figures.closed:
        return _("since %(month)s") % {"month": first}
    last = month_and_year(period.months_in()[-1].first)
    return _("from %(first)s to %(last)s") % {"first": first, "last": last}


def _table(found: UsefulWait) -> tables.Table:
    kinds = () if found.area else (_("Done once"), _("From home"))
    heads = (
        *(_("Places taken up"), *kinds),
        *(_("Share of those without a lasting role"), _("People with confirmed hours")),
        _("People who did a course"),
    )
    return tables.Table(
        _("What people did while they waited, by year and month"),
        (tables.Column(_("When")), *(tables.Column(head, is_numeric=True) for head in heads)),
        [_row(one) for one in (*reversed(found.years), *reversed(found.months))],
    )


def _notes(found: UsefulWait) -> list[str]:
    """What cells without a number mean, in the words of the figures that have such."""
    told = (*found.years, *found.months)
    notes = [
        note
        for measure in FIGURES
        for note in explained(measure, {one.total(measure).why for one in told})
    ]
    return list(dict.fromkeys(notes))


def _row(figures: Published) -> list[str]:
    words = {one.code: in_words(one, figures.total(one)) for one in FIGURES}
    when = _when(figures)
    kinds = [
        in_words(MEASURES[_TAKEN], _kind(figures, kind)) if figures.closed else _("when it is over")
        for kind in _KINDS
        if not figures.area
    ]
    return [
        when[:1].upper() + when[1:],
        *(words[_TAKEN], *kinds),
        *(words[_SHARE], words[_HELPED], words[_LEARNED]),
    ]


def _kind(month: Published, kind: str) -> Shown:
    rows = month.split(_TAKEN, "meanwhile")
    return next((row.shown for row in rows if row.code == kind), NOTHING)


def _chart(found: UsefulWait) -> Months | None:
    """A line over the months; none where no month has a number that can be shown, and none of one
    month.
    """
    if len(found.months) < 2:
        return None
    taken = MEASURES[_TAKEN]
    about = _("Places in one-off roles and roles from home, by month")
    points = tuple(
        Point(
            month_and_year(month.period.first),
            month.total(_TAKEN).value,
            in_words(taken, month.total(_TAKEN)),
            written(taken, month.total(_TAKEN)),
        )
        for month in found.months
    )
    if not any(point.value for point in points):
        return None
    return Months(
        key="taken",
        title=str(taken.title),
        about=f"{about}, {area_name(found.area)}" if found.area else about,
        points=points,
        heads=(_("Month"), str(taken.title)),
        level=2,
    )


def _times(one: Followed) -> str:
    if one.times.value is None:
        return _("fewer than %(count)s times") % {"count": FEWEST}
    if not one.times.value:
        return _("not yet")
    return _("about %(count)s times") % {"count": number(one.times.value)}
