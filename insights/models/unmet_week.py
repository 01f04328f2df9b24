"""Who waits without a role that they could do, and what stops them, week by week."""

from django.db import models


class UnmetWeek(models.Model):
    """What was found of the whole borough in one week; true counts, which leave only through
    `insights.disclosure`.

    week: its Monday. waiting: people who wait. unmet: those of them whom segments are found among.
    unmatched: those whom no open role suits. stops: what keeps these from the nearest they come to
    one: {"alone": {rule: people}, "together": [[[rules], people]]} (`insights.analysis.stopping`).
    """

    week = models.DateField(unique=True)
    made_at = models.DateTimeField()
    waiting = models.PositiveIntegerField()
    unmet = models.PositiveIntegerField()
    unmatched = models.PositiveIntegerField()
    stops = models.JSONField(default=dict)

    class Meta:
        ordering = ["-week"]

    def __str__(self) -> str:
        return f"unmet supply in the week of {self.week}"
