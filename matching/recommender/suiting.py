"""Everybody who waits, against every open role, rule by rule: for statistics of what is missing.
Loads no scikit-learn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import datasets
from matching.datasets import Tags
from matching.ranking.columns import Applied, RoleColumns, VolunteerColumns, tag_matrix
from matching.ranking.eligibility import RULE_CODES, RoleKinds, evaluate_pairs
from matching.ranking.pairs import Pairs
from matching.recommender import rules
from opportunities.models import Opportunity
from volunteers.models import Volunteer

__all__ = ["RULE_CODES", "Waiting", "everybody_waiting"]

#: People who are looked at together.
_BLOCK = 500
Rows = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Waiting:
    """n people who wait, and m open roles.

    ticked: activities that people ticked, bool (n × activities of the vocabulary). mentioned: those
    that they wrote of by name, whatever they ticked, likewise. causes: that they ticked or, having
    ticked none, wrote of, likewise.
    """

    tags: Tags
    people: VolunteerColumns
    roles: RoleColumns
    applied: Applied
    ticked: NDArray[np.bool_]
    mentioned: NDArray[np.bool_]
    causes: NDArray[np.bool_]

    def failed(
        self, rows: Rows | None = None, columns: Rows | None = None
    ) -> Iterator[tuple[Rows, NDArray[np.uint16]]]:
        """Which rules keep people and roles apart, some people at a time: their rows, and bits in
        the order of `RULE_CODES`, (rows × columns); for some people and roles, or all.
        """
        some = np.arange(len(self.people)) if rows is None else rows
        roles = self.roles if columns is None else self.roles.take(columns)
        kinds, settings = RoleKinds(roles), rules.for_lists(self.tags)
        for first in range(0, len(some), _BLOCK):
            block = some[first : first + _BLOCK]
            applied = self.applied.take(block, columns)
            pairs = Pairs(self.people.take(block), roles)
            yield block, evaluate_pairs(pairs, applied, settings, kinds).failed_bits


def everybody_waiting(confirmed_since: datetime | None = None) -> Waiting:
    """Everybody who waits (with a time: those who are counted as waiting,
    `matching.datasets.still_waiting`), with every open role. Thirty queries or so, however many.
    """
    tags = datasets.tags()
    chosen = (
        Volunteer.objects.waiting()
        if confirmed_since is None
        else datasets.still_waiting(confirmed_since)
    )
    found = datasets.volunteers(chosen, tags)
    people = found.columns
    roles = datasets.roles(Opportunity.objects.open(), tags).columns
    named = _flags(people.activities)
    return Waiting(
        tags=tags,
        people=people,
        roles=roles,
        applied=datasets.applied(people, roles),
        ticked=named & ~found.inferred["activities"][:, None],
        mentioned=named | _mentioned(people.about, tags),
        causes=_flags(people.causes),
    )


def _flags(tagged: Any) -> NDArray[np.bool_]:
    flags: NDArray[np.bool_] = tagged.toarray() > 0
    return flags


def _mentioned(texts: Sequence[str], tags: Tags) -> NDArray[np.bool_]:
    rows = [tags.mentioned(text)["activities"] for text in texts]
    return _flags(tag_matrix(rows, len(tags.vocabulary.activities)))
