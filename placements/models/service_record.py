"""Documents that say what a person gave."""

from typing import Self

from django.db import models

from core.clock import now
from volunteers.models import Volunteer


class ServiceRecordQuerySet(models.QuerySet["ServiceRecord"]):
    def valid(self) -> Self:
        """Those that a page still confirms."""
        return self.filter(revoked_at=None, expires_at__gt=now())


class ServiceRecord(models.Model):
    """One record of service as it was made: `contents` is what the document says, and all that its
    page confirms to whoever has the code (`placements.service_record` makes both).
    """

    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.CASCADE, related_name="service_records"
    )
    code = models.CharField(max_length=20, unique=True)
    contents = models.JSONField()
    language = models.CharField(max_length=10)
    made_at = models.DateTimeField(default=now, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ServiceRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"record of {self.volunteer_id}, {self.made_at:%Y-%m-%d}"

    @property
    def is_valid(self) -> bool:
        """Whether its page still confirms it."""
        return self.revoked_at is None and self.expires_at > now()
