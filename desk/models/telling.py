"""How people without an email address are told what the service has to say to them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStampedModel
from core.models.words import WordsField
from notifications.models import Notification


class WayToTell(TimeStampedModel):
    """How one person without an email address wants to hear from the service.

    `postal_address` was given for letters from this service and for nothing else: it is deleted
    when they choose calls, when an email address of theirs is confirmed, and with the person.
    """

    class Way(models.TextChoices):
        CALL = "call", _("By phone")
        LETTER = "letter", _("By letter")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="way_to_tell"
    )
    way = models.CharField(max_length=6, choices=Way, default=Way.CALL)
    postal_address = WordsField(blank=True, max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="postal_address_is_for_letters",
                condition=(models.Q(way="letter") & ~models.Q(postal_address=""))
                | models.Q(way="call", postal_address=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.way}"


class LetterBatch(TimeStampedModel):
    """Letters that were printed together."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "letter batches"

    def __str__(self) -> str:
        return f"letters {self.pk}"


class Telling(models.Model):
    """That a person without an email address was told one message: once, by call or by letter."""

    notification = models.OneToOneField(
        Notification, on_delete=models.CASCADE, related_name="telling"
    )
    way = models.CharField(max_length=6, choices=WayToTell.Way)
    told_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    batch = models.ForeignKey(
        LetterBatch, null=True, blank=True, on_delete=models.CASCADE, related_name="tellings"
    )

    def __str__(self) -> str:
        return f"{self.notification_id} {self.way}"
