"""What a loading of the demonstration borough made, so that it can be told from real people."""

from django.conf import settings
from django.db import models

from opportunities.models import Organisation


class Loading(models.Model):
    """One loading: the plan it followed, and whom it made."""

    loaded_at = models.DateTimeField(auto_now_add=True)
    day = models.DateField()
    seed = models.IntegerField()
    volunteers = models.PositiveIntegerField()
    organisations = models.PositiveIntegerField()
    opportunities = models.PositiveIntegerField()
    made_people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    made_groups = models.ManyToManyField(Organisation, related_name="+")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"demonstration of {self.day}: {self.volunteers} volunteers, seed {self.seed}"
