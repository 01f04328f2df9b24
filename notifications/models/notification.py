"""What the service has to tell a person."""

from datetime import datetime

from django.conf import settings
from django.db import models

from notifications.models.digest import Digest


class Notification(models.Model):
    """One message to one person: shown in the service and, where they want it, mailed once, at once
    or in a digest, and texted once.

    `key` names the event ("application:81:accepted"), so that stating it twice tells it once.
    """

    class Email(models.TextChoices):
        NONE = "none", "not by mail"
        DIGEST = "digest", "waits for a digest"
        WAITING = "waiting", "waiting"
        SENDING = "sending", "being sent"
        LATE = "late", "tried for hours, and tried on"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"

    class Text(models.TextChoices):
        NONE = "none", "not by text"
        WAITING = "waiting", "waiting"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        FAILED = "failed", "cannot be sent to this number"

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    email_state = models.CharField(max_length=10, choices=Email, default=Email.WAITING)
    emailed_at = models.DateTimeField(null=True, blank=True)
    #: Of one that waits for a digest: the morning from which on it may go out.
    mail_after = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey(
        Digest, null=True, blank=True, on_delete=models.SET_NULL, related_name="notifications"
    )
    #: From then on it is neither mailed nor texted: what it speaks of has begun. NULL: never.
    useful_until = models.DateTimeField(null=True, blank=True)
    text_state = models.CharField(max_length=10, choices=Text, default=Text.NONE)
    #: Of a text that failed: the number that it could not be sent to.
    refused_number = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notification_recipient"),
            models.Index(fields=["email_state", "mail_after"], name="notification_due"),
        ]
        constraints = [
            models.CheckConstraint(
                name="notification_sent_has_time",
                condition=models.Q(email_state="sent", emailed_at__isnull=False)
                | ~models.Q(email_state="sent"),
            ),
            models.CheckConstraint(
                name="notification_of_digest_has_time",
                condition=~models.Q(email_state="digest") | models.Q(mail_after__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_id}"

    def is_of_use(self, at: datetime) -> bool:
        """Whether it is worth mailing or texting at this time."""
        return self.useful_until is None or at < self.useful_until
