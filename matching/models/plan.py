"""How the places were shared out: the plan, what it proposes, and whom it invites."""

from typing import Self

from django.db import models
from django.db.models import Q

from matching.models.run import RankingRun
from opportunities.models import Opportunity
from volunteers.models import Volunteer


class AllocationPlan(models.Model):
    """One sharing-out of people's attention over the places there are. The newest is in force.

    `state` is what one plan hands to the next (`matching.recommender.plan_state`); it is kept for
    the newest plans only. `pending_multiple`: how many applications may wait for each place left
    before a role leaves the lists. `seconds` is what the plan took, reading and writing left out.
    """

    run = models.OneToOneField(RankingRun, on_delete=models.CASCADE, related_name="plan")
    policy = models.CharField(max_length=40)
    model_version = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    people = models.PositiveIntegerField(default=0)
    roles = models.PositiveIntegerField(default=0)
    candidates = models.PositiveIntegerField(default=0)
    proposed = models.PositiveIntegerField(default=0)
    invited = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)
    pending_multiple = models.FloatField(default=1)
    state = models.BinaryField(default=bytes)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"plan {self.pk} of {self.run}"


class PlannedRole(models.Model):
    """What the plan in force says of one role.

    `price`: what a place of it on a list costs, in standard deviations of a person's scores.
    `held`: with so many applications pending it takes no more, since its group does not answer;
    null for no such number. `promised`: applications to be expected from invitations. Nobody reads
    these numbers but the service: they order lists.
    """

    opportunity = models.OneToOneField(
        Opportunity, on_delete=models.CASCADE, related_name="planned", primary_key=True
    )
    plan = models.ForeignKey(AllocationPlan, on_delete=models.CASCADE, related_name="planned_roles")
    price = models.FloatField()
    held = models.FloatField(null=True)
    promised = models.FloatField(default=0)

    def __str__(self) -> str:
        return f"{self.opportunity_id} at {self.price:.3f}"


class ProposedPlacement(models.Model):
    """The role that the plan in force would give a person, for the broker's round of placements."""

    plan = models.ForeignKey(AllocationPlan, on_delete=models.CASCADE, related_name="proposals")
    volunteer = models.OneToOneField(Volunteer, on_delete=models.CASCADE, related_name="proposed")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="proposed")
    score = models.FloatField()

    def __str__(self) -> str:
        return f"{self.opportunity_id} for {self.volunteer_id}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def to_send(self) -> Self:
        """Neither sent nor dropped yet."""
        return self.filter(sent_at__isnull=True, dropped_at__isnull=True)


class Invitation(models.Model):
    """A role that a plan would have one person hear of. A person hears of a role once only.

    `dropped_at`: it was not sent, because by then the role or the person was not to be had.
    `opened_at`: the person opened the role's page. `answer`: what they did about it.
    """

    class Answer(models.TextChoices):
        NONE = "", "none yet"
        APPLIED = "applied", "asked for the role"
        DECLINED = "declined", "does not want it"

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="invitations")
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="invitations"
    )
    plan = models.ForeignKey(
        AllocationPlan, null=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.NONE, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["volunteer", "-made_at"], name="invitation_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "opportunity"], name="one_invitation_per_pair"
            ),
            models.CheckConstraint(
                name="invitation_sent_or_dropped",
                condition=Q(sent_at__isnull=True) | Q(dropped_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_answer_has_time",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} to {self.volunteer_id}"
