"""What the API says of the statistics: figures as they may be shown, with what they mean."""

from typing import Any

from rest_framework import serializers

from insights.disclosure import Why
from insights.measures import Unit

WHY_CODES = [why.value for why in Why if why.value]


AREA = "The code of the ward that the figures are of; empty for the whole borough."


class ShownOutput(serializers.Serializer[Any]):
    """A number as it may be shown, or why there is none."""

    value = serializers.FloatField(
        allow_null=True, help_text="Of a share, per cent. Counts of people are rounded to 5."
    )
    why = serializers.ChoiceField(
        choices=["", *WHY_CODES], help_text="Why there is no number; empty where there is one."
    )
    more_than = serializers.IntegerField(
        allow_null=True, help_text="Of `not_reached`: it is longer than so many days."
    )
    words = serializers.CharField(help_text="The same in words, as the pages say it.")


class MeasuredOutput(ShownOutput):
    """A figure, and what it is of."""

    measure = serializers.CharField(help_text="Its code, in `insights/measures/`.")
    title = serializers.CharField()


class DefinitionOutput(serializers.Serializer[Any]):
    """One measure: what is counted, and how."""

    code = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.ChoiceField(choices=[unit.value for unit in Unit])
    definition = serializers.CharField()
    base = serializers.CharField(help_text="Out of what.")
    source = serializers.CharField(help_text="The tables of rows behind it.")  # type: ignore[assignment]  # a field called so
    by = serializers.ListField(
        child=serializers.CharField(), help_text="What it is split by, once a period is over."
    )
    better = serializers.CharField(help_text="Which is good news: more, fewer or neither.")
    of_moment = serializers.BooleanField(
        help_text="Whether it is of the period's last moment and not of all that happened in it."
    )


class PeriodOutput(serializers.Serializer[Any]):
    """A month, or a year from April."""

    code = serializers.CharField(help_text="Such as 2026-10 or 2026-27.")
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    closed = serializers.BooleanField(help_text="Whether its figures are final.")


class OfAPeriodOutput(PeriodOutput):
    """Figures of a month or a year, and of a ward or of the borough."""

    area = serializers.CharField(help_text=AREA)


class FigureTargetOutput(serializers.Serializer[Any]):
    """What a figure should be, and whether it is (null: cannot be said)."""

    value = serializers.FloatField()
    reached = serializers.BooleanField(allow_null=True)


class FigureOutput(ShownOutput):
    """One figure of the borough."""

    measure = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.ChoiceField(choices=[unit.value for unit in Unit])
    definition = serializers.CharField()
    target = FigureTargetOutput(allow_null=True)


class FiguresOutput(PeriodOutput):
    """All figures of a period."""

    worked_out_at = serializers.DateTimeField()
    erased_since = serializers.IntegerField(
        allow_null=True,
        help_text=(
            "People who may stand in figures that are final and have deleted their account since: "
            "rounded to 5, null for fewer than 8."
        ),
    )
    area = serializers.CharField(help_text=AREA)
    figures = FigureOutput(many=True)


class CategoryOutput(ShownOutput):
    """One row of a split."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field called so
    base = serializers.IntegerField(
        allow_null=True,
        help_text=(
            "Of a share: out of how many, rounded to 5 where they are people; null where that is "
            "not told, and of all else."
        ),
    )


class SplitOutput(FigureOutput):
    """One figure, and split where that was asked for and the period is closed."""

    period = serializers.CharField()
    area = serializers.CharField(help_text=AREA)
    by = serializers.CharField(allow_null=True)
    rows = CategoryOutput(many=True)
