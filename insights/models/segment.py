"""Groups of people who wait for much the same, and how many they were from week to week."""

from typing import Self

from django.core.validators import MinValueValidator
from django.db import models

from insights.segment_titles import title
from volunteers.models import Volunteer


class SegmentQuerySet(models.QuerySet["Segment"]):
    def present(self) -> Self:
        """Those that were there when segments were last looked for."""
        return self.filter(gone_at__isnull=True)

    def told(self) -> Self:
        """Those that everybody but the broker reads of this month, also where they are gone since:
        that one is there, or no more, tells as much as a number.
        """
        return self.exclude(published_month="")


class Segment(models.Model):
    """People who wait and offer much the same kind of help, at the same times, nearby.

    It is the same segment, with the same name, while it keeps its people. What it is called is kept
    in codes: `activity` (or, where people have a cause in common and no activity, `cause`), `times`
    (codes of `insights.proposed_roles.TIMES`; none: at any time), `area` (codes of wards) or
    `quarter` (`insights.segment_titles.QUARTERS`; neither: all over the borough).

    The figures are as of `last_found_at` and are worked out once a week: true numbers, which leave
    the broker's desk only through `insights.disclosure`. waited_days: the median. kinds, causes,
    skills: [code, share of its people], the largest first. heat: share of its people who are free
    in each of the week's 21 slots. wards: people by code of their ward, '' outside Harrow. ways:
    people by kind of commitment (one_off, regular, from_home). places: free ones of open roles of
    this kind that suit at least one of them; places_for_most: that suit at least half of them.
    stops: what keeps them from open roles of their kind
    (`insights.analysis.stopping.Stops`, rules by code).

    published: these figures as they stay for a month (`published_month`, such as 2026-10), so that
    two nights cannot be held against each other; everybody but the broker reads these. Empty for
    those that are found within a month, and for those that were gone when it began.
    """

    first_found_at = models.DateTimeField()
    last_found_at = models.DateTimeField(db_index=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    activity = models.CharField(max_length=50, blank=True)
    cause = models.CharField(max_length=50, blank=True)
    times = models.JSONField(default=list)
    area = models.JSONField(default=list)
    quarter = models.CharField(max_length=10, blank=True)

    people = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    waited_days = models.PositiveIntegerField(null=True, blank=True)
    kinds = models.JSONField(default=list)
    causes = models.JSONField(default=list)
    skills = models.JSONField(default=list)
    heat = models.JSONField(default=list)
    wards = models.JSONField(default=dict)
    ways = models.JSONField(default=dict)
    places = models.PositiveIntegerField(default=0)
    places_for_most = models.PositiveIntegerField(default=0)
    stops = models.JSONField(default=dict)
    published = models.JSONField(default=dict)
    published_month = models.CharField(max_length=7, blank=True)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        ordering = ["-people", "pk"]

    def __str__(self) -> str:
        return f"segment {self.pk}"

    @property
    def name(self) -> str:
        """What it is called, in the language of whoever reads, such as "Gardening, weekday
        evenings, around Pinner".
        """
        return title(
            activity=self.activity,
            cause=self.cause,
            times=self.times,
            area=self.area,
            quarter=self.quarter,
        )


class SegmentMember(models.Model):
    """One of the people of a segment, as of when segments were last looked for. For the broker."""

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="members")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["volunteer"], name="one_segment_for_each_person"),
        ]

    def __str__(self) -> str:
        return f"volunteer {self.volunteer_id} of segment {self.segment_id}"


class SegmentWeek(models.Model):
    """How many people a segment had, and how many places that suit them were free, in one week;
    true numbers. week: its Monday. places, places_for_most: as of `Segment`, the second None where
    it was not counted yet.
    """

    segment = models.ForeignKey(Segment, on_delete=models.CASCADE, related_name="weeks")
    week = models.DateField()
    people = models.PositiveIntegerField()
    places = models.PositiveIntegerField()
    places_for_most = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["week", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["segment", "week"], name="one_row_for_each_week"),
        ]

    def __str__(self) -> str:
        return f"segment {self.segment_id} in the week of {self.week}"
