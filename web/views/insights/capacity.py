"""What keeps groups from taking more people, and what to fund first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from core.csv_files import Cell
from core.disclosure import FEWEST
from insights.disclosure import Shown
from insights.selectors.capacity import FEWEST_GROUPS, Capacity, Lifting, what_holds_back
from insights.wording import number
from opportunities.models import CapacityLimit
from web.charts import Bars, Point
from web.csv_response import csv_response
from web.insights_access import ReaderRequired
from web.views.insights.page import StatisticsPage

Reason = CapacityLimit.Reason

#: What lifts each, as the words after "money for".
_LIFTED_BY: dict[str, str | Promise] = {
    Reason.SUPERVISION: gettext_lazy("somebody who looks after people"),
    Reason.DBS_COST: gettext_lazy("DBS checks"),
    Reason.PREMISES: gettext_lazy("rooms"),
    Reason.EXPENSES: gettext_lazy("people’s expenses"),
    Reason.INSURANCE: gettext_lazy("insurance"),
    Reason.TRAINING: gettext_lazy("training"),
    Reason.TIME_OF_YEAR: gettext_lazy("another time of year"),
}


class WhatHoldsBack(StatisticsPage):
    """Reasons, who would be placed without them, and what a person costs; the cheapest first."""

    template_name = "web/insights/what_holds_back.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = what_holds_back()
        return super().get_context_data(
            found=found,
            title=_title(found),
            everything=_people(found.everything) if found else "",
            rows=[_row(one) for one in found.reasons] if found else [],
            chart=_chart(found) if found and found.reasons else None,
            fewest_groups=FEWEST_GROUPS,
            **kwargs,
        )


class WhatHoldsBackFile(ReaderRequired, View):
    """The same as a file."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        heads = (
            *(_("What keeps groups from taking more"), _("Groups"), _("Could take, about")),
            *(_("People who would be placed, about"), _("Pounds a year, where groups said")),
            _("Pounds for each person placed, about"),
        )
        found = what_holds_back()
        rows: list[tuple[Cell, ...]] = [
            (
                *(one.label, one.groups, one.more_people, _mark(one.placed)),
                *(one.pounds, one.pounds_a_person),
            )
            for one in (found.reasons if found else [])
        ]
        return csv_response("what-holds-groups-back", heads, rows)


def _title(found: Capacity | None) -> str:
    if found is None or not found.reasons:
        return _("What keeps groups from taking more people")
    best = found.best
    if best is None:
        return _("Without what holds groups back, %(people)s more would have a place") % {
            "people": _people(found.everything)
        }
    return _("Money for %(what)s goes furthest: about £%(pounds)s for each person placed") % {
        "what": _LIFTED_BY[best.code],
        "pounds": number(best.pounds_a_person or 0),
    }


def _row(one: Lifting) -> dict[str, Any]:
    return {
        "one": one,
        "more": _("about %(number)s") % {"number": one.more_people} if one.more_people else "",
        "placed": _people(one.placed),
        "pounds": f"£{number(one.pounds)}" if one.pounds is not None else "",
        "a_person": f"£{number(one.pounds_a_person)}" if one.pounds_a_person is not None else "",
    }


def _chart(found: Capacity) -> Bars:
    by_people = sorted(found.reasons, key=lambda one: -(one.placed.value or 0))
    return Bars(
        key="placed",
        title=_("%(reason)s: without that most people would have a place")
        % {"reason": by_people[0].label}
        if by_people[0].placed.value
        else _("No reason alone keeps many people from a place"),
        about=_(
            "People who wait and would have a place if one reason were lifted, "
            "as far as groups said how many more they could take"
        ),
        points=tuple(
            Point(one.label, one.placed.value, _people(one.placed), _mark(one.placed))
            for one in by_people
        ),
        heads=(_("What keeps groups from taking more"), _("People")),
        level=2,
    )


def _people(shown: Shown) -> str:
    if shown.value is None:
        return _("fewer than %(count)s people") % {"count": FEWEST}
    if not shown.value:
        return _("nobody")
    return _("about %(count)s people") % {"count": number(shown.value)}


def _mark(shown: Shown) -> str:
    return "*" if shown.value is None else number(shown.value)
