"""Ways to become one of the people who act for a group: being invited, and asking to join."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.clock import now
from core.models import TimeStampedModel
from opportunities.models.organisation import Membership, Organisation


class GroupInvitationQuerySet(models.QuerySet["GroupInvitation"]):
    def standing(self) -> Self:
        """Those that can still be taken up, the newest first."""
        return self.filter(
            accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now()
        ).order_by("-pk")


class GroupInvitation(TimeStampedModel):
    """That a group asks whoever reads mail at an address to act for it too.

    `mailed_at` is set when the job sent it. Whether the address has an account makes no difference
    until somebody opens the link in the mail and signs in.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=Membership.Role, default=Membership.Role.MEMBER)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = GroupInvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation {self.pk} of {self.organisation_id}"


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def waiting(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(state=JoinRequest.State.WAITING)


class JoinRequest(TimeStampedModel):
    """That a person asks a group to let them act for it too."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="join_requests"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests"
    )
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(state="waiting"),
                name="one_waiting_join_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} asks to join {self.organisation_id}"
