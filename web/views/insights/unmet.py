"""Unmet supply: who waits for the same, what stops people, and what more places would do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from core.csv_files import Cell
from insights.rules_wording import rules_in_words
from insights.selectors.unmet import (
    MorePlaces,
    PublishedSegment,
    PublishedUnmet,
    Stop,
    published_segments,
    published_unmet,
)
from insights.wording import number
from web.charts import Bars
from web.csv_response import csv_response
from web.insights_access import ReaderRequired
from web.views.insights.page import StatisticsPage
from web.views.insights.unmet_words import count, mark, people, per_place, point

#: What stops people is drawn for so many rules at most.
_MOST_BARS = 8


class InsightsFile(ReaderRequired, View):
    """A file of the statistics."""

    http_method_names = ["get", "head", "options"]
    kwargs: dict[str, Any]


class UnmetSupplyPage(StatisticsPage):
    """The segments, the largest first."""

    template_name = "web/insights/unmet/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = published_segments()
        rows = [
            {
                "one": one,
                "people": count(one.people),
                "waited": _days(one),
                "per_place": per_place(one.per_place, one.places),
            }
            for one in found
        ]
        return super().get_context_data(
            title=_list_title(found), rows=rows, chart=_sizes(found) if found else None, **kwargs
        )


class UnmetSupplyFile(InsightsFile):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        heads = (
            *(_("Who waits for the same"), _("Month"), _("People")),
            *(_("Places of this kind that suit some of them"), _("People for each place")),
            _("Half of them have waited for more than so many days"),
        )
        rows: list[tuple[Cell, ...]] = [
            (
                *(one.name, one.month.code, mark(one.people), one.places),
                *(one.per_place, mark(one.waited)),
            )
            for one in published_segments()
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
            chart=_alone(found) if found and found.stops.alone else None,
            together=[
                (rules_in_words(stop.rules), count(stop.people))
                for stop in (found.stops.together if found else [])
                if stop.people.value
            ],
            **kwargs,
        )


class WhatStopsPeopleFile(InsightsFile):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = published_unmet()
        heads = (_("What stops people"), _("Alone or together"), _("People"))
        rows: list[tuple[Cell, ...]] = []
        if found:
            rows = [
                (rules_in_words(stop.rules), _("alone"), mark(stop.people))
                for stop in found.stops.alone
            ]
            rows += [
                (rules_in_words(stop.rules), _("together"), mark(stop.people))
                for stop in found.stops.together
                if stop.people.value
            ]
        return csv_response("what-stops-people", heads, rows)


class MorePlacesPage(StatisticsPage):
    """What ten more places of each kind, at each time, would do."""

    template_name = "web/insights/unmet/more_places.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = published_unmet()
        places = found.more_places if found else []
        return super().get_context_data(
            found=found,
            title=_more_title(places),
            rows=[(one, count(one.could), count(one.people)) for one in places],
            **kwargs,
        )


class MorePlacesFile(InsightsFile):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        heads = (
            *(_("Kind of work"), _("When"), _("Where"), _("More places")),
            *(_("People without a place who could have one"), _("More people placed")),
        )
        found = published_unmet()
        rows: list[tuple[Cell, ...]] = [
            (one.kind, one.when, one.where, one.places, mark(one.could), mark(one.people))
            for one in (found.more_places if found else [])
        ]
        return csv_response("more-places", heads, rows)


def _days(one: PublishedSegment) -> str:
    if one.waited.value is None:
        return _("too few people")
    return _("%(days)s days") % {"days": number(one.waited.value)}


def _list_title(found: list[PublishedSegment]) -> str:
    if not found:
        return _("Who waits for the same")
    first = found[0]
    return _("The largest group who wait for the same: %(name)s, %(people)s") % {
        "name": first.name,
        "people": people(first.people),
    }


def _sizes(found: list[PublishedSegment]) -> Bars:
    return Bars(
        key="sizes",
        title=_("%(number)s groups of people wait for something that is missing")
        % {"number": len(found)}
        if len(found) > 1
        else _("1 group of people waits for something that is missing"),
        about=_("People in each group, this month"),
        points=tuple(
            point(one.name, one.people, reverse("web:unmet-segment", args=[one.pk]))
            for one in found
        ),
        heads=(_("Who waits for the same"), _("People")),
        csv=reverse("web:unmet-supply-csv"),
        level=2,
    )


def _stops_title(found: PublishedUnmet | None) -> str:
    if found is None or not found.stops.alone or not found.stops.alone[0].people.value:
        return _("What stops people from having a role")
    first = found.stops.alone[0]
    title = _("%(rule)s alone stops %(people)s") % {
        "rule": _capital(rules_in_words(first.rules)),
        "people": people(first.people),
    }
    second = found.stops.together[0] if found.stops.together else None
    if second is None or not second.people.value:
        return title
    return _("%(title)s; %(rules)s together %(people)s") % {
        "title": title,
        "rules": rules_in_words(second.rules),
        "people": people(second.people),
    }


def _alone(found: PublishedUnmet) -> Bars:
    shown: list[Stop] = found.stops.alone[:_MOST_BARS]
    return Bars(
        key="alone",
        title=_("What alone stops people"),
        about=_(
            "People whom no open role suits, and whom at least one would suit without this alone. "
            "Somebody may be counted for several."
        ),
        points=tuple(point(_capital(rules_in_words(stop.rules)), stop.people) for stop in shown),
        heads=(_("What stops them"), _("People")),
        csv=reverse("web:what-stops-people-csv"),
        level=2,
    )


def _more_title(places: list[MorePlaces]) -> str:
    if not places:
        return _("What more places would do")
    if len(places) > 1 and len({(one.places, one.people.value) for one in places}) == 1:
        # The first line brings no more than the last: none is the finding by itself.
        return _(
            "At each of %(count)s kinds of work, times and places, %(places)s more places would "
            "place about %(people)s more people"
        ) % {
            "count": len(places),
            "places": places[0].places,
            "people": number(places[0].people.value or 0),
        }
    return more_places_sentence(places[0])


def more_places_sentence(one: MorePlaces) -> str:
    """Such as "With 10 more places for gardening on weekday evenings in Pinner, about 10 more
    people would be placed".
    """
    return _(
        "With %(places)s more places (%(kind)s, %(when)s, %(where)s), about %(people)s more people "
        "would be placed"
    ) % {
        "places": one.places,
        "kind": one.kind[:1].lower() + one.kind[1:],
        "when": one.when,
        "where": one.where,
        "people": number(one.people.value or 0),
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
