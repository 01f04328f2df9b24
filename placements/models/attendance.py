"""Who comes to which session or day, and who was there."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import TimeStampedModel
from opportunities.models import Session
from placements.models.application import Application


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def recorded(self) -> Self:
        """Those that say whether somebody was there."""
        return self.filter(state__in=Attendance.RECORDED)


class Attendance(TimeStampedModel):
    """One person at one dated session of their role or, where its times are weekly, on one day.

    The times are those of the session when somebody last spoke of it, so that what was stays true
    when a group takes the date out (`session` is null then). They are null for a day.
    """

    class State(models.TextChoices):
        COMING = "coming", _("Coming")
        NOT_COMING = "not_coming", _("Cannot come")
        ATTENDED = "attended", _("Was there")
        EXCUSED = "excused", _("Could not come, and said so")
        NO_SHOW = "no_show", _("Did not come")

    class How(models.TextChoices):
        """How it was recorded who was there."""

        NOT_YET = "", _("not yet")
        CODE = "code", _("by the code")
        GROUP = "group", _("by the group")

    RECORDED = (State.ATTENDED.value, State.EXCUSED.value, State.NO_SHOW.value)

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="attendances"
    )
    session = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    day = models.DateField()
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State)
    how = models.CharField(max_length=5, choices=How, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["day", "starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "starts_at"],
                condition=Q(starts_at__isnull=False),
                name="one_attendance_per_session",
            ),
            models.UniqueConstraint(
                fields=["application", "day"],
                condition=Q(starts_at__isnull=True),
                name="one_attendance_per_day",
            ),
            models.CheckConstraint(
                name="attendance_has_both_times_or_none",
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(starts_at__isnull=False, ends_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.application_id} on {self.day}: {self.state}"

    @property
    def was_there(self) -> bool:
        return self.state == self.State.ATTENDED

    @property
    def is_recorded(self) -> bool:
        """Whether it says who was there, and not only who means to come."""
        return self.state in self.RECORDED
