"""What more places would do."""

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
from insights.selectors.serving import planned_roles, served_by
from insights.selectors.unmet import MorePlaces, published_unmet, segments_shown
from insights.selectors.worth_of_places import worth_of_places
from insights.wording import number
from web import tables
from web.csv_response import csv_response
from web.views.insights.filters import chosen_area
from web.views.insights.hosts import simulate_address
from web.views.insights.page import StatisticsPage
from web.views.insights.unmet import InsightsFile
from web.views.insights.unmet_words import count, mark
from web.views.insights.worth_of_places import MOST_SHOWN, worth_table


class MorePlacesPage(StatisticsPage):
    """What more places of each kind, at each time, would do, and up to how many; in the ward that
    the address names, or from home.
    """

    template_name = "web/insights/unmet/more_places.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = chosen_area(self.request, has_home=True)
        found = published_unmet()
        places = found.more_places_in(filters.area) if found else []
        return super().get_context_data(
            found=found,
            filters=filters,
            places=places,
            title=_title(places, filters.area),
            table=_table(places, steers=can_steer(self.request.user)),
            **self._worth(filters.area),
            **kwargs,
        )

    def _worth(self, area: str) -> dict[str, Any]:
        """What one more place is worth, in an area."""
        worth = worth_of_places(area)
        rows = worth.rows if worth else []
        return {
            "worth": worth,
            "worth_table": worth_table(worth) if worth and rows else None,
            "left_out": max(len(rows) - MOST_SHOWN, 0),
        }


class MorePlacesFile(InsightsFile):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        heads = (
            *(_("Kind of work"), _("When"), _("Where"), _("More places")),
            *(
                _("People without a place who named it and could have one"),
                _("More people placed, at the most"),
            ),
            _("Each added place would place somebody, up to so many"),
        )
        found, area = published_unmet(), chosen_area(request, has_home=True).area
        rows: list[tuple[Cell, ...]] = [
            (
                *(one.kind, one.when, one.where, one.places, mark(one.could), mark(one.people)),
                mark(one.keeps) if one.keeps else "",
            )
            for one in (found.more_places_in(area) if found else [])
        ]
        return csv_response("more-places", heads, rows)


def _table(places: list[MorePlaces], *, steers: bool) -> tables.Table:
    columns = [
        tables.Column(_("Kind of work, time and place")),
        tables.Column(_("Named it, have no place, could take it"), is_numeric=True),
        tables.Column(_("Each place is filled, up to"), is_numeric=True),
    ]
    if not steers:
        rows = [_numbers(one) for one in places]
    else:
        columns.append(tables.Column(_("What to do")))
        segments, planned = segments_shown(), planned_roles()
        rows = [[*_numbers(one), _to_do(one, segments, planned)] for one in places]
    return tables.Table(_("What more places would do"), tuple(columns), rows)


def _numbers(one: MorePlaces) -> list[tables.Cell | str]:
    note = f"{one.when[:1].upper()}{one.when[1:]}, {one.where}"
    return [tables.Cell(one.kind, note=note), count(one.could), _keeps(one)]


def _keeps(one: MorePlaces) -> str:
    if one.keeps is None:
        return _("not worked out yet")
    if one.keeps.value is None:
        return count(one.keeps)
    words = {"number": number(one.keeps.value)}
    return (
        _("%(number)s places or more") if one.keeps_on else _("about %(number)s places")
    ) % words


def _to_do(one: MorePlaces, segments: list[Segment], planned: list[ProposedRole]) -> tables.Cell:
    """A simulation of ten of these places; a letter about people who wait for such a role, where
    there are some of whom groups can be told.
    """
    role = ProposedRole(one.activity, one.time, one.ward)
    what = f"{one.kind}, {one.when}, {one.where}"
    simulate = _("Simulate %(places)s places") % {"places": one.places}
    links = [tables.Link(simulate, simulate_address(role, one.places), what)]
    if told := _told(role, segments, planned):
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


def _title(places: list[MorePlaces], area: str) -> str:
    return headed(_finding(places), area)


def _finding(places: list[MorePlaces]) -> str:
    """Where most places would each place somebody; of several that look alike none is named."""
    if not places or places[0].keeps is None or not places[0].keeps.value:
        return _("What more places would do")
    best, words = places[0], _keeps(places[0])
    alike = [one for one in places if _keeps(one) == words]
    if len(alike) > 1:
        return ngettext(
            "At %(count)s kind of work and time %(number)s could each place somebody, if everybody "
            "who could take one asked",
            "At %(count)s kinds of work and times %(number)s could each place somebody, if "
            "everybody who could take one asked",
            len(alike),
        ) % {"count": len(alike), "number": words}
    return _(
        "%(kind)s, %(when)s: %(number)s could each place somebody, if everybody who could take one "
        "asked"
    ) % {"kind": best.kind, "when": best.when, "number": words}


def more_places_sentence(one: MorePlaces) -> str:
    """Such as "With 10 more places (gardening, weekday evenings, Pinner), at most about 10 more
    people would be placed, if everybody who could take one asked".
    """
    return _(
        "With %(places)s more places (%(kind)s, %(when)s, %(where)s), at most %(people)s more "
        "people would be placed, if everybody who could take one asked"
    ) % {
        "places": one.places,
        "kind": one.kind[:1].lower() + one.kind[1:],
        "when": one.when,
        "where": one.where,
        "people": count(one.people),
    }
