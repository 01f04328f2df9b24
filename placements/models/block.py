"""A person and a group that want nothing of each other."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from opportunities.models import Organisation
from placements.states import Mover
from volunteers.models import Volunteer


class Block(models.Model):
    """That one of a person and a group has blocked the other. While there is one, whoever made it,
    the group's roles are not recommended to the person, they cannot ask for them, and neither can
    write to the other.
    """

    class Side(models.TextChoices):
        VOLUNTEER = Mover.VOLUNTEER.value, _("The person")
        GROUP = Mover.GROUP.value, _("The group")

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="blocks")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="blocks")
    side = models.CharField(max_length=10, choices=Side)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "organisation", "side"], name="one_block_each_way"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} blocks: {self.volunteer_id} and {self.organisation_id}"
