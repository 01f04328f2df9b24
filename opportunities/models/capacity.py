"""Why a group cannot take more people, as it says itself."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.clock import now
from core.models import TimeStampedModel
from core.models.words import WordsField
from opportunities.models.opportunity import Opportunity
from opportunities.models.organisation import Organisation


class CapacityLimitQuerySet(models.QuerySet["CapacityLimit"]):
    def standing(self) -> Self:
        """What is still true, as far as the group said; the newest first."""
        return self.filter(ended_at__isnull=True).order_by("-at", "-pk")


class CapacityLimit(TimeStampedModel):
    """One thing that keeps a group, or one role of it, from taking more people.

    Added up over groups they are the list of what to fund. `cost_pounds` is what the group thinks
    would lift it, for a year, `more_people` how many more it could take then. `words` are for the
    volunteer centre; where `words_may_be_shown`, those who decide on money read them too, without
    the group's name. `ended_at`: when the group said that it is no longer so.
    """

    class Reason(models.TextChoices):
        SUPERVISION = "supervision", _("Nobody has time to look after more people")
        DBS_COST = "dbs_cost", _("DBS checks take too long or cost too much")
        PREMISES = "premises", _("There is no room for more people")
        EXPENSES = "expenses", _("We cannot pay more expenses")
        INSURANCE = "insurance", _("Our insurance does not cover more people")
        TRAINING = "training", _("We cannot train more people")
        TIME_OF_YEAR = "time_of_year", _("It is the wrong time of year")
        ENOUGH = "enough", _("We have enough people for what there is to do")

    class Asked(models.TextChoices):
        CLOSED = "closed", _("when a role was closed")
        FULL = "full", _("when a role was full")
        DECLINED = "declined", _("when somebody was declined for want of a place")
        QUARTER = "quarter", _("when everybody was asked")
        OWN = "own", _("of its own accord")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="capacity_limits"
    )
    opportunity = models.ForeignKey(
        Opportunity,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="capacity_limits",
    )
    reason = models.CharField(max_length=14, choices=Reason)
    cost_pounds = models.PositiveIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(1_000_000)]
    )
    more_people = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    words = WordsField(blank=True, max_length=500)
    words_may_be_shown = models.BooleanField(default=False)
    asked = models.CharField(max_length=8, choices=Asked, default=Asked.OWN)
    at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CapacityLimitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reason"],
                condition=models.Q(ended_at__isnull=True, opportunity__isnull=True),
                name="one_standing_limit_of_a_group",
            ),
            models.UniqueConstraint(
                fields=["opportunity", "reason"],
                condition=models.Q(ended_at__isnull=True, opportunity__isnull=False),
                name="one_standing_limit_of_a_role",
            ),
        ]
        indexes = [models.Index(fields=["reason", "-at"], name="limit_by_reason")]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.reason}"
