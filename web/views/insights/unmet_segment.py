"""One group of people who wait for the same; their names for the volunteer centre alone."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.csv_files import Cell
from core.dates import month_and_year
from core.disclosure import FEWEST
from insights.disclosure import Shown
from insights.models import Segment
from insights.rules_wording import rules_in_words
from insights.selectors.for_segments import with_hosts
from insights.selectors.published import Row
from insights.selectors.segment_people import people_of
from insights.selectors.unmet import (
    Month,
    PublishedSegment,
    SegmentInFull,
    Stops,
    segment_in_full,
)
from insights.what_would_open import actions_in_words, most_first
from insights.wording import number
from volunteers.models import Volunteer
from web import tables
from web.charts import Point, WardTiles, WeekGrid
from web.csv_response import csv_response
from web.group_access import person_of
from web.statistics_pages import kept_choice
from web.views.desk.lists import DeskList
from web.views.insights.hosts import hosts_table, simulate_address
from web.views.insights.more_places import more_places_sentence
from web.views.insights.page import StatisticsPage
from web.views.insights.unmet import InsightsFile, planned_link
from web.views.insights.unmet_words import (
    bars,
    count,
    for_each_place,
    mark,
    people,
    point,
    standing_out,
    week,
)


class SegmentPage(StatisticsPage):
    """Who they are, when they are free, where they live, what stops them and what would help."""

    template_name = "web/insights/unmet/segment.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = _found(self.kwargs["segment"])
        one, reader = found.segment, person_of(self.request)
        role = next(iter(with_hosts([one], sees_limits=reader.is_broker)), None)
        return super().get_context_data(
            one=one,
            role=role,
            hosts=hosts_table(role.hosts, reader) if role else None,
            simulate=simulate_address(role.role, role.places) if role else "",
            write_to=f"segment={one.pk}",
            title=_title(one),
            waited=one.waited.value,
            for_each=_for_each(one),
            months=_months(found.months),
            charts=_charts(one),
            stops=_stops(one.stops),
            stops_title=_stops_title(one.stops),
            planned=[planned_link(role, kept_choice(self.request)) for role in one.planned],
            roles=[more_places_sentence(role) for role in found.roles],
            sees_names=reader.is_broker,
            **kwargs,
        )


class SegmentFile(InsightsFile):
    """Its numbers as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = _found(self.kwargs["segment"])
        one = found.segment
        heads = (
            *(_("What"), _("Which"), _("People"), _("Places that suit most of them")),
            _("People for each place that suits most of them"),
            _("Places that suit at least one of them"),
        )
        rows: list[tuple[Cell, ...]] = [
            (_("All"), one.name, mark(one.people), one.for_most, one.per_place, one.places)
        ]
        rows += [
            (
                *(_("Month"), row.month.code, mark(row.people)),
                *(row.for_most, row.per_place, row.places),
            )
            for row in found.months
        ]
        parts = (
            (_("Kind of work"), one.kinds),
            (_("Cause"), one.causes),
            (_("Skill"), one.skills),
            (_("Ward"), one.wards),
            (_("Commitment"), one.ways),
        )
        rows += [(what, row.label, mark(row.shown)) for what, many in parts for row in many]
        grid = _week(one)
        rows += [(_("Free"), each.label, each.written) for each in grid.points]
        rows += [(_("Stopped by"), words, mark(shown)) for words, shown in _stops_shown(one.stops)]
        return csv_response(f"unmet-supply-{one.pk}", heads, rows)


