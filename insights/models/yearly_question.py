"""What groups say, once a year, of how the public bodies around them help or hinder them."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.clock import today
from insights.periods import Period
from opportunities.models import Organisation
from opportunities.yearly_question import Answer


class YearlyQuestionQuerySet(models.QuerySet["YearlyQuestion"]):
    def open(self) -> Self:
        """Those that can be answered today."""
        return self.filter(opens__lte=today(), closes__gte=today())


class YearlyQuestion(models.Model):
    """The question of one year from April: when it can be answered, first and last day included,
    and how many groups it was put to.
    """

    year = models.CharField(max_length=7, unique=True)
    opens = models.DateField()
    closes = models.DateField()
    asked = models.PositiveIntegerField(default=0)

    objects = YearlyQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-opens"]
        constraints = [
            models.CheckConstraint(
                name="yearly_question_closes_later", condition=Q(closes__gte=F("opens"))
            ),
        ]

    def __str__(self) -> str:
        return f"question of {self.year}"

    @property
    def is_open(self) -> bool:
        """Whether it can be answered today."""
        return self.opens <= today() <= self.closes

    def day_in(self, year: Period) -> date:
        """The same day in a year from April: the day on which the question comes again."""
        month = next(one for one in year.months_in() if one.first.month == self.opens.month)
        # Of 29 February in other years the 28th.
        return month.first.replace(day=min(self.opens.day, month.last.day))


class YearlyAnswer(models.Model):
    """What one group said in one year. It may change its mind while the question is open."""

    question = models.ForeignKey(YearlyQuestion, on_delete=models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=13, choices=Answer)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "organisation"], name="one_answer_a_year_of_a_group"
            ),
        ]

    def __str__(self) -> str:
        return f"answer of {self.organisation_id} to {self.question_id}"
