"""People who wait for a place: in a role, or in any role of a kind; and what they are offered."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.clock import now
from core.models import Activity, Cause, TimeStampedModel
from opportunities.models import Opportunity
from volunteers.models import Volunteer


class WaitingListEntryQuerySet(models.QuerySet["WaitingListEntry"]):
    def live(self) -> Self:
        """Entries of people who are on the list: waiting, or with an offer in their hands."""
        return self.filter(state__in=WaitingListEntry.LIVE)


class WaitingListEntry(TimeStampedModel):
    """One person on one waiting list: of a role, or of an activity (perhaps for one cause only).

    Where somebody stands follows from `joined_at`. Who leaves and comes back has a new entry, at
    the end. `unanswered` counts offers in a row that ran out.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        OFFERED = "offered", _("A place is offered")
        PLACED = "placed", _("Has a place")
        LEFT = "left", _("Left the list")

    class Why(models.TextChoices):
        """Why an entry is over."""

        NONE = "", _("Not over")
        CHOSE = "chose", _("Chose to leave")
        SAID_NO = "said_no", _("Said no to a place")
        UNANSWERED = "unanswered", _("Did not answer")
        NOT_CHOSEN = "not_chosen", _("The group said no")
        ROLE_CLOSED = "role_closed", _("The role closed")

    LIVE = (State.WAITING, State.OFFERED)

    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.CASCADE, related_name="waiting_list_entries"
    )
    opportunity = models.ForeignKey(
        Opportunity,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="waiting_list_entries",
    )
    activity = models.ForeignKey(
        Activity, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cause = models.ForeignKey(
        Cause, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    joined_at = models.DateTimeField()
    last_offered_at = models.DateTimeField(null=True, blank=True)
    unanswered = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField(max_length=12, choices=Why, blank=True)

    objects = WaitingListEntryQuerySet.as_manager()

    class Meta:
        ordering = ["joined_at", "id"]
        indexes = [
            models.Index(fields=["opportunity", "state", "joined_at"], name="waiting_for_role"),
            models.Index(fields=["activity", "state", "joined_at"], name="waiting_for_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                name="waits_for_a_role_or_a_kind",
                condition=Q(opportunity__isnull=False, activity__isnull=True, cause__isnull=True)
                | Q(opportunity__isnull=True, activity__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["volunteer", "opportunity"],
                condition=Q(state__in=["waiting", "offered"]),
                name="once_on_the_list_of_a_role",
            ),
            models.UniqueConstraint(
                fields=["volunteer", "activity"],
                condition=Q(state__in=["waiting", "offered"]),
                name="once_on_the_list_of_a_kind",
            ),
            models.CheckConstraint(
                name="waiting_entry_is_over_or_not",
                condition=Q(state__in=["waiting", "offered"], ended_at__isnull=True)
                | Q(state__in=["placed", "left"], ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"waiting list entry {self.pk}: {self.state}"

    @property
    def is_pooled(self) -> bool:
        """Whether they wait for any role of a kind."""
        return self.opportunity_id is None


class TimedOffer(TimeStampedModel):
    """A place of a role, kept for the first in line until `answer_by`.

    While it is live it takes up one of the role's places, as an application that is offered does;
    only `placements.services.timed_offers` writes it. `remind_at` is null once that is done.
    """

    class State(models.TextChoices):
        LIVE = "live", _("Waiting for an answer")
        TAKEN = "taken", _("Said yes")
        REFUSED = "refused", _("Said no")
        LAPSED = "lapsed", _("Not answered")
        ENDED = "ended", _("The role took no more people")

    entry = models.ForeignKey(WaitingListEntry, on_delete=models.CASCADE, related_name="offers")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="timed_offers")
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="timed_offers"
    )
    state = models.CharField(max_length=7, choices=State, default=State.LIVE)
    made_at = models.DateTimeField()
    answer_by = models.DateTimeField(db_index=True)
    remind_at = models.DateTimeField(null=True, blank=True, db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["opportunity", "state"], name="timed_offer_by_role")]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer"],
                condition=Q(state="live"),
                name="one_live_offer_per_person",
            ),
            models.UniqueConstraint(
                fields=["entry", "opportunity"], name="a_role_is_offered_once_per_entry"
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it can be answered now."""
        return self.state == self.State.LIVE and now() < self.answer_by

    def __str__(self) -> str:
        return f"timed offer {self.pk}: {self.state}"


class PassedOver(models.Model):
    """A role of their kind that went to somebody behind them, and the rule for which it did."""

    entry = models.ForeignKey(WaitingListEntry, on_delete=models.CASCADE, related_name="passed")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="+")
    rule = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "opportunity"], name="passed_over_once"),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} passed over {self.entry_id}: {self.rule}"
