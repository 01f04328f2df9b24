"""What groups are told of people who wait: how many there are, counted once a month, and a role."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import TimeStampedModel
from insights.models.segment import Segment
from notifications.models import ByMail, Preference
from notifications.topics import PROSPECTUSES
from opportunities.models import Opportunity, Organisation


class CountedPeople(models.Model):
    """People who wait for much the same, as every group that reads of them in a month is told.

    `source` is the code of an `insights.supply.Supply`. Counted once a month and the same for every
    group, so that no two of these numbers can be held against each other. They are kept as they may
    be shown, never as they were: `people` to the nearest 5, None where they were too few to speak
    of; `not_said` how many more have named neither a kind of work nor a cause, and could do it too,
    where they are enough, so that nobody and a few are not told apart; `heat` how many are free in
    each of the week's 21 slots, None for fewer than 8; `waited_days` the median, where there are
    enough.
    """

    source = models.CharField(max_length=120)
    month = models.CharField(max_length=7)
    counted_at = models.DateTimeField()
    activity = models.CharField(max_length=50, blank=True)
    cause = models.CharField(max_length=50, blank=True)
    slots = models.PositiveIntegerField(default=0)
    wards = models.JSONField(default=list)
    template = models.CharField(max_length=60, blank=True)
    segment = models.ForeignKey(
        Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    people = models.PositiveIntegerField(null=True, blank=True)
    not_said = models.PositiveIntegerField(null=True, blank=True)
    waited_days = models.PositiveIntegerField(null=True, blank=True)
    heat = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "counted people"
        constraints = [
            models.UniqueConstraint(fields=["source", "month"], name="counted_once_a_month"),
            models.CheckConstraint(
                name="counted_people_are_enough",
                condition=Q(people__isnull=True) | Q(people__gte=8),
            ),
            models.CheckConstraint(
                name="counted_who_have_not_said_are_enough",
                condition=Q(not_said__isnull=True) | Q(not_said__gte=8, people__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} in {self.month}"

    @property
    def is_of_role(self) -> bool:
        """Whether they are those of a planned role, who could get there wherever they live; else of
        a segment, who live there.
        """
        return self.source.startswith("role:")


class ProspectusQuerySet(models.QuerySet["Prospectus"]):
    def waiting(self) -> Self:
        """Those of which a group has made nothing yet, and that it has not put aside."""
        return self.filter(draft__isnull=True, set_aside_at__isnull=True)


class Prospectus(models.Model):
    """What one group was told, once: of whom, when, and what it made of it.

    `opened_at`: when somebody of the group first opened its page, from the mail or otherwise.
    `draft` is the role that the group began with it. `mailed`: how many members were written to.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    counted = models.ForeignKey(CountedPeople, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_index=True)
    mailed = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    draft = models.ForeignKey(
        Opportunity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    drafted_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)

    objects = ProspectusQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "prospectuses"
        indexes = [
            models.Index(fields=["organisation", "-made_at"], name="prospectus_of_group"),
        ]

    def __str__(self) -> str:
        return f"prospectus {self.pk} to {self.organisation_id}"


class ProspectusMailQuerySet(models.QuerySet["ProspectusMail"]):
    def wanted(self) -> Self:
        """Those of people who said yes, still act for the group, and have not stopped these mails
        by a link in one since.
        """
        stopped = Preference.objects.filter(topic=PROSPECTUSES.code, by_mail=ByMail.NEVER)
        said_yes = self.filter(
            wants=True, user__is_active=True, organisation__memberships__user=models.F("user")
        )
        return said_yes.exclude(Q(user__email=None) | Q(user__in=stopped.values("user")))


class ProspectusMail(TimeStampedModel):
    """That somebody who acts for a group said whether we may mail them about people who wait.

    Without a yes nobody is mailed: to people of a group that is not incorporated it is direct
    marketing to individuals (docs/adr/0023). `told` are the words under which they said it, `at`
    when. What was said before stands in the audit trail.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    wants = models.BooleanField()
    told = models.CharField(max_length=600)
    at = models.DateTimeField()

    objects = ProspectusMailQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "prospectus mail"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="one_prospectus_choice"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} of {self.organisation_id}: {self.wants}"
