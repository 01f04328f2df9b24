"""The people who wait, as the count beside a group's form reads them."""

from django.db import models


class WaitingBoard(models.Model):
    """People who stand for those who wait, once a month: packed columns of what the rules look at,
    without names, ids or words, places rounded to about a kilometre, and mixed so that no row is a
    person (`matching.ranking.mixing`). Only the newest is kept. people: how many wait.

    A count that is the same all month tells nobody who came or went in between.
    """

    made_at = models.DateTimeField()
    people = models.PositiveIntegerField()
    packed = models.BinaryField()

    class Meta:
        get_latest_by = "pk"

    def __str__(self) -> str:
        return f"{self.people} people at {self.made_at:%Y-%m-%d %H:%M}"
