"""Weights that were learned from outcomes: every version, and which of them ranks."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class LearnedWeightsQuerySet(models.QuerySet["LearnedWeights"]):
    def active(self) -> Self:
        """The weights that rank; none where the priors do."""
        return self.filter(state="active")


class LearnedWeights(models.Model):
    """One version of learned weights, what it was learned from and how good it was. None is ever
    deleted or learned over.

    `weights`, `neutral`: by part. `calibration`: what a score means. `metrics`: by "learned",
    "in_use" and "priors", all on the period from `held_back_from` on, which was not learned from.
    `strength`: how strongly it was held to the priors. `fingerprint`: SHA-256 of all that it was
    learned from. `replaced`: what was active before, None: the priors.
    """

    class State(models.TextChoices):
        ACTIVE = "active", "active"
        RETIRED = "retired", "retired"
        REFUSED = "refused", "refused"

    class Why(models.TextChoices):
        NO_WORSE = "no_worse", "no worse than what was active, on the held-back period"
        WORSE = "worse", "worse than what was active, on the held-back period"
        HELD = "held", "somebody went back a short while ago"
        REPLACED = "replaced", "replaced by a newer version"
        WENT_BACK = "went_back", "somebody went back to an older version"
        BACK_AGAIN = "back_again", "somebody went back to it"

    learned_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State)
    state_since = models.DateTimeField()
    why = models.CharField(max_length=10, choices=Why)
    # Who changed the state last; None: the service itself.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    replaced = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    weights = models.JSONField()
    neutral = models.JSONField()
    calibration = models.JSONField()
    metrics = models.JSONField()
    strength = models.FloatField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64)
    showings = models.PositiveIntegerField()
    outcomes = models.PositiveIntegerField()
    first_shown_at = models.DateTimeField()
    held_back_from = models.DateTimeField()
    last_shown_at = models.DateTimeField()

    objects = LearnedWeightsQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "learned weights"
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="active"), name="one_version_is_active"
            ),
        ]

    def __str__(self) -> str:
        return f"weights {self.pk} ({self.state})"
