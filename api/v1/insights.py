"""The statistics, as the delivery group's pages have them: the same numbers, from the same place.

A number is null where it is not shown, and `why` says why: `few` (fewer than 8 people, or too few
for a number of days), `kept_back` (it would let somebody work out another), `nothing` (there is
nothing to work it out from), `not_reached` (too many still wait: longer than `more_than` days).
"""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.lists import Listed, check_parameters
from api.people import person
from api.v1.insights_output import (
    DefinitionOutput,
    FiguresOutput,
    PeriodOutput,
    RolePlanOutput,
    SegmentOutput,
    SplitOutput,
    TargetOutput,
)
from core.disclosure import rounded
from core.errors import NotFound
from core.places.wards import WARDS_BY_CODE
from insights import policies
from insights.disclosure import Shown
from insights.measures import MEASURES, Measure
from insights.models import Target
from insights.periods import Period
from insights.selectors import targets
from insights.selectors.published import BY_WARD, Known, Published, known_periods, published
from insights.selectors.unmet import PublishedSegment, published_segments
from insights.selectors.worth_creating import roles_worth_creating
from insights.wording import in_words

_tags = ["insights"]
_AREA = OpenApiParameter(
    "area", OpenApiTypes.STR, description="Of one ward: its code, such as `E05013555`."
)
_EXAMPLE = {"value": 45.0, "why": "", "more_than": None, "words": "about 45"}


class OfStatistics(APIView):
    """An address for the delivery group, the volunteer centre and administrators; for anybody else
    there is nothing."""

    permission_classes = [IsAuthenticated]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        # A wrong method is one for everybody.
        if request.method in ("GET", "HEAD"):
            policies.check_can_read(person(request))


class Measures(OfStatistics):
    """What every figure means."""

    @extend_schema(
        summary="List what is measured", responses=DefinitionOutput(many=True), tags=_tags
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, frozenset())
        return Response(DefinitionOutput(list(MEASURES), many=True).data)


class Periods(OfStatistics, Listed):
    """Months and years of which there are figures."""

    queryset = Target.objects.none()

    @extend_schema(
        summary="List the periods of which there are figures",
        description="The latest first, months before years.",
        responses=PeriodOutput(many=True),
        tags=_tags,
    )
    def get(self, request: Request) -> Response:
        return self.answer(
            [_period(known) for known in self.page_of(known_periods())], PeriodOutput
        )


