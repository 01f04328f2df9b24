"""Unmet supply: who waits for the same, and what stops people."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lists import Listed, check_parameters
from api.v1 import insights_shown as as_shown
from api.v1.insights_access import OfStatistics
from api.v1.insights_filters import AREA, area_of
from api.v1.insights_more_places import MorePlacesOutput, as_row
from api.v1.insights_output import CategoryOutput, ShownOutput
from core.errors import NotFound
from insights.models import Segment
from insights.rules_wording import rules_in_words
from insights.selectors.unmet import (
    PublishedSegment,
    SegmentInFull,
    Stop,
    Stops,
    published_segments,
    published_unmet,
    segment_in_full,
)
from insights.what_would_open import actions_in_words, most_first

_tags = ["insights"]


class StopOutput(serializers.Serializer[Any]):
    """What keeps people from a role, and how many."""

    rules = serializers.ListField(
        child=serializers.CharField(), help_text="Codes of rules, as `transparency/` has them."
    )
    words = serializers.CharField(help_text="Such as “distance and time of the week”.")
    action = serializers.CharField(help_text="What would open a role to them.")
    people = ShownOutput()


class StopsOutput(serializers.Serializer[Any]):
    """What keeps some people from a role."""

    alone = StopOutput(
        many=True,
        help_text="By each rule alone; none of fewer than 8. Somebody may be counted for several.",
    )
    together = StopOutput(
        many=True, help_text="By two rules where neither alone would do; none of fewer than 8."
    )
    no_kind = ShownOutput(
        allow_null=True,
        help_text=(
            "People who like only kinds of work for which no role is open; null for nobody and for "
            "fewer than 8."
        ),
    )


class PlannedForOutput(serializers.Serializer[Any]):
    """A role of the plan that is for some people."""

    number = serializers.IntegerField(help_text="Its place in `insights/role-plan/`.")
    is_near = serializers.BooleanField(help_text="Whether it is where they live.")


class SegmentOutput(serializers.Serializer[Any]):
    """People who wait for much the same, as of the beginning of a month."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    month = serializers.CharField()
    people = ShownOutput()
    places = serializers.IntegerField(
        help_text="Free places of such roles that suit at least one of them."
    )
    places_for_most = serializers.IntegerField(
        allow_null=True, help_text="Those that suit at least half of them; null: not counted."
    )
    people_for_each_place = serializers.FloatField(
        allow_null=True, help_text="For each place that suits most of them."
    )
    planned_roles = PlannedForOutput(many=True, help_text="Roles of the plan that are for them.")
    median_wait_days = serializers.FloatField(
        allow_null=True, help_text="Null where fewer than 20 people are in it."
    )
    kinds = CategoryOutput(many=True)
    causes = CategoryOutput(many=True)
    skills = CategoryOutput(many=True)
    wards = CategoryOutput(many=True)


class SegmentMonthOutput(serializers.Serializer[Any]):
    """The people of a segment, and places that suit them, as they stood in a month."""

    month = serializers.CharField()
    people = ShownOutput()
    places = serializers.IntegerField(help_text="That suit at least one of them.")
    places_for_most = serializers.IntegerField(
        allow_null=True, help_text="That suit at least half of them; null: not counted."
    )
    people_for_each_place = serializers.FloatField(
        allow_null=True, help_text="For each place that suits most of them; null: there is none."
    )


class SegmentInFullOutput(SegmentOutput):
    """A segment, with when they are free, what stops them, what would help, and its months."""

    ways = CategoryOutput(many=True, help_text="How much they would take on.")
    free = CategoryOutput(many=True, help_text="People free in each part of the week.")
    stops = StopsOutput()
    what_would_help = MorePlacesOutput(many=True)
    months = SegmentMonthOutput(many=True, help_text="The first month first.")


class WhatStopsPeopleOutput(serializers.Serializer[Any]):
    """What stops those whom no open role suits. All are null before it has been looked at."""

    week = serializers.DateField(allow_null=True, help_text="The Monday of the week it is of.")
    unmatched = ShownOutput(allow_null=True, help_text="Those whom no open role suits.")
    stops = StopsOutput(allow_null=True)


class Segments(OfStatistics, Listed):
    """People who wait, by what they offer."""

    queryset = Segment.objects.none()
    parameters = frozenset({"area"})

    @extend_schema(
        summary="List groups of people who wait for much the same",
        description=(
            "The largest first, none of fewer than 8 people, and no names. Of one ward: those that "
            "name it, and those of whom some are shown to live there; the numbers are of all their "
            "people."
        ),
        parameters=[AREA],
        responses=SegmentOutput(many=True),
        tags=_tags,
    )
    def get(self, request: Request) -> Response:
        page = self.page_of(published_segments(area_of(request)))
        return self.answer([_segment(one) for one in page], SegmentOutput)


class OneSegment(OfStatistics):
    """One group of people who wait for the same."""

    @extend_schema(
        operation_id="insights_segment_retrieve",
        summary="Read one group of people who wait for much the same",
        description="404 also where it has fewer than 8 people.",
        responses=SegmentInFullOutput,
        tags=_tags,
    )
    def get(self, request: Request, segment: int) -> Response:
        check_parameters(request, frozenset())
        found = segment_in_full(segment)
        if found is None:
            raise NotFound("There is no such group of people.")
        return Response(SegmentInFullOutput(_in_full(found)).data)


class WhatStopsPeople(OfStatistics):
    """Which rules keep people from a role, alone and together."""

    @extend_schema(
        summary="Read what stops people from having a role",
        description="Found in the first week of the month that was looked at; it stays so.",
        responses=WhatStopsPeopleOutput,
        tags=_tags,
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, frozenset())
        found = published_unmet()
        told: dict[str, Any] = dict.fromkeys(("week", "unmatched", "stops"))
        if found is not None:
            told = {
                "week": found.week,
                "unmatched": as_shown.people(found.unmatched),
                "stops": _stops(found.stops),
            }
        return Response(WhatStopsPeopleOutput(told).data)


def _segment(one: PublishedSegment) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": one.name,
        "month": one.month.code,
        "people": as_shown.people(one.people),
        "places": one.places,
        "places_for_most": one.for_most,
        "people_for_each_place": one.per_place,
        "planned_roles": one.planned,
        "median_wait_days": one.waited.value,
        **{
            name: as_shown.rows_of_people(getattr(one, name))
            for name in ("kinds", "causes", "skills", "wards")
        },
    }


def _in_full(found: SegmentInFull) -> dict[str, Any]:
    one = found.segment
    return {
        **_segment(one),
        "ways": as_shown.rows_of_people(one.ways),
        "free": as_shown.week(one.free),
        "stops": _stops(one.stops),
        "what_would_help": [as_row(role) for role in found.roles],
        "months": [
            {
                "month": row.month.code,
                "people": as_shown.people(row.people),
                "places": row.places,
                "places_for_most": row.for_most,
                "people_for_each_place": row.per_place,
            }
            for row in found.months
        ],
    }


def _stops(stops: Stops) -> dict[str, Any]:
    return {
        "alone": [_stop(stop) for stop in most_first(stops.alone)],
        "together": [_stop(stop) for stop in most_first(stops.together)],
        "no_kind": as_shown.people(stops.no_kind) if stops.no_kind.value else None,
    }


def _stop(stop: Stop) -> dict[str, Any]:
    return {
        "rules": stop.rules,
        "words": rules_in_words(stop.rules),
        "action": actions_in_words(stop.rules),
        "people": as_shown.people(stop.people),
    }
