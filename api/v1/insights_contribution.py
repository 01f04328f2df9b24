"""What the service adds to regular volunteering, and what groups say of public bodies."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lists import check_parameters
from api.v1 import insights_shown as as_shown
from api.v1.insights_access import OfStatistics
from api.v1.insights_filters import AREA, PERIOD, figures_of
from api.v1.insights_output import MeasuredOutput, OfAPeriodOutput
from insights.contribution import LIMITS, STEPS, adult_population, regular_finding
from insights.periods import Period
from insights.selectors.yearly_question import (
    QUESTION,
    YearlyResult,
    asked_again_on,
    yearly_result,
)


class AnswerOutput(serializers.Serializer[Any]):
    """One answer, and how many groups gave it."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field called so
    groups = serializers.IntegerField()


class YearlyQuestionOutput(serializers.Serializer[Any]):
    """What groups said, in a year. Only groups that are registered here are asked, so this cannot
    be set beside a survey of all organisations."""

    year = serializers.CharField()
    question = serializers.CharField()
    asked = serializers.IntegerField(help_text="Groups.")
    replies = serializers.IntegerField()
    sentences = serializers.ListField(child=serializers.CharField(), help_text="What they said.")
    answers = AnswerOutput(many=True, help_text="Empty while they can answer, and of too few.")


class ContributionOutput(OfAPeriodOutput):
    """Residents of 16 and over, from registered to helping in every month: a part of the borough's
    volunteering, and no survey of all adults."""

    finding = serializers.CharField(help_text="In a sentence.")
    steps = MeasuredOutput(many=True)
    limits = serializers.ListField(child=serializers.CharField(), help_text="What it misses.")
    residents = serializers.CharField(help_text="How many could be counted at most.")
    yearly_question = YearlyQuestionOutput(allow_null=True, help_text="Null where none was put.")
    asked_again_on = serializers.DateField(allow_null=True)


class Contribution(OfStatistics):
    """Regular volunteering, and the yearly question."""

    @extend_schema(
        summary="Read what the service adds to regular volunteering",
        description="404 where there are no figures yet.",
        parameters=[PERIOD, AREA],
        responses=ContributionOutput,
        tags=["insights"],
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, frozenset({"period", "area"}))
        figures = figures_of(request)
        result = yearly_result(Period.year_of(figures.period.first))
        return Response(
            ContributionOutput(
                {
                    **as_shown.of_a_period(figures),
                    "finding": regular_finding(figures),
                    "steps": [as_shown.measured(step, figures.total(step)) for step in STEPS],
                    "limits": LIMITS,
                    "residents": adult_population(),
                    "yearly_question": _result(result) if result else None,
                    "asked_again_on": asked_again_on(),
                }
            ).data
        )


def _result(result: YearlyResult) -> dict[str, Any]:
    answers = result.answers if result.is_enough else ()
    return {
        "year": result.year.code,
        "question": QUESTION,
        "asked": result.asked,
        "replies": result.replies,
        "sentences": result.sentences,
        "answers": [{"label": label, "groups": groups} for label, groups in answers],
    }
