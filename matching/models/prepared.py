"""What the ranking prepared, ready to be read: one row for each person, role and pair."""

from django.db import models

from opportunities.models import Opportunity
from volunteers.models import Volunteer


class Recommendation(models.Model):
    """One person's ranked roles, replaced at each run; read with `matching.recommender.items`.

    `role_ids` (",3,17,"), best first, and `scores` (float32, 0–1) say which roles, `why` the parts
    and reasons of each (`matching.ranking.packing`). Whether too many people wait for a role
    already is looked at when the list is read, so such roles are in it.

    `counts`: {"possible": roles that every rule allows, "kept_out": {rule: roles that this rule
    alone keeps out}}, so that a short list can say what would change it.

    `threshold` and `role_ids` let a changed role find the lists that it belongs on or off without
    reading them: every role that the rules allow with a score above the threshold is on the list.
    """

    volunteer = models.OneToOneField(
        Volunteer, on_delete=models.CASCADE, related_name="recommendation"
    )
    # Before the long columns: SQLite reads a row from its beginning.
    threshold = models.FloatField(default=-1.0)
    role_ids = models.TextField(blank=True)
    policy = models.CharField(max_length=40)
    model_version = models.CharField(max_length=64)
    computed_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    scores = models.BinaryField(default=bytes)
    why = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return f"roles for {self.volunteer_id}"


class Shortlist(models.Model):
    """One role's best-suited people, replaced at each run; read by the volunteer centre only.

    `items`, best first: {"volunteer": id, "score": 0–1, "parts": {part: contribution}, "reasons":
    [{"code", "value", "detail"}], "km": float | null}.

    `counts`, of a full ranking: {"on": day, "possible": people who wait and whom every rule allows,
    "kept_out": {rule: how many more this rule alone keeps out}}; exact, so not to be shown as they
    are (`core.disclosure`).
    """

    opportunity = models.OneToOneField(
        Opportunity, on_delete=models.CASCADE, related_name="shortlist"
    )
    items = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    policy = models.CharField(max_length=40)
    model_version = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{len(self.items)} people for {self.opportunity_id}"


class Fit(models.Model):
    """How one role fits one person who applied for it; kept for the group's list of applicants.

    `item`: as in `Shortlist`, with "failed": codes of the fit rules that keep the two apart.
    """

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
