"""Find roles."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from opportunities.models import Opportunity, SearchTerm
from opportunities.search import conditions
from opportunities.search.criteria import SearchCriteria
from opportunities.search.reading import Reading, Wanted, read
from opportunities.selectors import for_lists


@dataclass(frozen=True)
class Found:
    """Roles that fit, each once, in an order that stays the same; and how the text was read.

    Ready for a list (`for_lists`). With `near`, each role has `distance_km`: kilometres as the crow
    flies, None where it is done from home or its place is not known.
    """

    criteria: SearchCriteria
    reading: Reading
    roles: QuerySet[Opportunity]

    def without_each(self) -> dict[str, int]:
        """Give for each part of the search (as `conditions.of` names them) how many roles there
        would be without it. One question.
        """
        asked = conditions.of(self.criteria, self.reading)
        if not asked:
            return {}
        there = _measured(Opportunity.objects.all(), self.criteria).filter(
            conditions.state(self.criteria)
        )
        names = list(asked)
        counted = there.aggregate(
            **{
                f"without_{place}": Count(
                    "pk", filter=_all({n: q for n, q in asked.items() if n != name}) or None
                )
                for place, name in enumerate(names)
            }
        )
        return {name: counted[f"without_{place}"] for place, name in enumerate(names)}


def search(criteria: SearchCriteria) -> Found:
    """Find the roles that fit."""
    reading = read(criteria.text, forgiving=not criteria.exact)
    roles = _measured(Opportunity.objects.all(), criteria).filter(
        conditions.state(criteria) & _all(conditions.of(criteria, reading))
    )
    return Found(criteria, reading, for_lists(_ordered(roles, criteria, reading)))


def search_roles(criteria: SearchCriteria) -> QuerySet[Opportunity]:
    """Give the roles of `search`."""
    return search(criteria).roles


def _measured(roles: QuerySet[Opportunity], criteria: SearchCriteria) -> QuerySet[Opportunity]:
    """Add the columns that the conditions ask after."""
    if criteria.access:
        # JSON lists cannot be looked into on SQLite.
        roles = roles.alias(access_text=Cast("access", TextField()))
    if criteria.slots:
        roles = roles.alias(common_slots=F("weekly_slots").bitand(criteria.slots))
    if criteria.near is not None:
        roles = roles.annotate(distance_km=conditions.distance_km(criteria.near))
    return roles


def _all(asked: Mapping[str, Q]) -> Q:
    return reduce(and_, asked.values(), Q())


def _ordered(
    roles: QuerySet[Opportunity], criteria: SearchCriteria, reading: Reading
) -> QuerySet[Opportunity]:
    newest = (F("published_at").desc(), F("pk").desc())
    if criteria.order == "nearest" and criteria.near is not None:
        return roles.order_by(F("distance_km").asc(nulls_last=True), *newest)
    if criteria.order == "closing":
        return roles.order_by(F("closes_on").asc(nulls_last=True), *newest)
    if criteria.order == "places":
        return roles.order_by((F("places") - F("places_taken")).desc(), *newest)
    if criteria.order in ("", "relevance") and reading.words:
        return roles.order_by(_relevance(reading).desc(), *newest)
    return roles.order_by(*newest)


def _relevance(reading: Reading) -> Any:
    """What the words count in a role: for each, the best of its terms. Whole numbers, so that no
    database adds them up otherwise.
    """
    first, *others = (_best_term(word) for word in reading.words)
    return sum(others, first)


def _best_term(word: Wanted) -> Any:
    factor = Case(
        *(When(term=term, then=Value(counts)) for term, counts in word.terms.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
    best = (
        SearchTerm.objects.filter(opportunity=OuterRef("pk"), term__in=word.terms)
        .order_by()
        .values("opportunity")
        .annotate(best=Max(F("weight") * factor))
        .values("best")
    )
    return Coalesce(Subquery(best, output_field=IntegerField()), Value(0))