class SegmentPeople(DeskList):
    """The people by name, who has waited longest first; for the volunteer centre."""

    template_name = "web/insights/unmet/people.html"
    context_object_name = "people"
    segment: Segment

    def prepare(self) -> None:
        # Of one that is gone since, readers are told until the month ends.
        known = Segment.objects.present() | Segment.objects.told()
        self.segment = get_object_or_404(known, pk=self.kwargs["segment"])

    def get_queryset(self) -> QuerySet[Volunteer]:
        return people_of(self.segment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_shown = bool(self.segment.published) and self.segment.published["people"] >= FEWEST
        return super().get_context_data(segment=self.segment, is_shown=is_shown, **kwargs)


def _found(pk: int) -> SegmentInFull:
    found = segment_in_full(pk)
    if found is None:
        raise Http404
    return found


def _title(one: PublishedSegment) -> str:
    words = people(one.people)
    return _("%(name)s: %(people)s wait") % {"name": one.name, "people": words}


def _months(rows: list[Month]) -> tables.Table:
    return tables.Table(
        _("People and places, month by month"),
        (
            tables.Column(_("Month")),
            tables.Column(_("People"), is_numeric=True),
            tables.Column(_("Places that suit most of them"), is_numeric=True),
            tables.Column(_("People for each of these"), is_numeric=True),
            tables.Column(_("Places that suit at least one of them"), is_numeric=True),
        ),
        [
            [
                *(month_and_year(row.month.first), count(row.people), _for_most(row.for_most)),
                *(for_each_place(row.for_most, row.per_place), number(row.places)),
            ]
            for row in rows
        ],
    )


def _for_each(one: PublishedSegment) -> str:
    if one.per_place is None:
        return ""
    words = for_each_place(one.for_most, one.per_place)
    return _("That is %(people)s people for each of these places.") % {"people": words}


def _for_most(places: int | None) -> str:
    return _("not counted") if places is None else number(places)


def _charts(one: PublishedSegment) -> list[Any]:
    found: list[Any] = [_week(one), _wards(one)]
    several = (
        ("kinds", _("What they would do"), _("Kind of work"), one.kinds),
        ("causes", _("What they would do it for"), _("Cause"), one.causes),
        ("skills", _("What many of them can do"), _("Skill"), one.skills),
        ("ways", _("How much they would take on"), _("Commitment"), one.ways),
    )
    found += [
        bars(key, _most(title, rows), about, rows) for key, title, about, rows in several if rows
    ]
    return found


def _most(title: str, rows: list[Row]) -> str:
    first = standing_out(rows)
    return f"{title}: {first.label}, {count(first.shown)}" if first else title


def _week(one: PublishedSegment) -> WeekGrid:
    return week(_("When these people say that they are free"), one.free)


def _wards(one: PublishedSegment) -> WardTiles:
    most = standing_out(one.wards)
    title = (
        _("More of them live in %(ward)s than in any other ward") % {"ward": most.label}
        if most
        else _("They live in several wards")
    )
    return WardTiles(
        key="wards",
        title=title,
        about=_("People by the ward in which they live"),
        points=tuple(_ward(row) for row in one.wards),
        heads=(_("Ward"), _("People")),
        notes=(_("* stands for 1 to 7 people, – for a number that is kept back."),),
    )


def _ward(row: Row) -> Point:
    return point(row.label, row.shown)


def _stops_shown(stops: Stops) -> list[tuple[str, Shown]]:
    alone = [(rules_in_words(stop.rules), stop.people) for stop in most_first(stops.alone)]
    both = [(rules_in_words(stop.rules), stop.people) for stop in most_first(stops.together)]
    nothing = [(_("no role of this kind is open"), stops.no_kind)] if stops.no_kind.value else []
    return alone + both + nothing


def _stops(stops: Stops) -> tables.Table | None:
    """What would open the open roles of this kind to them."""
    shown = [(actions_in_words(stop.rules), stop.people) for stop in most_first(stops.alone)]
    shown += [(actions_in_words(stop.rules), stop.people) for stop in most_first(stops.together)]
    if stops.no_kind.value:
        shown.append((_("A role of this kind: none is open"), stops.no_kind))
    if not shown:
        return None
    return tables.Table(
        _("What would open a role to them"),
        (
            tables.Column(_("What would open a role to them")),
            tables.Column(_("People"), is_numeric=True),
        ),
        [[words, count(people)] for words, people in shown],
    )


def _stops_title(stops: Stops) -> str:
    if stops.no_kind.value:
        return _("No role of this kind is open")
    shown = most_first(stops.alone)
    if shown and (len(shown) == 1 or shown[1].people != shown[0].people):
        return _("%(action)s would open one to %(people)s") % {
            "action": actions_in_words(shown[0].rules),
            "people": people(shown[0].people),
        }
    return _("What would open a role to them")
