"""What the search for roles looks into: tables that it can make anew from the roles at any time."""

from django.db import models

from core.clock import now
from opportunities.models.opportunity import Opportunity

#: Longer words are cut, in texts and in what is looked for.
LONGEST = 64


class SearchTerm(models.Model):
    """That a role says something of a term, and how much.

    A term is the stem of a word, or an item of the taxonomy ("activity:gardening"). `weight` is a
    whole number, so that sums are the same in every database.
    """

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="search_terms", db_index=False
    )
    term = models.CharField(max_length=LONGEST)
    weight = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["term", "opportunity"], name="search_term_roles")]
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "term"], name="one_search_term_each"),
        ]

    def __str__(self) -> str:
        return f"{self.term} of {self.opportunity_id}"


class SearchWord(models.Model):
    """A word as it stands in roles, and its stem: what typing errors and beginnings are compared
    with.
    """

    word = models.CharField(max_length=LONGEST, unique=True)
    term = models.CharField(max_length=LONGEST)
    made_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.word
