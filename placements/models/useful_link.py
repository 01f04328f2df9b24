"""What people can do elsewhere while they wait: courses, and volunteer centres next door."""

from typing import Self

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.clock import now
from core.models import TimeStampedModel
from volunteers.models import Volunteer


class UsefulLinkQuerySet(models.QuerySet["UsefulLink"]):
    def shown(self) -> Self:
        """Those that people see, courses first."""
        return self.filter(is_shown=True).order_by("-kind", "title", "pk")


class UsefulLink(TimeStampedModel):
    """A page of somebody else's that is useful to people who wait. The volunteer centre keeps them.

    `about` says in a sentence what it is.
    """

    class Kind(models.TextChoices):
        TRAINING = "training", _("Training")
        NEXT_DOOR = "next_door", _("Volunteering next door to Harrow")

    kind = models.CharField(max_length=9, choices=Kind)
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=300, blank=True)
    address = models.URLField(max_length=500, validators=[URLValidator(schemes=["https", "http"])])
    is_shown = models.BooleanField(default=True)

    objects = UsefulLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class UsefulLinkMonth(models.Model):
    """How often a link was followed in a month. By whom, nobody keeps."""

    link = models.ForeignKey(UsefulLink, on_delete=models.CASCADE, related_name="months")
    month = models.DateField()
    followed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "month"], name="one_count_of_a_link_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.link_id} in {self.month:%Y-%m}: {self.followed}"


class CourseDone(models.Model):
    """That somebody said they did a course of the list, and when they said so."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="courses_done")
    link = models.ForeignKey(UsefulLink, on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name_plural = "courses done"
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "link"], name="a_course_is_done_once")
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} did {self.link_id}"
