"""What comes of asking, and whether everybody has a real chance: the figures of one period."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lists import check_parameters
from api.v1 import insights_shown as as_shown
from api.v1.insights_access import OfStatistics
from api.v1.insights_filters import AREA, PERIOD, figures_of
from api.v1.insights_output import CategoryOutput, MeasuredOutput, OfAPeriodOutput
from insights.findings import finding
from insights.measures import Measure
from insights.selectors import fairness
from insights.selectors.funnel import STILL_THERE, funnel, still_there_sentence

_tags = ["insights"]


class FunnelOutput(OfAPeriodOutput):
    """The steps of a period. Each counts in the period in which it was taken, so these are not the
    same people from the first to the last."""

    finding = serializers.CharField(help_text="What it says, in a sentence.")
    steps = MeasuredOutput(many=True)
    still_there = MeasuredOutput(help_text="Of those who had begun earlier, the share that stayed.")
    still_there_in_words = serializers.CharField(help_text="Empty where it is not known.")


class FairSplitOutput(serializers.Serializer[Any]):
    """A figure by one dimension. Where few people are counted it can be high or low by chance."""

    by = serializers.CharField()
    title = serializers.CharField()
    all_hidden = serializers.BooleanField(
        help_text="Whether every category is too small to be shown."
    )
    rows = CategoryOutput(many=True)


class FairnessOutput(OfAPeriodOutput):
    """Who has a real chance. Answers to the equality questions are used added up alone: here, in
    the splits of figures, and in the report."""

    finding = serializers.CharField(help_text="What the figure says, in a sentence.")
    figure = MeasuredOutput()
    splits = FairSplitOutput(many=True, help_text="Empty until the period is over.")
    over_groups = serializers.ListField(
        child=serializers.CharField(), help_text="Of small groups in no network, in sentences."
    )
    evenness = serializers.ListField(
        child=serializers.CharField(),
        help_text="How evenly offers fall on people, and attention on roles, in sentences.",
    )


class Funnel(OfStatistics):
    """From applied to still there after three months."""

    @extend_schema(
        summary="Read what came of asking, step by step",
        description="404 where there are no figures yet.",
        parameters=[PERIOD, AREA],
        responses=FunnelOutput,
        tags=_tags,
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, frozenset({"period", "area"}))
        figures = figures_of(request)
        found = funnel(figures)
        return Response(
            FunnelOutput(
                {
                    **as_shown.of_a_period(figures),
                    "finding": found.sentence,
                    "steps": [as_shown.measured(step.measure, step.shown) for step in found.steps],
                    "still_there": as_shown.measured(STILL_THERE, found.still_there),
                    "still_there_in_words": still_there_sentence(figures),
                }
            ).data
        )


class Fairness(OfStatistics):
    """Who has a real chance, and whom people find."""

    @extend_schema(
        summary="Read who has a real chance",
        description="404 where there are no figures yet.",
        parameters=[
            PERIOD,
            AREA,
            OpenApiParameter(
                "figure",
                OpenApiTypes.STR,
                enum=[measure.code for measure in fairness.OF_PEOPLE],
                description="Which figure of people is split; else the first.",
            ),
        ],
        responses=FairnessOutput,
        tags=_tags,
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, frozenset({"period", "area", "figure"}))
        measure = _measure(request)
        figures = figures_of(request)
        return Response(
            FairnessOutput(
                {
                    **as_shown.of_a_period(figures),
                    "finding": finding(measure, figures),
                    "figure": as_shown.measured(measure, figures.total(measure)),
                    "splits": [
                        {
                            "by": split.dimension,
                            "title": split.title,
                            "all_hidden": split.is_hidden,
                            "rows": as_shown.rows(measure, split.rows),
                        }
                        for split in fairness.over_people(figures, measure)
                    ],
                    "over_groups": fairness.over_groups(figures),
                    "evenness": fairness.evenness(figures),
                }
            ).data
        )


def _measure(request: Request) -> Measure:
    """The figure that is asked for. Raises ValidationError for one that is not split here."""
    known = {measure.code: measure for measure in fairness.OF_PEOPLE}
    code = request.query_params.get("figure", fairness.OF_PEOPLE[0].code)
    if code not in known:
        raise serializers.ValidationError({"figure": [f"One of: {', '.join(known)}."]})
    return known[code]
