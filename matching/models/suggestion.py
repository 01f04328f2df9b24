"""Roles that the volunteer centre suggests to people: one by one, or in a round of placements."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from core.clock import now
from core.models import TimeStampedModel
from matching.models.impression import Impression
from matching.models.plan import AllocationPlan
from opportunities.models import Opportunity
from placements import states
from placements.models import Application
from volunteers.models import Volunteer


class PlacementRoundQuerySet(models.QuerySet["PlacementRound"]):
    def counted(self) -> Self:
        """With what came of each: how many were proposed, said yes, said no, did not answer, have
        been given a place, have started. What was dropped or taken back is counted apart, and not
        as proposed.
        """
        one = "suggestions"
        in_state = Suggestion.State
        yes = Q(suggestions__state=in_state.ACCEPTED)
        taken_on = Q(suggestions__application__state__in=sorted(states.TAKEN_ON))
        return self.annotate(
            proposed=Count(
                one, filter=~Q(suggestions__state__in=[in_state.DROPPED, in_state.RECALLED])
            ),
            recalled=Count(one, filter=Q(suggestions__state=in_state.RECALLED)),
            dropped=Count(one, filter=Q(suggestions__state=in_state.DROPPED)),
            waiting=Count(one, filter=Q(suggestions__state=in_state.SENT)),
            said_yes=Count(one, filter=yes),
            said_no=Count(one, filter=Q(suggestions__state=in_state.REFUSED)),
            lapsed=Count(one, filter=Q(suggestions__state=in_state.LAPSED)),
            placed=Count(one, filter=yes & taken_on),
            started=Count(one, filter=Q(suggestions__application__started_at__isnull=False)),
        )


class PlacementRound(TimeStampedModel):
    """A round of placements out of the plan in force: drawn up, looked at, sent once.

    `sent_at` is null while it is a draft. Who it is for is in `area` (a ward's code) and `role`.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    plan = models.ForeignKey(
        AllocationPlan, null=True, on_delete=models.SET_NULL, related_name="rounds"
    )
    area = models.CharField(max_length=9, blank=True)
    role = models.ForeignKey(
        Opportunity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = PlacementRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"round of placements {self.pk}"


class Suggestion(TimeStampedModel):
    """One role for one person. Their group learns of it when they say yes: by an application.

    `round` is null for a person who is referred singly. `reason` says why they said no,
    `recalled_because` why the volunteer centre took it back ('' if it did not, or before it was
    asked).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Not sent yet")
        SENT = "sent", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Said yes")
        REFUSED = "refused", _("Said no")
        LAPSED = "lapsed", _("Did not answer")
        RECALLED = "recalled", _("Taken back")
        DROPPED = "dropped", _("Not sent: the role or the person was not to be had any more")

    class RecalledBecause(models.TextChoices):
        NOT_SAID = "", _("not said")
        NOT_FOR_THEM = "not_for_them", _("The role is not right for them")
        SLIP = "slip", _("It was sent by a slip, or too soon")

    round = models.ForeignKey(
        PlacementRound,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="suggestions",
    )
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="suggestions")
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="suggestions"
    )
    score = models.FloatField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True, db_index=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=Impression.Reason, blank=True)
    recalled_because = models.CharField(max_length=12, choices=RecalledBecause, blank=True)
    application = models.OneToOneField(
        Application, null=True, blank=True, on_delete=models.SET_NULL, related_name="suggestion"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer"],
                condition=Q(state="sent"),
                name="one_suggestion_at_a_time",
            ),
            models.UniqueConstraint(fields=["round", "volunteer"], name="one_suggestion_per_round"),
            models.CheckConstraint(
                name="suggestion_sent_has_an_end",
                condition=~Q(state="sent") | Q(answer_by__isnull=False, sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} suggested to {self.volunteer_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        """Whether it can be answered now."""
        return (
            self.state == self.State.SENT
            and self.answer_by is not None
            and (now() < self.answer_by)
        )
