"""A stored list, one place on it, and how a list takes a changed role in.

A list has a threshold: every role that the rules allow and whose score is above it is on the list.
So a role can be put in or taken out without looking at the roles that are not on it. Below the
threshold there may be a few more that a plan proposed (`PersonalList.add_proposed`).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from matching.models import Recommendation
from matching.ranking.packing import PackedList
from matching.recommender.inferred import as_written

if TYPE_CHECKING:  # it loads scikit-learn, which readers of lists do without
    from matching.ranking.lists import Match

#: Roles on a person's list: what a page shows, enough behind it for those that fill up, and what a
#: plan chooses from.
LIST_LENGTH = 50
#: People on a role's list.
SHORTLIST_LENGTH = 30
#: The threshold of a list that holds every role that the rules allow.
NO_THRESHOLD = -1.0
_DIGITS = 4
#: More for what lists are ordered by.
SCORE_DIGITS = 6

Item = dict[str, Any]


def item_of(match: "Match", kind: Literal["role", "volunteer"], of: int) -> Item:
    """A match with the role or person `of` as plain values."""
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


@dataclass(eq=False)
class PersonalList:
    """One person's list, best first: k roles, their scores, and why each suits."""

    role_ids: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    scores: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    #: Why, as it is stored, and read only when somebody asks: a full ranking writes it as it came.
    #: None where the list was changed since.
    packed: bytes | None = b""
    counts: dict[str, Any] = field(default_factory=dict)
    threshold: float = NO_THRESHOLD

    @classmethod
    def of(
        cls,
        items: Sequence[Item],
        counts: dict[str, Any] | None = None,
        threshold: float = NO_THRESHOLD,
    ) -> Self:
        """A list of these items, in their order."""
        parts = dict.fromkeys(name for item in items for name in item["parts"])
        return cls(
            np.array([item["role"] for item in items], np.int64),
            np.array([item["score"] for item in items], np.float32),
            PackedList.of(items, tuple(parts)).pack(),
            counts or {},
            threshold,
        )

    @classmethod
    def stored(cls, row: Recommendation) -> Self:
        """The list that a row holds."""
        return cls(
            roles_held(row.role_ids),
            scores_held(row.scores),
            bytes(row.why),
            row.counts,
            row.threshold,
        )

    def write_to(self, row: Recommendation) -> None:
        """Have the row hold this list."""
        row.role_ids, row.scores = self.held, self.scores.tobytes()
        row.why = self.why.pack() if self.packed is None else self.packed
        row.counts, row.threshold = self.counts, self.threshold

    @cached_property
    def why(self) -> PackedList:
        """What each place says. Raises PackingError where the bytes are not those of a list."""
        return PackedList.unpack(self.packed or b"")

    @property
    def held(self) -> str:
        """The roles on it, as `Recommendation.role_ids`."""
        return f",{','.join(map(str, self.role_ids.tolist()))}," if len(self.role_ids) else ""

    @property
    def items(self) -> list[Item]:
        """Its places as plain values."""
        return [self.item(position) for position in range(len(self.role_ids))]

    def item(self, position: int) -> Item:
        """One place as plain values: {"role", "score", "km", "parts", "reasons"}."""
        score = round(float(self.scores[position]), SCORE_DIGITS)
        role_id = int(self.role_ids[position])
        place = self.why.place(position)
        reasons = as_written(place["reasons"], self.counts.get("inferred", ()))
        return {"role": role_id, "score": score, **place, "reasons": reasons}

    def take_in(self, changed: Collection[int], now: Self | None = None) -> None:
        """Take out the `changed` roles, and put in what they are `now` where it belongs."""
        # A list is short: this is many times faster than np.isin.
        kept = [at for at, pk in enumerate(self.role_ids.tolist()) if pk not in changed]
        if len(kept) < len(self.role_ids):
            self._keep(np.array(kept, np.intp))
        if now is not None and (new := now.scores >= np.float32(self.threshold)).any():
            self._join(now, np.flatnonzero(new))
            self._keep(np.argsort(-self.scores, kind="stable"))
        own = int((self.scores >= np.float32(self.threshold)).sum())
        if own > LIST_LENGTH:
            # What a plan proposed below the threshold stays.
            places = np.arange(len(self.scores))
            self.threshold = float(self.scores[LIST_LENGTH - 1])
            self._keep(places[(places < LIST_LENGTH) | (places >= own)])

    def add_proposed(self, proposed: Self) -> None:
        """Put roles that a plan proposed at the end, although their scores are lower."""
        self._join(proposed, np.flatnonzero(~np.isin(proposed.role_ids, self.role_ids)))

    def _keep(self, positions: NDArray[np.integer]) -> None:
        self.role_ids, self.scores = self.role_ids[positions], self.scores[positions]
        self._say(self.why.take(positions))

    def _join(self, other: Self, positions: NDArray[np.integer]) -> None:
        self.role_ids = np.concatenate([self.role_ids, other.role_ids[positions]])
        self.scores = np.concatenate([self.scores, other.scores[positions]])
        self._say(self.why.followed_by(other.why.take(positions)))

    def _say(self, why: PackedList) -> None:
        self.packed, self.why = None, why


def as_stored(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores rounded as lists keep them, so that the noise of another block decides nothing."""
    return np.round(scores.astype(np.float64), SCORE_DIGITS).astype(np.float32)


def holding(role_id: int) -> str:
    """What `Recommendation.role_ids` contains where the role is on the list."""
    return f",{role_id},"


def roles_held(role_ids: str | Iterable[str]) -> NDArray[np.int64]:
    """The ids that one `Recommendation.role_ids` holds, or several one after another."""
    text = role_ids if isinstance(role_ids, str) else "".join(role_ids)
    # Between two lists there are two commas, and one at each end.
    listed = text.replace(",,", ",").strip(",")
    return np.fromstring(listed, np.int64, sep=",") if listed else np.zeros(0, np.int64)


def scores_held(scores: bytes | memoryview) -> NDArray[np.float32]:
    """The scores that `Recommendation.scores` holds."""
    return np.frombuffer(scores, "<f4")
