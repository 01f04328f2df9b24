"""What rows of every app have in common."""

from django.db import models

from core.clock import now


class TimeStampedModel(models.Model):
    """A row that knows when it was made and last changed (UTC).

    What is brought in from before the service says itself when it was made.
    """

    created_at = models.DateTimeField(default=now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class LocatedModel(models.Model):
    """Something that stands somewhere: a person's home area, a group, a role.

    `latitude`, `longitude` (degrees, WGS 84) and `ward_code` (a ward of Harrow, or '') follow from
    `postcode` and are set by `core.places.postcodes.locate`, never by hand.
    """

    postcode = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    ward_code = models.CharField(max_length=9, blank=True, db_index=True)

    class Meta:
        abstract = True
