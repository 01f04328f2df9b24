"""What statistics of past months need of people who have deleted their accounts."""

from django.db import models


class ErasedCount(models.Model):
    """How much of one month, in the whole borough, was deleted with its people."""

    class Measure(models.TextChoices):
        APPLIED = "applied", "asked for a role"
        TAKEN_ON = "taken_on", "taken on by a group"
        MINUTES = "minutes", "minutes confirmed by groups"

    #: The first day of the month in which people applied, or gave the minutes.
    month = models.DateField()
    measure = models.CharField(max_length=10, choices=Measure)
    amount = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "measure"], name="one_erased_count_each"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.measure}: {self.amount}"
