"""Hours that people gave."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import TimeStampedModel
from core.models.words import WordsField
from placements.models.application import Application
from placements.models.attendance import Attendance
from placements.states import Mover

#: Hours are counted in quarters; nobody gives more on one day.
QUARTER, MOST_A_DAY = 15, 16 * 60


class HoursQuerySet(models.QuerySet["HoursEntry"]):
    def confirmed(self) -> Self:
        """Hours that the group stands by."""
        return self.filter(state=HoursEntry.State.CONFIRMED)

    def open(self) -> Self:
        """Hours that wait for a word of one side."""
        return self.exclude(state=HoursEntry.State.CONFIRMED)


class HoursEntry(TimeStampedModel):
    """So many minutes that one person gave in one role on one day.

    `question` holds the words of `questioned_by`, the side that doubts it; '' where nobody does.
    """

    class State(models.TextChoices):
        LOGGED = "logged", _("Not confirmed yet")
        CONFIRMED = "confirmed", _("Confirmed by the group")
        QUESTIONED = "questioned", _("Somebody has a question")

    class Side(models.TextChoices):
        NONE = "", _("nobody")
        GROUP = Mover.GROUP.value, _("the group")
        VOLUNTEER = Mover.VOLUNTEER.value, _("the volunteer")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="hours")
    attendance = models.OneToOneField(
        Attendance, null=True, blank=True, on_delete=models.SET_NULL, related_name="hours"
    )
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    what = WordsField(blank=True, max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.LOGGED)
    question = WordsField(blank=True, max_length=500)
    questioned_by = models.CharField(max_length=9, choices=Side, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = HoursQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "hours entries"
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["application", "day"], name="hours_by_day")]
        constraints = [
            models.CheckConstraint(
                name="hours_of_a_day",
                condition=Q(minutes__gte=QUARTER, minutes__lte=MOST_A_DAY),
            ),
            models.CheckConstraint(
                name="hours_confirmed_since",
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="hours_questioned_by_somebody",
                condition=Q(state="questioned") ^ Q(questioned_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} minutes on {self.day}: {self.state}"
