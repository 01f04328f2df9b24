"""What the ranking prepared, ready to be read: one row for each person, role and pair."""

from django.db import models

from opportunities.models import Opportunity
from volunteers.models import Volunteer


class Recommendation(models.Model):
    """One person's ranked roles, replaced at each run.

    `items`, best first: {"role": id, "score": 0–1, "parts": {part: contribution}, "reasons":
    [{"code", "value", "detail"}], "km": float | null}. `counts` says how many roles each rule kept
    out, so that an empty list can say what would change it.
    """

    volunteer = models.OneToOneField(
        Volunteer, on_delete=models.CASCADE, related_name="recommendation"
    )
    items = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    policy = models.CharField(max_length=40)
    model_version = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{len(self.items)} roles for {self.volunteer_id}"


class Shortlist(models.Model):
    """One role's best-suited people, replaced at each run; read by the volunteer centre only.

    `items`, best first: {"volunteer": id, "score", "parts", "reasons", "km"} as in
    `Recommendation`.
    """

    opportunity = models.OneToOneField(
        Opportunity, on_delete=models.CASCADE, related_name="shortlist"
    )
    items = models.JSONField(default=list)
    policy = models.CharField(max_length=40)
    model_version = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{len(self.items)} people for {self.opportunity_id}"


class Fit(models.Model):
    """How one role fits one person who applied for it; kept for the group's list of applicants."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="fits")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="fits")
    score = models.FloatField()
    item = models.JSONField(default=dict)
    model_version = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "opportunity"], name="one_fit_per_pair"),
        ]

    def __str__(self) -> str:
        return f"fit of {self.opportunity_id} for {self.volunteer_id}"
