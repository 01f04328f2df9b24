"""What people do while they wait, and how many do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from core.csv_files import Cell
from core.disclosure import FEWEST
from insights.disclosure import NOTHING, Shown
from insights.measures import MEASURES
from insights.selectors.published import Published
from insights.selectors.useful_wait import Followed, UsefulWait, useful_wait
from insights.wording import in_words, number, written
from web.charts import Months, Point
from web.csv_response import csv_response
from web.dates import month_and_year
from web.insights_access import ReaderRequired
from web.views.insights.page import StatisticsPage

#: Places taken up; the share of people who did; people who gave confirmed hours.
_TAKEN, _SHARE, _HELPED = "taken_up_meanwhile", "used_the_wait", "useful_waits"
_KINDS = ("one-off", "from-home")


class UsefulWaits(StatisticsPage):
    """How many people take up something while they wait, by month and kind; links followed."""

    template_name = "web/insights/useful_wait.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = useful_wait()
        return super().get_context_data(
            title=_title(found),
            year=_sentence(found),
            rows=[_row(month) for month in reversed(found.months)],
            links=[{"link": one, "times": _times(one)} for one in found.links],
            since=month_and_year(found.since),
            chart=_chart(found) if found.months else None,
            measures=[MEASURES[code] for code in (_TAKEN, _SHARE, _HELPED)],
            **kwargs,
        )


class UsefulWaitsFile(ReaderRequired, View):
    """The months as a file."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        heads = (_("Month"), _("Final"), *(str(MEASURES[one].title) for one in _columns()))
        kinds = (_("Done once"), _("From home"))
        rows: list[tuple[Cell, ...]] = [
            (
                *(month.period.code, _("yes") if month.closed else _("no")),
                *(written(MEASURES[code], month.total(code)) for code in _columns()),
                *(written(MEASURES[_TAKEN], _kind(month, kind)) for kind in _KINDS),
            )
            for month in useful_wait().months
        ]
        return csv_response("useful-wait", (*heads, *kinds), rows)


def _columns() -> tuple[str, ...]:
    return (_TAKEN, _SHARE, _HELPED)


def _title(found: UsefulWait) -> str:
    month = found.closed
    share = month.total(_SHARE) if month else None
    if month is None or share is None or share.value is None:
        return _("What people do while they wait")
    return _("In %(month)s %(share)s of those without a lasting role used the wait") % {
        "month": month_and_year(month.period.first),
        "share": written(MEASURES[_SHARE], share),
    }


def _sentence(found: UsefulWait) -> str:
    if found.year is None:
        return ""
    shown = found.year.total(_TAKEN)
    return _("Places taken up by people who wait, since April: %(number)s.") % {
        "number": in_words(MEASURES[_TAKEN], shown)
    }


def _row(month: Published) -> dict[str, Any]:
    words = {code: in_words(MEASURES[code], month.total(code)) for code in _columns()}
    return {
        "month": month_and_year(month.period.first),
        "closed": month.closed,
        "taken": words[_TAKEN],
        "share": words[_SHARE],
        "helped": words[_HELPED],
        "kinds": [in_words(MEASURES[_TAKEN], _kind(month, kind)) for kind in _KINDS]
        if month.closed
        else [],
    }


def _kind(month: Published, kind: str) -> Shown:
    rows = month.split(_TAKEN, "meanwhile")
    return next((row.shown for row in rows if row.code == kind), NOTHING)


def _chart(found: UsefulWait) -> Months:
    taken = MEASURES[_TAKEN]
    points = tuple(
        Point(
            month_and_year(month.period.first),
            month.total(_TAKEN).value,
            in_words(taken, month.total(_TAKEN)),
            written(taken, month.total(_TAKEN)),
        )
        for month in found.months
    )
    return Months(
        key="taken",
        title=str(taken.title),
        about=_("Places in one-off roles and roles from home, by month"),
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
