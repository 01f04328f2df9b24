"""One place on a stored list, and how a list takes a changed role in.

A list has a threshold: every role that the rules allow and whose score is above it is on the list,
and none whose score is below. So a role can be put in or taken out without looking at the roles
that are not on it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:  # it loads scikit-learn, which readers of lists do without
    from matching.ranking.lists import Match

#: Roles on a person's list: what a page shows, and enough behind it for those that fill up.
LIST_LENGTH = 40
#: People on a role's list.
SHORTLIST_LENGTH = 30
#: The threshold of a list that holds every role that the rules allow.
NO_THRESHOLD = -1.0
_DIGITS = 4
#: More for what lists are ordered by.
SCORE_DIGITS = 6

Item = dict[str, Any]


def item_of(match: "Match", kind: Literal["role", "volunteer"], of: int) -> Item:
    """What is stored of a match with the role or person `of`."""
    return {
        kind: of,
        "score": round(match.score, SCORE_DIGITS),
        "km": None if match.kilometres is None else round(match.kilometres, 2),
        "parts": {name: round(value, _DIGITS) for name, value in match.contributions.items()},
        "reasons": [
            {"code": r.code, "value": round(r.value, _DIGITS), "detail": list(r.detail)}
            for r in match.reasons
        ],
    }


@dataclass
class PersonalList:
    """One person's list as it is stored, best first."""

    items: list[Item] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)
    threshold: float = NO_THRESHOLD

    @property
    def role_ids(self) -> str:
        """The roles on it, as `Recommendation.role_ids`."""
        return "".join([*(f",{item['role']}" for item in self.items), ","]) if self.items else ""

    def take_in(self, changed: Collection[int], now: Iterable[Item]) -> None:
        """Take out the `changed` roles, and put in what they are `now` where it belongs."""
        items = [item for item in self.items if item["role"] not in changed]
        items += [item for item in now if item["score"] >= self.threshold]
        items.sort(key=lambda item: -item["score"])
        if len(items) > LIST_LENGTH:
            items = items[:LIST_LENGTH]
            self.threshold = items[-1]["score"]
        self.items = items


def holding(role_id: int) -> str:
    """What `Recommendation.role_ids` contains where the role is on the list."""
    return f",{role_id},"
