"""What more places would do."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.csv_files import Cell
from insights.areas import headed
from insights.models import Segment
from insights.policies import can_steer
from insights.proposed_roles import ProposedRole
from insights.selectors.more_places import MorePlaces, WhatMorePlacesDo, more_places
from insights.selectors.serving import planned_roles, served_by
from insights.selectors.unmet import segments_shown
from insights.wording import number
from web import tables
from web.csv_response import csv_response
from web.views.insights.filters import chosen_area
from web.views.insights.hosts import simulate_address
from web.views.insights.page import StatisticsPage
from web.views.insights.unmet import InsightsFile

#: Rows on the page; all are in the file.
_MOST = 10


class MorePlacesPage(StatisticsPage):
    """Where more places would place the most people, and how many; in the ward that the address
    names, or from home.
    """

    template_name = "web/insights/unmet/more_places.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = chosen_area(self.request, has_home=True)
        found = more_places(filters.area)
        rows = found.rows if found else []
        best = rows[:_MOST]
        others = [one for one in found.best_of_times if one not in best] if found else []
        return super().get_context_data(
            found=found,
            filters=filters,
            title=headed(_finding(found), filters.area),
            lead=_lead(found) if found and rows else "",
            of_one=_of_one(found) if found and rows else "",
            table=_table(best, steers=can_steer(self.request.user)) if best else None,
            others=_others(others) if others else None,
            left_out=len(rows) - len(best) - len(others),
            **kwargs,
        )


class MorePlacesFile(InsightsFile):
    """All of it as a file, narrowed as the page is."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        heads = (
            *(_("Kind of work"), _("When"), _("Where"), _("More places")),
            *(_("More people placed by them"), _("More people placed by one such place")),
        )
        found = more_places(chosen_area(request, has_home=True).area)
        rows: list[tuple[Cell, ...]] = [
            (one.kind, one.when, one.where, one.places, one.placed, one.by_one)
            for one in (found.rows if found else [])
        ]
        return csv_response("more-places", heads, rows)


def _table(rows: Sequence[MorePlaces], *, steers: bool) -> tables.Table:
    columns = _columns(rows)
    lines = [_numbers(one) for one in rows]
    if steers:
        columns = (*columns, tables.Column(_("What to do")))
        segments, planned = segments_shown(), planned_roles()
        lines = [[*_numbers(one), _to_do(one, segments, planned)] for one in rows]
    return tables.Table(_("Where more places would place the most people"), columns, lines)


def _others(rows: Sequence[MorePlaces]) -> tables.Table:
    """The best of each time of the week that has no row yet."""
    caption = _("The best at other times of the week")
    return tables.Table(caption, _columns(rows), [_numbers(one) for one in rows])


def _columns(rows: Sequence[MorePlaces]) -> tuple[tables.Column, ...]:
    return (
        tables.Column(_("Kind of work, time and place")),
        tables.Column(_("%(places)s would place") % {"places": rows[0].places}, is_numeric=True),
    )


def _numbers(one: MorePlaces) -> list[tables.Cell | str]:
    note = f"{one.when[:1].upper()}{one.when[1:]}, {one.where}"
    return [tables.Cell(one.kind, note=note), _people(one.placed)]


def _people(placed: int) -> str:
    return ngettext("about %(count)s person", "about %(count)s people", placed) % {
        "count": number(placed)
    }


def _to_do(one: MorePlaces, segments: list[Segment], planned: list[ProposedRole]) -> tables.Cell:
    """A simulation of ten of these places; a letter about people who wait for such a role, where
    there are some of whom groups can be told.
    """
    what = f"{one.kind}, {one.when}, {one.where}"
    simulate = _("Simulate %(places)s places") % {"places": one.places}
    links = [tables.Link(simulate, simulate_address(one.role, one.places), what)]
    if told := _told(one.role, segments, planned):
        address = f"{reverse('web:campaign-create')}?{urlencode(told)}"
        links.append(tables.Link(_("Write to groups"), address, what))
    return tables.Cell(links=tuple(links))


def _told(
    role: ProposedRole, segments: list[Segment], planned: list[ProposedRole]
) -> dict[str, int]:
    """The people whom a campaign about such a role begins with."""
    for place, other in enumerate(planned, start=1):
        if (other.activity, other.time) == (role.activity, role.time):
            return {"planned": place}
    served = served_by(role, segments)
    return {"segment": served[0].pk} if served else {}


def _finding(found: WhatMorePlacesDo | None) -> str:
    """Where places would place the most; of several that look alike none is named."""
    if found is None or not found.rows:
        return _("What more places would do")
    best = found.best
    words = {"places": best[0].places, "people": _people(best[0].placed), "count": len(best)}
    if len(best) > 1:
        return (
            _(
                "At the best %(count)s kinds of work, times and wards, %(places)s more places "
                "would each place %(people)s"
            )
            % words
        )
    return more_places_sentence(best[0])


def _lead(found: WhatMorePlacesDo) -> str:
    """How much it matters where."""
    words = {
        "count": number(len(found.rows)),
        "places": found.rows[0].places,
        "people": _people(found.of_half),
    }
    if found.of_half == found.rows[0].placed:
        return (
            ngettext(
                "Nothing else can be said: it is the only kind of work, time and ward here.",
                "It would be as many at most of the %(count)s kinds of work, times and wards.",
                len(found.rows),
            )
            % words
        )
    return (
        _(
            "It matters where: at half of the %(count)s kinds of work, times and wards, %(places)s "
            "more places would place %(people)s or fewer."
        )
        % words
    )


def _of_one(found: WhatMorePlacesDo) -> str:
    """What one place would do by itself."""
    words = {"sure": number(found.sure), "count": number(len(found.rows))}
    return (
        _(
            "1 more place alone would place 1 person, in nearly every draw, at %(sure)s of these "
            "%(count)s, and less than that at the others."
        )
        % words
    )


def more_places_sentence(one: MorePlaces) -> str:
    """Such as "10 more places (gardening, weekday evenings, Pinner) would place about 7 people"."""
    return _("%(places)s more places (%(kind)s, %(when)s, %(where)s) would place %(people)s") % {
        "places": one.places,
        "kind": one.kind[:1].lower() + one.kind[1:],
        "when": one.when,
        "where": one.where,
        "people": _people(one.placed),
    }
