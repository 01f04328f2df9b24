"""Which texts of a labelled search the sentence encoders are to read, so that it ends in minutes.

Encoders are slow, one of them ten times as slow as another. Of a small search each reads all texts.
Of a large one, the slowest first, an encoder reads only what its blocks count for in ours, and has
no line of its own in the table; where its blocks count for next to nothing, it reads nothing at
all, and the others share its weight. If that is still too much, encoders read only the beginnings
of very long texts, then English ones no more sentence by sentence as well, then shorter beginnings
(words are read to the end). How much is too much goes by the lengths of the texts and not by a
clock, so that the same folder gives the same figures everywhere.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.utils.metaestimators import available_if

from matching.ranking.text import TextVectors

#: Seconds of one core for a character, measured; English is read sentence by sentence as well,
#: which is half of its time.
_SECONDS = {"multilingual": 1.4e-4, "minilm": 1.1e-4, "universal": 1.6e-5}
#: The encoder that a block reads with.
ENCODER_OF = {
    "english": "minilm",
    "cause": "minilm",
    "universal": "universal",
    "multilingual": "multilingual",
}
#: Seconds of one core that encoders may take: with two cores, three minutes.
_MOST_SECONDS = 360.0
#: The blocks of an encoder count for next to nothing below this, of 1 in all.
_LITTLE = 0.05
#: If what is needed is more than this share of all texts, all are read.
_NEARLY_ALL = 0.9
#: What is tried in turn: characters of a text that are read, and whether one by one as well.
_LESS = (
    *((longest, True) for longest in (6000, 4000, 3000, 2000)),
    *((longest, False) for longest in (None, 6000, 4000, 3000, 2000, 1500, 1200, 1000, 800, 600)),
    (500, False),
)


@dataclass(frozen=True)
class ReadingPlan:
    """What encoders read: `texts`, different ones, the longest first, by encoder; `ours`, the
    blocks that ours is made of; `alone`, those that have lines of their own; `longest`, how many
    characters of a text are read, None for all; `one_by_one`, whether English ones are read
    sentence by sentence as well; `said`, what was left out, in words.
    """

    texts: dict[str, list[str]]
    ours: frozenset[str]
    alone: frozenset[str]
    longest: int | None
    one_by_one: bool
    said: tuple[str, ...]

    def begun(self, texts: Sequence[str]) -> list[str]:
        """As much of texts as is read."""
        return [text[: self.longest] for text in texts]


def planned(
    docs: Sequence[str],
    queries: Sequence[str],
    blocks: Collection[str],
    most: float | None = None,
) -> ReadingPlan:
    """Who reads what, of the blocks that there are; most: seconds of one core, None for the
    default.
    """
    most = _MOST_SECONDS if most is None else most
    encoders = {ENCODER_OF[name] for name in blocks if name in ENCODER_OF}
    every = list(dict.fromkeys([*docs, *queries]))
    read = {name: every for name in _SECONDS if name in encoders}
    ours = alone = frozenset(blocks)
    said: list[str] = []
    if _seconds(read, None) > most:
        needed, counts = _needed(docs, queries, blocks)
        for encoder in list(read):
            mine = {name for name in blocks if ENCODER_OF.get(name) == encoder}
            if _seconds(read, None) <= most:
                break
            if counts[encoder] < _LITTLE:
                del read[encoder]
                ours, alone = ours - mine, alone - mine
                said.append(f"{encoder} is left out: it would count {counts[encoder]:.3f} of 1")
            elif _characters(needed[encoder], None) < _NEARLY_ALL * _characters(every, None):
                read[encoder] = needed[encoder]
                alone -= mine
                said.append(f"{encoder} reads only what it counts for, and has no line of its own")
    longest: int | None = None
    one_by_one = True
    if _seconds(read, None) > most:
        enough = (less for less in _LESS if _seconds(read, *less) <= most)
        longest, one_by_one = next(enough, _LESS[-1])
        if longest is not None:
            said.append(f"encoders read the first {longest} characters of each text")
        if not one_by_one and "minilm" in read:
            said.append("minilm reads no sentences one by one")
    texts = {
        encoder: sorted({text[:longest] for text in these}, key=len, reverse=True)
        for encoder, these in read.items()
    }
    return ReadingPlan(texts, ours, alone, longest, one_by_one, tuple(said))


def _needed(
    docs: Sequence[str], queries: Sequence[str], blocks: Collection[str]
) -> tuple[dict[str, list[str]], dict[str, float]]:
    """The texts that each encoder's blocks count for in ours, and how much they count on average
    over all pairs, of 1 in all.
    """
    languages = TextVectors([]).fit(docs)
    of_docs = languages.weights_of_roles(docs, blocks)
    of_queries = languages.weights_of_people(queries, blocks)
    needed: dict[str, list[str]] = {}
    counts: dict[str, float] = {}
    for encoder in _SECONDS:
        mine = [name for name in blocks if ENCODER_OF.get(name) == encoder]
        texts = [
            text
            for name in mine
            for factors, some in ((of_docs[name], docs), (of_queries[name], queries))
            for text, factor in zip(some, factors.tolist(), strict=True)
            if factor
        ]
        needed[encoder] = list(dict.fromkeys(texts))
        counts[encoder] = float(sum(of_docs[n].mean() * of_queries[n].mean() for n in mine))
    return needed, counts


def _seconds(
    read: Mapping[str, Sequence[str]], longest: int | None, one_by_one: bool = True
) -> float:
    rates = _SECONDS if one_by_one else _SECONDS | {"minilm": _SECONDS["minilm"] / 2}
    return sum(rates[name] * _characters(texts, longest) for name, texts in read.items())


def _characters(texts: Sequence[str], longest: int | None) -> float:
    """Characters to be read, those beyond ASCII counted as more: they are made of more pieces."""
    begun = [text[:longest] for text in texts]
    return sum((len(text) + len(text.encode())) / 2 for text in begun)


class Beginnings(TransformerMixin, BaseEstimator):
    """A block that reads the beginnings of texts only.

    Parameters: `block`, a transformer of texts; `longest`, characters of a text that it reads.
    Attributes: `block_`, the fitted transformer.
    """

    def __init__(self, block: Any, longest: int) -> None:
        self.block = block
        self.longest = longest

    def fit(self, X: Sequence[str], y: object = None) -> Self:  # noqa: N803  # scikit-learn's name
        """Fit the block on the beginnings. Raises what it raises."""
        self.block_ = clone(self.block).fit(self._begun(X))
        return self

    def transform(self, X: Sequence[str]) -> NDArray[np.float32]:  # noqa: N803
        """What the block makes of the beginnings."""
        rows: NDArray[np.float32] = self.block_.transform(self._begun(X))
        return rows

    @available_if(lambda self: hasattr(self.block, "roles"))
    def roles(self, X: Sequence[str]) -> NDArray[np.float32]:  # noqa: N803
        """Likewise of roles."""
        rows: NDArray[np.float32] = self.block_.roles(self._begun(X))
        return rows

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:
        """The block's columns."""
        names: NDArray[np.object_] = self.block_.get_feature_names_out()
        return names

    def _begun(self, texts: Sequence[str]) -> list[str]:
        return [text[: self.longest] for text in texts]
