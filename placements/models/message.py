"""What a person and a group write to each other about an application."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.clock import now
from core.models.words import WordsField
from placements.models.application import Application
from placements.states import FINAL, Mover

#: A message is no longer than this.
MESSAGE_LENGTH = 2000
#: So long after an application is over the two can still write to each other.
OPEN_AFTER_THE_END = timedelta(days=14)


class MessageQuerySet(models.QuerySet["Message"]):
    def unread_by(self, side: Mover) -> Self:
        """Messages of the other side that nobody on this one has opened."""
        return self.filter(read_at=None).exclude(side=side)

    def open(self) -> Self:
        """Those of conversations that both sides can still read and go on with."""
        over = Q(application__state__in=sorted(FINAL))
        return self.exclude(over & Q(application__state_since__lte=now() - OPEN_AFTER_THE_END))


class Message(models.Model):
    """One message of one side of an application to the other. `read_at` is when somebody on the
    other side first opened it.
    """

    class Side(models.TextChoices):
        VOLUNTEER = Mover.VOLUNTEER.value, _("The person")
        GROUP = Mover.GROUP.value, _("The group")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=10, choices=Side)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = WordsField(max_length=MESSAGE_LENGTH)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["application", "-id"], name="message_of_application")]

    def __str__(self) -> str:
        return f"message {self.pk} of application {self.application_id}"
