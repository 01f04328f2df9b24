"""In what order pairs stand on the prepared lists, before a plan changes what is shown of them (the
policies that plan are in `season`).
"""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matching.ranking.eligibility import RuleOutcomes


class ListOrder(Protocol):
    """Orders pairs for lists. Name and version are kept as the policy of every list."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def order(self, scores: NDArray[np.float32], outcomes: RuleOutcomes) -> NDArray[np.float32]:
        """What lists are ordered by, highest first; -inf keeps a pair off the list, (n × m)."""


@dataclass(frozen=True)
class BestSuitedFirst:
    """The best suited of the pairs that every rule allows; so full roles are hidden."""

    name: str = field(default="similarity", init=False)
    version: str = field(default="1", init=False)

    def order(self, scores: NDArray[np.float32], outcomes: RuleOutcomes) -> NDArray[np.float32]:
        """The score itself, -inf where a rule keeps the two apart, (n × m)."""
        return np.where(outcomes.eligible, scores, np.float32(-np.inf))
