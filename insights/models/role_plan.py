"""The roles worth creating, as they were worked out one night."""

from django.db import models


class RolePlan(models.Model):
    """What new roles would place most people: the newest counts.

    `waiting`, `placeable`: how many people wait, and how many of them the places that are free
    could take; `silent`: how many of them named neither a kind of work nor a cause. `roles`: the
    plan, the best first, each with how many `named` its kind of work, or its cause, and could do
    it; what it says of them (`without`, `waits`, `wards`, `slots`) is of these alone. `not_said`:
    how many named nothing and could do it too. `more_places`: for each kind, time and ward, how
    many more people so many `places` there would place (`by_many`) and one place would (`by_one`),
    on average over draws of who would ask, and how many `named` such work and could do it. True
    counts, without anybody's name or id, which leave only rounded, as `insights.disclosure` says.
    """

    made_at = models.DateTimeField()
    waiting = models.PositiveIntegerField()
    placeable = models.PositiveIntegerField()
    silent = models.PositiveIntegerField(default=0)
    roles = models.JSONField(default=list)
    more_places = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"role plan {self.pk}"
