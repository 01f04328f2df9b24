"""Full rankings, block by block, and the models that they used."""

from django.conf import settings
from django.db import models

from matching.models.learned import LearnedWeights


class ModelVersion(models.Model):
    """One fitted model: what it learned from, with which libraries, and how good it was.

    `weights`, `neutral`: by part, those that it ranks with; `learned` is where they come from,
    None: the priors.
    """

    version = models.CharField(max_length=64, unique=True)
    fitted_at = models.DateTimeField()
    roles = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    libraries = models.JSONField(default=dict)
    metrics = models.JSONField(default=dict)
    weights = models.JSONField(default=dict)
    neutral = models.JSONField(default=dict)
    learned = models.ForeignKey(
        LearnedWeights, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.version


class RankingRunQuerySet(models.QuerySet["RankingRun"]):
    def unfinished(self) -> "RankingRunQuerySet":
        return self.filter(finished_at__isnull=True)


class RankingRun(models.Model):
    """One ranking of everybody: how far it is and what it used."""

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        RUNNING = "running", "running"
        DONE = "done", "done"
        #: A newer run began before this one was through.
        SUPERSEDED = "superseded", "superseded"

    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    requested_at = models.DateTimeField(auto_now_add=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    people = models.PositiveIntegerField(default=0)
    people_done = models.PositiveIntegerField(default=0)
    roles = models.PositiveIntegerField(default=0)
    roles_done = models.PositiveIntegerField(default=0)
    policy = models.CharField(max_length=40, blank=True)
    model_version = models.CharField(max_length=64, blank=True)

    objects = RankingRunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"ranking {self.pk}: {self.people_done} of {self.people}"

    @property
    def share_done(self) -> float:
        """How far it is, from 0 to 1."""
        if self.state == self.State.DONE:
            return 1.0
        total = self.people + self.roles
        return (self.people_done + self.roles_done) / total if total else 0.0


class RankingBlockQuerySet(models.QuerySet["RankingBlock"]):
    def unfinished(self) -> "RankingBlockQuerySet":
        return self.filter(done_at__isnull=True)


class RankingBlock(models.Model):
    """A share of a run, small enough for one job: people (or roles) with ids in a range, or the
    plan, which comes when all others are done.

    `size` is how many of them there were when the run began, 0 for the plan. `seconds` says how
    long each step of the work took ({"load": 0.4, "rank": 1.2}), so that one can see where time
    goes.
    """

    class Kind(models.TextChoices):
        PEOPLE = "people", "people"
        ROLES = "roles", "roles"
        PLAN = "plan", "plan"

    run = models.ForeignKey(RankingRun, on_delete=models.CASCADE, related_name="blocks")
    kind = models.CharField(max_length=6, choices=Kind)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    size = models.PositiveIntegerField()
    done_at = models.DateTimeField(null=True, blank=True)
    seconds = models.JSONField(default=dict)

    objects = RankingBlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "kind", "first_id"], name="one_block_each"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_id} to {self.last_id}"
