"""What profiles said before, and when people came.

Both are kept only until the figures of the month of the change are final
(`services.earlier.forget`).
"""

from django.db import models

from core.clock import now
from volunteers.models.volunteer import Volunteer


class EarlierProfile(models.Model):
    """What a profile said until a moment, of what statistics read as of the end of a month.

    `said` holds the columns that changed then, by name, as `core.earlier` writes them.
    """

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="earlier")
    until = models.DateTimeField(default=now, db_index=True, editable=False)
    said = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.volunteer_id} until {self.until:%Y-%m-%d %H:%M}"


class EarlierUse(models.Model):
    """The last time that a person used the service in a month, and `until` when they came next, in
    a later month.
    """

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="earlier_uses")
    used_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.volunteer_id} at {self.used_at:%Y-%m-%d %H:%M}"
