"""What people were shown, and what they did with it: learning needs both."""

from typing import Any, Never

from django.db import models

from opportunities.models import Opportunity
from volunteers.models import Volunteer


class ImpressionQuerySet(models.QuerySet["Impression"]):
    """Rows are added and read; nothing else."""

    def update(self, **kwargs: Any) -> Never:
        raise TypeError("An impression is never changed.")


class Impression(models.Model):
    """One role shown to one person, opened or applied for. Append-only.

    `rank` counts from 1. `propensity` is the probability with which the policy put this role at
    this rank (1.0 where nothing is randomised).
    """

    class Event(models.TextChoices):
        SHOWN = "shown", "shown"
        OPENED = "opened", "opened"
        APPLIED = "applied", "applied"

    class Surface(models.TextChoices):
        PAGE = "page", "page"
        API = "api", "API"

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="+")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="+")
    event = models.CharField(max_length=7, choices=Event)
    surface = models.CharField(max_length=4, choices=Surface)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    policy = models.CharField(max_length=40, blank=True)
    model_version = models.CharField(max_length=64, blank=True)
    propensity = models.FloatField(default=1.0)
    at = models.DateTimeField(auto_now_add=True)

    objects = ImpressionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["volunteer", "opportunity"], name="impression_pair"),
            models.Index(fields=["at"], name="impression_at"),
        ]
        constraints = [
            models.CheckConstraint(
                name="impression_propensity",
                condition=models.Q(propensity__gt=0, propensity__lte=1),
            ),
            models.CheckConstraint(
                name="impression_shown_has_rank",
                condition=~models.Q(event="shown") | models.Q(rank__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.opportunity_id} to {self.volunteer_id}"
