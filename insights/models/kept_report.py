"""Annual reports as they were on a day."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from insights.periods import Period

NAME_LENGTH = 80


class KeptReportQuerySet(models.QuerySet["KeptReport"]):
    def copies(self) -> Self:
        """Those that somebody kept."""
        return self.filter(is_final=False)

    def final(self) -> Self:
        """Those that were made when their year was closed."""
        return self.filter(is_final=True)

    def without_contents(self) -> Self:
        """Rows for a list, which needs none of what the reports say."""
        return self.defer("contents")


class KeptReport(models.Model):
    """What the report of a year said on a day, word for word; it is never changed.

    `year`: its code, such as 2026-27. `contents`: as of `insights.report.stored`; numbers stand in
    it as they were shown to everybody who reads the statistics, so that an erasure leaves it as it
    is. `is_final`: it was made when the figures of the year had been closed, one for each year, by
    the service itself and without a name; the others are copies that somebody kept under a name.
    """

    year = models.CharField(max_length=7)
    is_final = models.BooleanField(default=False)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    contents = models.JSONField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = KeptReportQuerySet.as_manager()

    class Meta:
        # The latest year first; in it the final one, then the newest copy.
        ordering = ["-year", "-is_final", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=Q(is_final=True), name="one_final_report_of_a_year"
            ),
            models.UniqueConstraint(
                fields=["year", "name"],
                condition=Q(is_final=False),
                name="one_copy_of_a_name_in_a_year",
            ),
            models.CheckConstraint(
                name="copy_of_a_report_has_a_name",
                condition=Q(is_final=True, name="") | (Q(is_final=False) & ~Q(name="")),
            ),
        ]

    def __str__(self) -> str:
        return f"report of {self.year}: {self.name or 'final'}"

    @property
    def period(self) -> Period:
        """The year."""
        return Period.of_code(self.year)
