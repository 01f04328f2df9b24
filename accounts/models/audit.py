"""Who changed what, when."""

from typing import Any, Never

from django.conf import settings
from django.db import models

from core.clock import now


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Entries are added and read; nothing else."""

    def about(self, subject: models.Model) -> "AuditQuerySet":
        """Entries on one row, oldest first."""
        return self.filter(subject_type=subject._meta.model_name, subject_id=subject.pk).order_by(
            "pk"
        )

    def update(self, **kwargs: Any) -> Never:
        raise TypeError("An audit entry is never changed.")


class AuditEntry(models.Model):
    """One change, written by a service in the same transaction as the change itself.

    `details` holds codes and names of fields, never what a person wrote.
    """

    at = models.DateTimeField(default=now, db_index=True, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    details = models.JSONField(default=dict, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_type} {self.subject_id}"
