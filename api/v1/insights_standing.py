"""How volunteering stands, in a minute; how the ranking does; regular volunteering."""

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
from api.v1.insights_output import AREA as AREA_SAID
from api.v1.insights_output import CategoryOutput, FigureTargetOutput, MeasuredOutput
from insights.selectors.minute import Card, minute, minute_of
from insights.selectors.published import known_periods, latest_months
from insights.selectors.ranking_health import ranking_health
from insights.selectors.told import Told, told_and_came

_tags = ["insights"]


class CardOutput(MeasuredOutput):
    """One figure, with its finding, and how it differs from a month and a year ago."""

    finding = serializers.CharField(help_text="In a sentence.")
    changes = serializers.ListField(child=serializers.CharField(), help_text="In words.")
    target = FigureTargetOutput(allow_null=True)


class MinuteOutput(serializers.Serializer[Any]):
    """The first page: as of the last night, of the month that runs, unless another period or a
    ward is asked for."""

    period = serializers.CharField(allow_null=True, help_text="Null before there are figures.")
    area = serializers.CharField(help_text=AREA_SAID)
    worked_out_at = serializers.DateTimeField(allow_null=True)
    headlines = serializers.ListField(child=serializers.CharField())
    since = serializers.CharField(
        help_text="Since when there are figures, where that is too short to say what changed."
    )
    figures = CardOutput(many=True)


class ModelOutput(serializers.Serializer[Any]):
    """The model in force."""

    version = serializers.CharField()
    fitted_at = serializers.DateTimeField()
    roles = serializers.IntegerField(help_text="From how many roles it was fitted.")


class DriftOutput(serializers.Serializer[Any]):
    """How good the learned weights in force were on what they had not learned from."""

    calibration_error = serializers.FloatField(
        allow_null=True,
        help_text="How far the chance that is said lies from the share who then ask; 0 is exact.",
    )
    ndcg = serializers.FloatField(allow_null=True, help_text="Order of the lists; 1 is best.")
    ndcg_before = serializers.FloatField(
        allow_null=True, help_text="By the weights before, on the same."
    )


class ToldOutput(serializers.Serializer[Any]):
    """A chance that people are told as they ask for a role, and what came of it, by tenths."""

    measure = serializers.CharField(help_text="What came of it: its code, in `insights/measures/`.")
    by = serializers.CharField(help_text="What they were told: the split.")
    period = serializers.CharField(help_text="The closed month to whose end it is.")
    verdict = serializers.CharField(
        help_text="Whether what is told holds; empty where too few have asked."
    )
    finding = serializers.CharField(help_text="Of one tenth, in a sentence; empty likewise.")
    rows = CategoryOutput(
        many=True, help_text="`code`: of 10 people who were told so, to about how many it happens."
    )


class RankingHealthOutput(serializers.Serializer[Any]):
    """The state of the ranking. Its figures month by month stand in `insights/periods/`."""

    model = ModelOutput(allow_null=True)
    last_ranking_at = serializers.DateTimeField(allow_null=True)
    learned = DriftOutput(
        allow_null=True, help_text="Null while the weights that people set are in force."
    )
    told = ToldOutput(many=True, help_text="Of places and of answers within 10 days.")


class InAMinute(OfStatistics):
    """Headlines, and the figures behind them."""

    @extend_schema(
        summary="Read how volunteering stands, in a minute",
        parameters=[
            OpenApiParameter(
                "period",
                OpenApiTypes.STR,
                description="Such as 2026-10; else the last night.",
            ),
            AREA,
        ],
        responses=MinuteOutput,
        tags=_tags,
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, frozenset({"period", "area"}))
        area, known = area_of(request), known_periods()
        if area or "period" in request.query_params:
            standing = minute_of(period_of(request, known), known, area)
        else:
            standing = minute(known)
        figures = standing.figures
        return Response(
            MinuteOutput(
                {
                    "area": area,
                    "since": standing.since,
                    "period": figures.period.code if figures else None,
                    "worked_out_at": figures.worked_out_at if figures else None,
                    "headlines": standing.headlines,
                    "figures": [_card(card) for card in standing.cards],
                }
            ).data
        )


class RankingHealth(OfStatistics):
    """Whether the ranking still does what it should."""

    @extend_schema(summary="Read how the ranking does", responses=RankingHealthOutput, tags=_tags)
    def get(self, request: Request) -> Response:
        check_parameters(request, frozenset())
        health = ranking_health()
        return Response(
            RankingHealthOutput(
                {
                    "model": health.model,
                    "last_ranking_at": health.run.finished_at if health.run else None,
                    "learned": health.drift,
                    "told": [_told(one) for one in told_and_came(latest_months())],
                }
            ).data
        )


def _told(told: Told) -> dict[str, Any]:
    return {
        "measure": told.measure.code,
        "by": told.dimension,
        "period": told.figures.period.code,
        "verdict": told.verdict,
        "finding": told.finding,
        "rows": as_shown.rows(told.measure, told.rows),
    }


def _card(card: Card) -> dict[str, Any]:
    target = card.target
    return {
        **as_shown.measured(card.measure, card.shown),
        "finding": card.finding,
        "changes": [change.words for change in card.changes],
        "target": {"value": target.value, "reached": card.is_met} if target else None,
    }
