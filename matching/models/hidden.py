"""Roles that somebody said are not for them, until they take it back."""

from django.db import models

from core.clock import now
from matching.models.impression import Impression
from opportunities.models import Opportunity
from volunteers.models import Volunteer


class HiddenRole(models.Model):
    """One role that is kept off one person's lists, and why. What was said and taken back before
    stands in the impressions.
    """

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="+")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20, choices=Impression.Reason)
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "opportunity"], name="one_hidden_role_per_pair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} hidden from {self.volunteer_id}"