class PeriodFigures(OfStatistics):
    """All figures of one period."""

    @extend_schema(
        summary="Read all figures of a period",
        description="Of one ward, those that are split by ward, when the period is closed.",
        parameters=[_AREA],
        responses=FiguresOutput,
        tags=_tags,
        examples=[
            OpenApiExample(
                "October 2026",
                {
                    "code": "2026-10",
                    "first_day": "2026-10-01",
                    "last_day": "2026-10-31",
                    "closed": True,
                    "worked_out_at": "2026-11-04T04:00:00Z",
                    "erased_since": 0,
                    "area": "",
                    "figures": [
                        {
                            **_EXAMPLE,
                            "measure": "placed",
                            "title": "Placements",
                            "unit": "applications",
                            "definition": "Places that were confirmed in the period.",
                            "target": {"value": 40.0, "reached": True},
                        }
                    ],
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request, period: str) -> Response:
        check_parameters(request, frozenset({"area"}))
        found = _published(period).in_area(_area(request))
        set_for = {} if found.area else targets.targets_of(found.period)
        return Response(
            FiguresOutput(
                {
                    **_period(Known(found.period, found.closed)),
                    "worked_out_at": found.worked_out_at,
                    "erased_since": rounded(found.erased_since),
                    "figures": [
                        _figure(measure, found, set_for.get(measure.code))
                        for measure in MEASURES
                        if not found.area or BY_WARD in measure.by
                    ],
                    "area": found.area,
                }
            ).data
        )


class OneFigure(OfStatistics):
    """One figure of one period."""

    @extend_schema(
        operation_id="insights_figure_retrieve",
        summary="Read one figure of a period, and split",
        description=(
            "A period is split when it is closed, by one dimension at a time. The rows of a split "
            "are of the whole borough, also where the figure is of one ward."
        ),
        parameters=[
            OpenApiParameter(
                "by", OpenApiTypes.STR, description="One of the measure's `by`, such as `ward`."
            ),
            _AREA,
        ],
        responses=SplitOutput,
        tags=_tags,
        examples=[
            OpenApiExample(
                "Placed by channel",
                {
                    **_EXAMPLE,
                    "measure": "placed",
                    "title": "Placements",
                    "unit": "applications",
                    "definition": "Places that were confirmed in the period.",
                    "target": None,
                    "period": "2026-10",
                    "area": "",
                    "by": "channel",
                    "rows": [
                        {**_EXAMPLE, "code": "", "label": "Asked for the role"},
                        {
                            "value": None,
                            "why": "few",
                            "more_than": None,
                            "words": "fewer than 8",
                            "code": "referral",
                            "label": "Suggested by the volunteer centre",
                        },
                    ],
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request, period: str, measure: str) -> Response:
        check_parameters(request, frozenset({"by", "area"}))
        found = _published(period)
        narrowed = found.in_area(_area(request))
        if measure not in MEASURES:
            raise NotFound("There is no such measure.")
        one, by = MEASURES[measure], request.query_params.get("by")
        if by is not None and by not in one.by:
            raise serializers.ValidationError({"by": [f"One of: {', '.join(one.by)}."]})
        rows = found.split(one, by) if by else []
        return Response(
            SplitOutput(
                {
                    **_figure(one, narrowed, None if narrowed.area else _target(one, found)),
                    "period": found.period.code,
                    "area": narrowed.area,
                    "by": by,
                    "rows": [
                        {"code": row.code, "label": row.label, **_shown(one, row.shown)}
                        for row in rows
                    ],
                }
            ).data
        )


class TargetHistory(OfStatistics, Listed):
    """Every target that was set."""

    queryset = Target.objects.none()

    @extend_schema(
        summary="List the targets, and those that were taken back",
        description="The last first. Of several for a month, the last that was set counts.",
        responses=TargetOutput(many=True),
        tags=_tags,
    )
    def get(self, request: Request) -> Response:
        return self.listed(targets.history(), TargetOutput)


class Segments(OfStatistics, Listed):
    """People who wait, by what they offer."""

    queryset = Target.objects.none()

    @extend_schema(
        summary="List groups of people who wait for much the same",
        description="The largest first, none of fewer than 8 people, and no names.",
        responses=SegmentOutput(many=True),
        tags=_tags,
    )
    def get(self, request: Request) -> Response:
        return self.answer(
            [_segment(one) for one in self.page_of(published_segments())], SegmentOutput
        )


class RolesWorthCreating(OfStatistics):
    """Which new roles are worth creating, by the newest plan."""

    @extend_schema(
        summary="Read which roles are worth creating", responses=RolePlanOutput, tags=_tags
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, frozenset())
        plan = roles_worth_creating()
        return Response(RolePlanOutput(plan or {"people": None, "roles": []}).data)


def _published(code: str) -> Published:
    """The figures of the period of this code. Raises NotFound where there are none."""
    try:
        period = Period.of_code(code)
    except ValueError as error:
        raise NotFound("There is no such period.") from error
    found = published([period]).get(period)
    if found is None:
        raise NotFound("There are no figures of this period.")
    return found


def _area(request: Request) -> str:
    """The ward that is asked for, '' for the whole borough. Raises ValidationError for what is no
    ward.
    """
    area = request.query_params.get("area", "")
    if area and area not in WARDS_BY_CODE:
        raise serializers.ValidationError({"area": ["The code of a ward of Harrow."]})
    return area


def _target(measure: Measure, found: Published) -> Target | None:
    return targets.target_of(measure, found.period)


def _period(known: Known) -> dict[str, Any]:
    period = known.period
    return {
        "code": period.code,
        "first_day": period.first,
        "last_day": period.last,
        "closed": known.closed,
    }


def _figure(measure: Measure, found: Published, target: Target | None) -> dict[str, Any]:
    shown = found.total(measure)
    reached = targets.is_met(measure, target, shown) if target else None
    return {
        "measure": measure.code,
        "title": measure.title,
        "unit": measure.unit,
        "definition": measure.definition,
        "target": {"value": target.value, "reached": reached} if target else None,
        **_shown(measure, shown),
    }


def _shown(measure: Measure, shown: Shown) -> dict[str, Any]:
    return {
        "value": shown.value,
        "why": shown.why,
        "more_than": shown.more_than,
        "words": in_words(measure, shown),
    }


def _segment(one: PublishedSegment) -> dict[str, Any]:
    people = MEASURES["people_waiting"]
    lists = {
        name: [
            {"code": row.code, "label": row.label, **_shown(people, row.shown)}
            for row in getattr(one, name)
        ]
        for name in ("kinds", "causes", "skills", "wards")
    }
    return {
        "id": one.pk,
        "name": one.name,
        "month": one.month.code,
        "people": _shown(people, one.people),
        "places": one.places,
        "places_for_most": one.for_most,
        "people_for_each_place": one.per_place,
        "median_wait_days": one.waited.value,
        **lists,
    }
