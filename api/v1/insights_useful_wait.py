"""What people do while they wait, and how many do."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lists import check_parameters
from api.v1 import insights_shown as as_shown
from api.v1.insights_access import OfStatistics
from api.v1.insights_filters import AREA, area_of, period_of
from api.v1.insights_output import AREA as AREA_WORDS
from api.v1.insights_output import CategoryOutput, MeasuredOutput, PeriodOutput, ShownOutput
from insights.selectors.published import Published, known_periods
from insights.selectors.useful_wait import FIGURES, useful_wait

_PERIOD = OpenApiParameter(
    "period",
    OpenApiTypes.STR,
    description="Such as 2026-10, or 2026-27 for a year with its months; else the last 13 months.",
)


class UsefulPeriodOutput(PeriodOutput):
    """A month or a year."""

    figures = MeasuredOutput(many=True)
    by_kind = CategoryOutput(
        many=True,
        help_text="Places taken up, by kind; empty until the period is over, and of one ward.",
    )


class FollowedOutput(serializers.Serializer[Any]):
    """A link to a page of others. Whoever follows it twice counts twice."""

    title = serializers.CharField()
    kind = serializers.CharField()
    times = ShownOutput(help_text="How often it was followed.")


class UsefulWaitOutput(serializers.Serializer[Any]):
    """What people took up while they waited, and links that they followed."""

    area = serializers.CharField(help_text=AREA_WORDS)
    years = UsefulPeriodOutput(
        many=True, help_text="The year before and the one that runs; or the one that is asked for."
    )
    months = UsefulPeriodOutput(
        many=True,
        help_text=(
            "The last 13, the first first; or the one that is asked for, or those of the year that "
            "is."
        ),
    )
    links_since = serializers.DateField(
        help_text="Links are of the whole borough, and since then, whatever is asked for."
    )
    links = FollowedOutput(many=True)


class UsefulWait(OfStatistics):
    """How many people take up something while they wait."""

    @extend_schema(
        summary="Read what people do while they wait",
        description=(
            "Only periods that have been worked out are in it; of one ward only those that are "
            "over. 404 for a period that there are no figures of."
        ),
        parameters=[_PERIOD, AREA],
        responses=UsefulWaitOutput,
        tags=["insights"],
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, frozenset({"period", "area"}))
        area = area_of(request)
        is_asked = "period" in request.query_params
        found = useful_wait(period_of(request, known_periods()) if is_asked else None, area)
        return Response(
            UsefulWaitOutput(
                {
                    "area": found.area,
                    "years": [_period(one) for one in found.years],
                    "months": [_period(one) for one in found.months],
                    "links_since": found.since,
                    "links": [
                        {
                            "title": one.title,
                            "kind": one.kind,
                            "times": as_shown.people(one.times),
                        }
                        for one in found.links
                    ],
                }
            ).data
        )


def _period(figures: Published) -> dict[str, Any]:
    taken = FIGURES[0]
    return {
        **as_shown.period(figures.period, closed=figures.closed),
        "figures": [as_shown.measured(measure, figures.total(measure)) for measure in FIGURES],
        "by_kind": as_shown.rows(taken, figures.split(taken, "meanwhile")),
    }
