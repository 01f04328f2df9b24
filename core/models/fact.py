"""A fact: something that happened and that background work still has to follow up."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q, Value

from core.outbox.timing import TIMING


class FactQuerySet(models.QuerySet["Fact"]):
    def waiting(self) -> Self:
        return self.filter(state=Fact.State.WAITING)

    def due(self, at: datetime) -> Self:
        """Facts whose work may start at `at`.

        Work on one subject runs one at a time, so that an older run cannot overwrite what a newer
        one wrote. A change is due at once, unless it came within `TIMING.quiet` of the start of the
        previous run: then it waits until the changes stop.
        """
        siblings = Fact.objects.filter(
            kind=OuterRef("kind"), subject_id=OuterRef("subject_id")
        ).exclude(pk=OuterRef("pk"))
        just_before = ExpressionWrapper(
            OuterRef("created_at") - Value(TIMING.quiet), output_field=models.DateTimeField()
        )
        return (
            self.waiting()
            .filter(not_before__lte=at)
            .exclude(Exists(siblings.filter(state=Fact.State.CLAIMED)))
            .filter(
                Q(stated_at__lte=at - TIMING.quiet)
                | Q(created_at__lte=at - TIMING.longest_wait)
                | ~Exists(siblings.filter(claimed_at__gt=just_before))
            )
        )

    def lease_ran_out(self, at: datetime) -> Self:
        return self.filter(state=Fact.State.CLAIMED, lease_until__lte=at)

    def set_aside(self) -> Self:
        return self.filter(state=Fact.State.SET_ASIDE)


class Fact(models.Model):
    """One row of the outbox, written in the transaction of the change that it speaks of.

    It holds ids only, no personal data: the work reads the subject as it is when it runs.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        DONE = "done"
        #: A newer fact of the same kind about the same subject was waiting: it does the work.
        SUPERSEDED = "superseded"
        #: Failed too often; waits for a person.
        SET_ASIDE = "set_aside"

    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    #: Facts that say the same merge while they wait; NULL once claimed.
    waiting_key = models.CharField(  # noqa: DJ001  - several NULLs are unique, several '' are not
        max_length=120, unique=True, null=True, editable=False
    )
    #: Stated at most once ever, such as the work of one night.
    once = models.BooleanField(default=False)
    #: When first stated.
    created_at = models.DateTimeField()
    #: When last stated.
    stated_at = models.DateTimeField()
    not_before = models.DateTimeField()
    #: When last handed to the broker; NULL if not since it was last stated.
    sent_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    #: How often the work failed or its lease ran out.
    attempts = models.PositiveSmallIntegerField(default=0)
    #: Since when what the work needs has been out of reach; NULL where it was not.
    away_since = models.DateTimeField(null=True)
    #: Goes up at each claim: a worker that lost its lease holds an old number.
    fence = models.PositiveIntegerField(default=0)
    #: Class and place of the last exception, never its text: that may quote a person's answers.
    last_error = models.CharField(max_length=300, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(state="claimed"),
                name="fact_one_run_for_each_subject",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_id"], condition=Q(once=True), name="fact_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(waiting_key=None),
                name="fact_has_key_only_while_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state="claimed", lease_until__isnull=False)
                | (~Q(state="claimed") & Q(lease_until=None)),
                name="fact_has_lease_while_claimed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "claimed"], finished_at=None)
                | Q(state__in=["done", "superseded", "set_aside"], finished_at__isnull=False),
                name="fact_has_end_when_ended",
            ),
        ]
        indexes = [
            # Not partial: SQLite does not use a partial index for a bound parameter.
            models.Index(fields=["state", "not_before"], name="fact_state"),
            models.Index(fields=["kind", "subject_id", "claimed_at"], name="fact_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.subject_id} ({self.state})"
