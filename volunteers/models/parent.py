"""A parent's or guardian's word for somebody under 16."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStampedModel
from volunteers.models.volunteer import Volunteer


class ParentRequest(TimeStampedModel):
    """What a young person asked a parent or guardian to confirm, and what came of it.

    Each mail has a `number`: only the link of the last one works, so that an address that was
    wrong is shut out when it is corrected. `mailed_number` is that of the last one that was sent.
    `name` and `email` are a third person's: they are kept while the parent may still answer or take
    it back, and no longer (`services.parents.forget`).
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Waits for an answer")
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Not agreed")
        TAKEN_BACK = "taken_back", _("Taken back")

    volunteer = models.OneToOneField(
        Volunteer, on_delete=models.CASCADE, related_name="parent_request"
    )
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    number = models.PositiveIntegerField(default=0)
    mailed_number = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"parent of {self.volunteer_id}: {self.state}"
