"""Text messages that a local installation keeps instead of sending."""

from django.db import models


class SentText(models.Model):
    """One text message as it would have been sent; shown on the local outbox page."""

    reference = models.CharField(max_length=60, unique=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    number = models.CharField(max_length=20)
    text = models.TextField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.reference
