"""What keeps groups from taking more people, and what to fund first."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import View

from core.csv_files import Cell
from core.disclosure import FEWEST
from insights.capacity_wording import what_to_fund
from insights.disclosure import Shown
from insights.selectors.capacity import FEWEST_GROUPS, Capacity, Lifting, what_holds_back
from insights.wording import number
from web import tables
from web.charts import Bars, Point
from web.csv_response import csv_response
from web.insights_access import ReaderRequired
from web.views.insights.page import StatisticsPage


class WhatHoldsBack(StatisticsPage):
    """Reasons, who would be placed without them, and what a person costs; the cheapest first."""

    template_name = "web/insights/what_holds_back.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = what_holds_back()
        return super().get_context_data(
            found=found,
            title=_title(found),
            everything=_people(found.everything) if found else "",
            table=_table(found) if found and found.reasons else None,
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
            *(_("Groups that named a cost"), _("People whom these would place, about")),
            _("Pounds for each person placed, about"),
        )
        found = what_holds_back()
        rows: list[tuple[Cell, ...]] = [
            (
                *(one.label, one.groups, one.more_people, _mark(one.placed)),
                *(one.pounds, *_costed(one), one.pounds_a_person),
            )
            for one in (found.reasons if found else [])
        ]
        return csv_response("what-holds-groups-back", heads, rows)


def _title(found: Capacity | None) -> str:
    if found is None or not found.reasons:
        return _("What keeps groups from taking more people")
    return what_to_fund(found) or _(
        "Without what holds groups back, %(people)s more would have a place"
    ) % {"people": _people(found.everything)}


def _table(found: Capacity) -> tables.Table:
    """A cost stands beside the groups that named it and whom these would take."""
    return tables.Table(
        _("What to fund, the cheapest for each person first"),
        (
            tables.Column(_("What groups say")),
            tables.Column(_("Groups"), is_numeric=True),
            tables.Column(_("They could take"), is_numeric=True),
            tables.Column(_("Would be placed, at most"), is_numeric=True),
            tables.Column(_("Cost a year, of those who named one"), is_numeric=True),
            tables.Column(_("For each person"), is_numeric=True),
        ),
        [
            [
                *(one.label, str(one.groups)),
                _("about %(number)s") % {"number": one.more_people} if one.more_people else "–",
                *(_people(one.placed), _cost(one)),
                "–" if one.pounds_a_person is None else f"£{number(one.pounds_a_person)}",
            ]
            for one in found.reasons
        ],
    )


def _costed(one: Lifting) -> tuple[int | None, str]:
    return (None, "") if one.pounds is None else (one.costed_groups, _mark(one.costed_placed))


def _cost(one: Lifting) -> tables.Cell:
    if one.pounds is None:
        return tables.Cell("–")
    note = _("%(groups)s groups, who would place %(people)s") % {
        "groups": one.costed_groups,
        "people": _people(one.costed_placed),
    }
    return tables.Cell(f"£{number(one.pounds)}", note=note)


def _chart(found: Capacity) -> Bars:
    by_people = sorted(found.reasons, key=lambda one: (-(one.placed.value or 0), one.code))
    most = by_people[0]
    stands_out = (
        bool(most.placed.value) and [one.placed for one in by_people].count(most.placed) == 1
    )
    return Bars(
        key="placed",
        title=_("%(reason)s: without that at most %(people)s more people would have a place")
        % {"reason": most.label, "people": number(most.placed.value or 0)}
        if stands_out
        else _("No reason stands out by how many people it keeps from a place"),
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
