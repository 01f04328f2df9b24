"""What stops people from having a role: which rules, alone and together.

A person is stopped by a rule alone where, without it, an open role of a kind that they like would
be possible for them; by two together where no rule alone would do, and these would.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Lifting more rules than this at once is more than anybody could do.
MOST_TOGETHER = 2
_RULES = 16
_NO_ROLE = 255

#: The fewest rules that keep a person from a role that they would like: the bits of each such set;
#: none where no role of their kinds is open.
Masks = tuple[int, ...]


def what_stops(failed: NDArray[np.uint16], liked: NDArray[np.bool_]) -> list[Masks]:
    """For each of some people without a role, what keeps them from it.

    failed: bit i is set where rule i keeps a pair apart, (n × m). liked: whether a role is of a
    kind that the person likes, (n × m).
    """
    number = np.bitwise_count(failed).astype(np.int64)
    fewest = np.where(liked, number, _NO_ROLE).min(axis=1, initial=_NO_ROLE)
    return [
        tuple(np.unique(failed[row, liked[row] & (number[row] == least)]).tolist())
        for row, least in enumerate(fewest.tolist())
    ]


@dataclass(frozen=True)
class Stops:
    """people: all of them. alone: whom each rule alone stops (somebody may be stopped by several,
    each of which would do). together: likewise for two rules. more: whom only more rules at once
    stop. no_kind: for whose kinds of work no role is open.
    """

    people: int
    alone: dict[int, int]
    together: dict[tuple[int, int], int]
    more: int
    no_kind: int

    @classmethod
    def of(cls, people: Iterable[Masks]) -> "Stops":
        """Counted over some people."""
        every = list(people)
        alone: Counter[int] = Counter()
        together: Counter[tuple[int, int]] = Counter()
        more = 0
        for masks in every:
            sets = [[rule for rule in range(_RULES) if mask >> rule & 1] for mask in masks]
            more += any(len(rules) > MOST_TOGETHER for rules in sets)
            alone.update(rules[0] for rules in sets if len(rules) == 1)
            together.update((rules[0], rules[1]) for rules in sets if len(rules) == MOST_TOGETHER)
        return cls(len(every), dict(alone), dict(together), more, every.count(()))
