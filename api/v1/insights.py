"""The statistics, as the delivery group's pages have them: the same numbers, from the same place.

A number is null where it is not shown, and `why` says why: `few` (fewer than 8 people, or too few
for a number of days), `kept_back` (it would let somebody work out another), `nothing` (there is
nothing to work it out from), `not_reached` (too many still wait: longer than `more_than` days).
"""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lists import Listed, check_parameters
from api.v1.insights_access import OfStatistics
from api.v1.insights_filters import AREA, area_of
from api.v1.insights_output import (
    DefinitionOutput,
    FiguresOutput,
    PeriodOutput,
    SplitOutput,
)
from api.v1.insights_shown import period as period_shown
from api.v1.insights_shown import rows, shown
from core.disclosure import rounded
from core.errors import NotFound
from insights.measures import MEASURES, Measure
from insights.models import Target
from insights.periods import Period
from insights.selectors import targets
from insights.selectors.published import BY_WARD, Known, Published, known_periods, published

_tags = ["insights"]
_EXAMPLE = {"value": 45.0, "why": "", "more_than": None, "words": "about 45"}


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
        parameters=[AREA],
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
        found = _published(period).in_area(area_of(request))
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
            AREA,
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
                        {**_EXAMPLE, "code": "", "label": "Asked for the role", "base": None},
                        {
                            "value": None,
                            "why": "few",
                            "more_than": None,
                            "words": "fewer than 8",
                            "code": "referral",
                            "label": "Suggested by the volunteer centre",
                            "base": None,
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
        narrowed = found.in_area(area_of(request))
        if measure not in MEASURES:
            raise NotFound("There is no such measure.")
        one, by = MEASURES[measure], request.query_params.get("by")
        if by is not None and by not in one.by:
            raise serializers.ValidationError({"by": [f"One of: {', '.join(one.by)}."]})
        split = found.split(one, by) if by else []
        return Response(
            SplitOutput(
                {
                    **_figure(one, narrowed, None if narrowed.area else _target(one, found)),
                    "period": found.period.code,
                    "area": narrowed.area,
                    "by": by,
                    "rows": rows(one, split),
                }
            ).data
        )


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


def _target(measure: Measure, found: Published) -> Target | None:
    return targets.target_of(measure, found.period)


def _period(known: Known) -> dict[str, Any]:
    return period_shown(known.period, closed=known.closed)


def _figure(measure: Measure, found: Published, target: Target | None) -> dict[str, Any]:
    total = found.total(measure)
    reached = targets.is_met(measure, target, total) if target else None
    return {
        "measure": measure.code,
        "title": measure.title,
        "unit": measure.unit,
        "definition": measure.definition,
        "target": {"value": target.value, "reached": reached} if target else None,
        **shown(measure, total),
    }
