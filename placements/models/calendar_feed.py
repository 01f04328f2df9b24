"""A person's own calendar feed."""

from django.db import models

from core.clock import now
from volunteers.models import Volunteer


class CalendarFeed(models.Model):
    """That a person has a feed. Its address is made of `number` and the service's secret key
    (`placements.calendar_address`), so that a copy of the database opens nobody's calendar; another
    number makes another address and ends the old one.
    """

    volunteer = models.OneToOneField(
        Volunteer, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    number = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return f"feed of {self.volunteer_id}"
