"""How people whom no mail reaches are told what the service has to say to them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStampedModel
from core.models.words import WordsField
from notifications.models import Notification


class WayToTellQuerySet(models.QuerySet["WayToTell"]):
    def writing(self) -> Self:
        """Of people who are written to: the others want calls, or are suspended."""
        return self.filter(way=WayToTell.Way.LETTER, user__is_active=True)


class WayToTell(TimeStampedModel):
    """How one person whom no mail reaches wants to hear from the service.

    `postal_address` was given for letters from this service and for nothing else: it is deleted
    when they choose calls, when an email address of theirs is confirmed, in the night after mail
    has reached them again, and with the person.
    """

    class Way(models.TextChoices):
        CALL = "call", _("By phone")
        LETTER = "letter", _("By letter")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="way_to_tell"
    )
    way = models.CharField(max_length=6, choices=Way, default=Way.CALL)
    postal_address = WordsField(blank=True, max_length=300)

    objects = WayToTellQuerySet.as_manager()

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


class LetterBatchQuerySet(models.QuerySet["LetterBatch"]):
    def to_post(self) -> Self:
        """Letters that were put together and are not posted yet, as far as anybody said."""
        return self.filter(posted_at=None)


class LetterBatch(TimeStampedModel):
    """Letters that were put together to be printed; `posted_at` once somebody said so."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    posted_at = models.DateTimeField(null=True, blank=True)

    objects = LetterBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "letter batches"

    def __str__(self) -> str:
        return f"letters {self.pk}"


class Telling(models.Model):
    """That a person whom no mail reaches is told one message: once, by call or by letter.

    `told_at` is null while the letter that it stands in is not posted.
    """

    notification = models.OneToOneField(
        Notification, on_delete=models.CASCADE, related_name="telling"
    )
    way = models.CharField(max_length=6, choices=WayToTell.Way)
    told_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    batch = models.ForeignKey(
        LetterBatch, null=True, blank=True, on_delete=models.CASCADE, related_name="tellings"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="telling_waits_in_a_letter",
                condition=models.Q(told_at__isnull=False) | models.Q(batch__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.notification_id} {self.way}"
