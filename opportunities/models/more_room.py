"""What a group did so that more of the people who ask have room."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.clock import now
from core.models import TimeStampedModel
from opportunities.models.opportunity import Opportunity
from opportunities.models.organisation import Organisation


class MoreRoomQuerySet(models.QuerySet["MoreRoom"]):
    def standing(self) -> Self:
        """What was not undone, the newest first."""
        return self.filter(undone_at__isnull=True).order_by("-at", "-pk")


class MoreRoom(TimeStampedModel):
    """One step by which a group made room for more people who asked for a role.

    `before` and `after` hold the fields of the role that the step changed, so that it can be
    undone; `drafts` the roles that it began (shifts at other times); `other_group` who could host
    the same, which the volunteer centre looks at. It says nothing of the people who asked.
    """

    class Kind(models.TextChoices):
        SHIFTS = "shifts", _("Do it at other times too")
        JOB_SHARE = "job_share", _("Let two people share a place")
        TURNS = "turns", _("Let people take turns")
        SECOND_GROUP = "second_group", _("Ask another group to do the same")

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="more_room")
    kind = models.CharField(max_length=12, choices=Kind)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    drafts = models.ManyToManyField(Opportunity, blank=True, related_name="+")
    other_group = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(default=now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = MoreRoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "other_group"],
                condition=models.Q(undone_at__isnull=True, other_group__isnull=False),
                name="another_group_is_asked_once",
            ),
            models.CheckConstraint(
                name="only_a_second_group_has_a_group",
                condition=models.Q(kind="second_group", other_group__isnull=False)
                | (~models.Q(kind="second_group") & models.Q(other_group__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id}: {self.kind}"
