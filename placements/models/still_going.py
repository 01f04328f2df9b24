"""Asking people, after a while, whether they are still there."""

from django.db import models
from django.db.models import Q

from core.clock import now
from core.models.words import WordsField
from placements.models.application import Application


class StillGoing(models.Model):
    """One question to one person about one placement, after so many months. Asked once.

    `words` are read by the group only where the person said so (`share_words`).
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="still_going"
    )
    months = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(default=now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    still_there = models.BooleanField(null=True, blank=True)
    words = WordsField(blank=True, max_length=1000)
    share_words = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "still going"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "months"], name="asked_once_after_so_many_months"
            ),
            models.CheckConstraint(
                name="still_going_answered_since",
                condition=Q(answered_at__isnull=True, still_there__isnull=True)
                | Q(answered_at__isnull=False, still_there__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.application_id} after {self.months} months: {self.still_there}"
