"""What the service has to tell a person."""

from django.conf import settings
from django.db import models


class Notification(models.Model):
    """One message to one person: shown in the service and, where they have an address, mailed once.

    `key` names the event ("application:81:accepted"), so that stating it twice tells it once.
    """

    class Email(models.TextChoices):
        NONE = "none", "no address"
        WAITING = "waiting", "waiting"
        SENDING = "sending", "being sent"
        SENT = "sent", "sent"
        FAILED = "failed", "failed"

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

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["recipient", "-id"], name="notification_recipient")]
        constraints = [
            models.CheckConstraint(
                name="notification_sent_has_time",
                condition=models.Q(email_state="sent", emailed_at__isnull=False)
                | ~models.Q(email_state="sent"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient_id}"
