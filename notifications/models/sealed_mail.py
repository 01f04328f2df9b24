"""Mail with a secret in it that is not sent yet."""

from django.db import models

from core.clock import now


class SealedMail(models.Model):
    """One mail about an account, which may hold a link that lets its reader in: unreadable without
    the service's own key, and deleted once it is sent or the link no longer works.
    """

    address = models.EmailField()
    #: The name of its template, such as "password_reset_key".
    about = models.CharField(max_length=60)
    #: Subject, text and HTML, sealed by `accounts.secrets`.
    words = models.TextField()
    made_at = models.DateTimeField(default=now, editable=False)
    valid_until = models.DateTimeField()

    class Meta:
        verbose_name_plural = "sealed mail"
        indexes = [models.Index(fields=["address", "about"], name="sealed_mail_to")]

    def __str__(self) -> str:
        return f"{self.about} {self.pk}"
