"""Figures of a period, as they were worked out."""

from typing import Self

from django.db import models


class PeriodFiguresQuerySet(models.QuerySet["PeriodFigures"]):
    def closed(self) -> Self:
        """Those that do not change any more."""
        return self.filter(closed_at__isnull=False)


class PeriodFigures(models.Model):
    """All measures of one period: worked out again each night while it runs, and once more when it
    is over; from then on they stay as they are.

    `figures` holds true numbers (`insights.measures.Figures`), which leave only through
    `insights.disclosure`. `erased_since`: how many people who stand in a closed period's figures
    have deleted their accounts since.
    """

    period = models.CharField(max_length=7, unique=True)
    first_day = models.DateField(db_index=True)
    figures = models.JSONField()
    worked_out_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    erased_since = models.PositiveIntegerField(default=0)

    objects = PeriodFiguresQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "figures of periods"
        ordering = ["-first_day", "period"]

    def __str__(self) -> str:
        return f"figures of {self.period}"
