"""Writing to many groups about people who wait, and what came of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import TimeStampedModel
from insights.models.prospectus import Prospectus
from opportunities.models import Organisation


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def confirmed(self) -> Self:
        """Those whose groups are settled, whether or not all were written to."""
        return self.filter(confirmed_at__isnull=False)


class Campaign(TimeStampedModel):
    """One round of prospectuses to groups.

    `supplies` are the people (`insights.supply.Supply.as_json`), `wards`, `causes` and `kinds` the
    groups that are meant, by codes; none: all of them. `held_back` is the share of the groups, in
    per cent, that is drawn at random and not written to, from `seed`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SENDING = "sending", "Being sent"
        PAUSED = "paused", "Paused"
        STOPPED = "stopped", "Stopped"
        SENT = "sent", "Sent"

    name = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    supplies = models.JSONField(default=list)
    wards = models.JSONField(default=list)
    causes = models.JSONField(default=list)
    kinds = models.JSONField(default=list)
    only_suggested = models.BooleanField(default=True)
    held_back = models.PositiveSmallIntegerField(default=0)
    seed = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="campaign_confirmed_has_time",
                condition=Q(state="draft", confirmed_at__isnull=True)
                | (~Q(state="draft") & Q(confirmed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="campaign_holds_back_half_at_most", condition=Q(held_back__lte=50)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignGroupQuerySet(models.QuerySet["CampaignGroup"]):
    def to_write_to(self) -> Self:
        """Those that are to be written to and have not been."""
        return self.filter(arm=CampaignGroup.Arm.WRITTEN, outcome=CampaignGroup.Outcome.WAITING)


class CampaignGroup(models.Model):
    """One group of a campaign: whether it is written to or compared with, and what became of it.

    `supply` is the code of the people whom it is told of.
    """

    class Arm(models.TextChoices):
        WRITTEN = "written", "Written to"
        COMPARISON = "comparison", "Not written to"

    class Outcome(models.TextChoices):
        WAITING = "", "Waits"
        MAILED = "mailed", "Sent by email"
        ON_PAGE = "on_page", "Waits on its page"
        OVER_LIMIT = "over_limit", "Has had enough this month"
        TOO_FEW = "too_few", "Too few people by then"
        GONE = "gone", "Not a verified group any more"

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="groups")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    supply = models.CharField(max_length=120)
    arm = models.CharField(max_length=10, choices=Arm)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    prospectus = models.OneToOneField(
        Prospectus, null=True, blank=True, on_delete=models.SET_NULL, related_name="campaign_group"
    )

    objects = CampaignGroupQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organisation"], name="one_row_for_each_group_of_a_campaign"
            ),
            models.CheckConstraint(
                name="comparison_is_not_written_to",
                condition=~Q(arm="comparison") | Q(outcome="", prospectus=None),
            ),
        ]

    def __str__(self) -> str:
        return f"group {self.organisation_id} of campaign {self.campaign_id}"


class CampaignMonth(models.Model):
    """What had come of a campaign by the end of one month, as it was worked out once; true numbers,
    which leave only through `insights.disclosure`.

    `figures`: for each arm (`CampaignGroup.Arm`), people and groups at each step
    (`insights.services.campaign_outcomes`).
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="months")
    month = models.CharField(max_length=7)
    figures = models.JSONField()
    worked_out_at = models.DateTimeField()

    class Meta:
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "month"], name="one_row_for_each_month"),
        ]

    def __str__(self) -> str:
        return f"campaign {self.campaign_id} by the end of {self.month}"
