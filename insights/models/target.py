"""What the delivery group wants a figure to be."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.models.words import WordsField

NOTE_LENGTH = 300


class TargetQuerySet(models.QuerySet["Target"]):
    def standing(self) -> Self:
        """Those that nobody has taken back."""
        return self.filter(ended_at__isnull=True)


class Target(models.Model):
    """A number that a measure should reach, from a month on and perhaps until one. Rows are added
    and ended, and never changed otherwise, so that they are the history as well; where several
    stand for a month, the last that was set counts.

    `measure`: code of a measure. `value`: as the figure is shown (of a share, per cent). `begins`,
    `ends`: first days of the first and of the last month that it is for; no end: until another is
    set.
    """

    measure = models.CharField(max_length=60)
    value = models.FloatField()
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)
    note = WordsField(blank=True, max_length=NOTE_LENGTH)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["measure", "begins"], name="target_by_measure")]
        constraints = [
            models.CheckConstraint(
                name="target_ends_after_it_begins",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")),
            ),
            models.CheckConstraint(name="target_is_not_negative", condition=Q(value__gte=0)),
            models.CheckConstraint(
                name="target_ended_since", condition=Q(ended_at__isnull=False) | Q(ended_by=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value:g} from {self.begins:%Y-%m}"
