"""Unmet supply: who waits for the same, and what stops people."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from core.csv_files import Cell
from core.places.wards import ward_name
from insights.areas import headed
from insights.rules_wording import rules_in_words
from insights.selectors.serving import PlannedFor
from insights.selectors.unmet import (
    PublishedSegment,
    PublishedUnmet,
    Stop,
    published_segments,
    published_unmet,
)
from insights.what_would_open import actions_in_words, most_first
from insights.wording import number
from web import tables
from web.charts import Bars
from web.csv_response import csv_response
from web.insights_access import ReaderRequired
from web.statistics_pages import kept_choice
from web.views.insights.filters import Filters, chosen_area
from web.views.insights.page import StatisticsPage
from web.views.insights.unmet_words import count, for_each_place, mark, people, point


class InsightsFile(ReaderRequired, View):
    """A file of the statistics."""

    http_method_names = ["get", "head", "options"]
    kwargs: dict[str, Any]


class UnmetSupplyPage(StatisticsPage):
    """The segments, the largest first; those of the ward that the address names."""

    template_name = "web/insights/unmet/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = chosen_area(self.request)
        found, kept = published_segments(filters.area), kept_choice(self.request)
        missing = [one for one in found if not one.has_places]
        other = [one for one in found if one.has_places]
        return super().get_context_data(
            title=_list_title(found, filters),
            filters=filters,
            segments=found,
            missing=_table(missing, _("Too few places that suit them"), filters, kept)
            if missing
            else None,
            other=_table(other, _("Places are there, and they wait"), filters, kept)
            if other
            else None,
            served=sum(bool(one.planned) for one in found),
            **kwargs,
        )


class UnmetSupplyFile(InsightsFile):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        heads = (
            *(_("Who waits for the same"), _("Month"), _("People")),
            *(_("Places that suit most of them"), _("Places that suit at least one of them")),
            _("People for each place that suits most of them"),
            _("Half of them have waited for more than so many days"),
            *(_("Roles of the plan that are for them, by their number"), _("Ward")),
            _("People who live in the ward"),
        )
        filters = chosen_area(request)
        rows: list[tuple[Cell, ...]] = [
            (
                *(one.name, one.month.code, mark(one.people), one.for_most, one.places),
                *(one.per_place, mark(one.waited)),
                ", ".join(str(role.number) for role in one.planned),
                *(filters.area_name, mark(one.people_in(filters.area)) if filters.area else ""),
            )
            for one in published_segments(filters.area)
        ]
        return csv_response("unmet-supply", heads, rows)


class WhatStopsPeoplePage(StatisticsPage):
    """Which rules keep those from a role whom no open role suits, alone and together."""

    template_name = "web/insights/unmet/stops.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = published_unmet()
        return super().get_context_data(
            found=found,
            title=_stops_title(found),
            unmatched=people(found.unmatched) if found else "",
            no_kind=people(found.stops.no_kind) if found else "",
            chart=_alone(found) if found and most_first(found.stops.alone) else None,
            together=_together(found) if found else None,
            **kwargs,
        )


class WhatStopsPeopleFile(InsightsFile):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = published_unmet()
        heads = (
            *(_("What would open a role to them"), _("What stops people")),
            *(_("Alone or together"), _("People")),
        )
        rows: list[tuple[Cell, ...]] = []
        if found:
            rows = [
                (*_stop_in_words(stop), _("alone"), mark(stop.people))
                for stop in most_first(found.stops.alone)
            ]
            rows += [
                (*_stop_in_words(stop), _("together"), mark(stop.people))
                for stop in most_first(found.stops.together)
            ]
        return csv_response("what-stops-people", heads, rows)


def _days(one: PublishedSegment) -> str:
    if one.waited.value is None:
        return _("too few people")
    return _("%(days)s days") % {"days": number(one.waited.value)}


def _list_title(found: list[PublishedSegment], filters: Filters) -> str:
    if not found:
        return headed(_("Who waits for the same"), filters.area)
    first = found[0]
    if filters.area:
        return _("The largest group with people %(where)s: %(name)s, %(people)s in all") % {
            "where": filters.in_area,
            "name": first.name,
            "people": people(first.people),
        }
    return _("The largest group who wait for the same: %(name)s, %(people)s") % {
        "name": first.name,
        "people": people(first.people),
    }


def _table(
    found: list[PublishedSegment], caption: str, filters: Filters, kept: str
) -> tables.Table:
    """kept: the end of the address of each segment, so that the choice of a ward is not lost."""
    return tables.Table(
        caption,
        (
            tables.Column(_("Who waits for the same")),
            tables.Column(_("People"), is_numeric=True),
            tables.Column(_("Half have waited longer than"), is_numeric=True),
            tables.Column(_("Places that suit most of them"), is_numeric=True),
            tables.Column(_("People for each of these"), is_numeric=True),
            tables.Column(_("Planned role"), is_numeric=False),
        ),
        [
            [
                tables.Cell(one.name, reverse("web:unmet-segment", args=[one.pk]) + kept),
                *(_people(one, filters), _days(one), _places(one)),
                *(for_each_place(one.for_most, one.per_place), _planned(one, kept)),
            ]
            for one in found
        ],
    )


def _people(one: PublishedSegment, filters: Filters) -> tables.Cell:
    """All of them, and under it those who live in the ward that was chosen."""
    if not filters.area:
        return tables.Cell(count(one.people))
    words = {"where": filters.in_area, "people": count(one.people_in(filters.area))}
    return tables.Cell(count(one.people), note=_("%(where)s: %(people)s") % words)


def _places(one: PublishedSegment) -> tables.Cell:
    """The places for most, and under them those that suit a few."""
    if one.for_most is None:
        return tables.Cell(_("not counted yet"))
    others = max(one.places - one.for_most, 0)
    note = ngettext(
        "and %(number)s that suits only some", "and %(number)s that suit only some", others
    ) % {"number": number(others)}
    return tables.Cell(
        number(one.for_most) if one.for_most else _("none"), note=note * bool(others)
    )


def _planned(one: PublishedSegment, kept: str) -> tables.Cell:
    if not one.planned:
        return tables.Cell(_("none"))
    return tables.Cell(links=tuple(planned_link(role, kept) for role in one.planned))


def planned_link(planned: PlannedFor, kept: str) -> tables.Link:
    """To a role of the plan that is for a segment, and whether it is where its people live. kept:
    the end of its address.
    """
    where = ward_name(planned.role.ward) if planned.role.ward else _("from home")
    words = _("Role %(number)s, %(where)s") % {"number": planned.number, "where": where}
    if not planned.is_near:
        words = _("%(role)s (not in their wards)") % {"role": words}
    return tables.Link(words, reverse("web:role-worth-creating", args=[planned.number]) + kept)


def _stops_title(found: PublishedUnmet | None) -> str:
    shown = most_first(found.stops.alone) if found else []
    if not shown:
        return _("What stops people from having a role")
    first = shown[0]
    if len(shown) > 1 and shown[1].people == first.people:
        return _("What would open a role to most people is several things, %(people)s each") % {
            "people": people(first.people)
        }
    return _("%(action)s would open one to %(people)s whom none suits now") % {
        "action": actions_in_words(first.rules),
        "people": people(first.people),
    }


def _stop_in_words(stop: Stop) -> tuple[str, str]:
    """What would open a role, and the rules."""
    return actions_in_words(stop.rules), rules_in_words(stop.rules)


def _together(found: PublishedUnmet) -> tables.Table | None:
    shown = most_first(found.stops.together)
    if not shown:
        return None
    return tables.Table(
        _("What would open a role only together"),
        (
            tables.Column(_("What would open a role to them")),
            tables.Column(_("People"), is_numeric=True),
        ),
        [[actions_in_words(stop.rules), count(stop.people)] for stop in shown],
    )


def _alone(found: PublishedUnmet) -> Bars:
    shown = most_first(found.stops.alone)
    return Bars(
        key="alone",
        title=_("What would open a role to somebody by itself"),
        about=_(
            "People whom no open role suits, and whom at least one would suit with this change "
            "alone. Somebody may be counted for several."
        ),
        points=tuple(point(actions_in_words(stop.rules), stop.people) for stop in shown),
        heads=(_("What would open a role to them"), _("People")),
        csv=reverse("web:what-stops-people-csv"),
        level=2,
    )
