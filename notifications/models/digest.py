"""Several messages in one mail."""

from django.conf import settings
from django.db import models

from core.clock import now


class Digest(models.Model):
    """One mail with all that waited for one person. What is in it is settled before it is sent,
    so that a second try sends the same mail.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests"
    )
    made_at = models.DateTimeField(default=now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient"],
                condition=models.Q(sent_at=None),
                name="one_digest_being_sent_each",
            )
        ]

    def __str__(self) -> str:
        return f"digest {self.pk} to {self.recipient_id}"
