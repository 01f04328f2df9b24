"""What would happen if: seasons simulated on a copy of the borough."""

from typing import Self

from django.conf import settings
from django.db import models


class SimulationQuerySet(models.QuerySet["Simulation"]):
    def unfinished(self) -> Self:
        """Those that wait or are going on."""
        return self.filter(finished_at__isnull=True)


class Simulation(models.Model):
    """One question, and what came of it season by season.

    `roles`: those that would be added, each {"activity", "time", "ward", "places"} as of
    `insights.proposed_roles`; `answer_soon`: whether every group would answer within five days.
    `of_month`: the month for which the service asked by itself, such as "2026-10"; '' where a
    person asked.
    `people`, `places`: who waited and what was open when it ran. `seasons`: of each season so far
    [placed without the change, placed with it, of these in added roles]; `gain`: what follows from
    them (`insights.analysis.gain.Gain`), empty where they are too few. True numbers of people who
    do not exist but are made of those who do: they leave through `insights.selectors.simulations`.
    """

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField()
    roles = models.JSONField(default=list)
    of_plan = models.BooleanField(default=False)
    answer_soon = models.BooleanField(default=False)
    of_month = models.CharField(max_length=7, blank=True, default="")
    people = models.PositiveIntegerField(null=True, blank=True)
    places = models.PositiveIntegerField(null=True, blank=True)
    seasons_wanted = models.PositiveSmallIntegerField()
    seasons = models.JSONField(default=list)
    gain = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = SimulationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["of_month", "of_plan", "answer_soon"],
                condition=~models.Q(of_month=""),
                name="simulated_once_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"simulation {self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None
