"""What people were shown, and what they did with it: learning needs both."""

from typing import Any, Never

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.clock import now
from opportunities.models import Opportunity
from volunteers.models import Volunteer


class ImpressionQuerySet(models.QuerySet["Impression"]):
    """Rows are added and read; nothing else."""

    def update(self, **kwargs: Any) -> Never:
        raise TypeError("An impression is never changed.")


class Impression(models.Model):
    """One role shown to one person, or what they did with it. Append-only.

    `rank` counts from 1. `propensity` is the probability with which the policy put this role at
    this rank (1.0 where nothing is randomised). `parts`: what each part added to the score when it
    was shown (`matching.recommender.shown_parts`). All that was shown in one look has the same
    `at`. What a group answered stands on the application.
    """

    class Event(models.TextChoices):
        SHOWN = "shown", "shown"
        OPENED = "opened", "opened"
        APPLIED = "applied", "applied"
        #: The person said that it is not for them; `reason` says why.
        HIDDEN = "hidden", "not for me"
        #: They took that back.
        RESTORED = "undone", "shown again"
        #: The person came for the first time.
        STARTED = "started", "started"
        #: The person is still there three months after they started.
        STAYED = "stayed", "still there"

    class Reason(models.TextChoices):
        """Why a role is not for somebody."""

        TOO_FAR = "too_far", _("It is too far away")
        OTHER_TIMES = "other_times", _("The times do not suit me")
        NOT_INTERESTED = "not_interested", _("It is not my kind of thing")
        NOT_THIS_GROUP = "not_this_group", _("I would rather not help this group")
        NEEDS_MORE = "needs_more", _("It needs something that I cannot give")
        TOO_HARD = "too_hard", _("It looks too hard")
        DONE_BEFORE = "done_before", _("I did this before")
        OTHER = "other", _("Another reason")

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
    parts = models.BinaryField(default=bytes)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    at = models.DateTimeField(default=now, editable=False)

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
            models.CheckConstraint(
                name="impression_hidden_has_reason",
                condition=models.Q(event="hidden") ^ models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.opportunity_id} to {self.volunteer_id}"
