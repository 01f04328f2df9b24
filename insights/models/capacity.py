"""What keeps groups from taking more people, as it was added up in the first night of a month."""

from django.db import models


class CapacityFigures(models.Model):
    """What would be gained if what keeps groups from taking more people were lifted: the newest
    counts.

    `waiting`: people who wait; `placeable`: how many of them the places that are free could take.
    `everything`: how many more if all of it were lifted. `reasons`: for each reason its code, how
    many groups said so (`groups`), and of those that said how many more they could take
    (`said_groups`) these (`more_people`) and how many of those who wait would be placed
    (`placed`); and the same of those that also said what it would cost (`costed_groups`, `pounds`,
    `costed_placed`); and what each of these groups says (`parts`, by the group's id), never
    shown. What is kept of a reason stays while one or two groups say something else than was added
    up (`insights.services.capacity`). True counts, which leave only through `insights.disclosure`.
    """

    made_at = models.DateTimeField()
    waiting = models.PositiveIntegerField()
    placeable = models.PositiveIntegerField()
    everything = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)

    class Meta:
        verbose_name_plural = "figures of capacity"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"capacity {self.pk}"
