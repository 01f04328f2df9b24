"""Mail that a local installation keeps instead of sending."""

from django.db import models


class SentMail(models.Model):
    """One mail as it would have been sent; shown on the local outbox page."""

    message_id = models.CharField(max_length=200, unique=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    sender = models.CharField(max_length=254)
    recipients = models.JSONField(default=list)
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "sent mail"

    def __str__(self) -> str:
        return self.subject
