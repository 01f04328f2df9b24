"""How much each block of a text's vector counts, by the languages of the two texts.

English with English: words and their fragments, an English encoder above all, a little of a
multilingual one. Other pairs: the multilingual encoders, and words too, since names and loanwords
are the same; more so where both texts are in one language. Where a role is no more than a title,
words count less: "ward sister" and "staff nurse" share none. The figures come from
`docs/adr/0009-text-blocks.md`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.ranking.embedding.universal import LANGUAGES
from matching.ranking.languages import UNKNOWN

ENGLISH = "en"


@dataclass(frozen=True)
class Shares:
    """What each block counts for a pair of texts; 1 in all."""

    words: float = 0.0
    fragments: float = 0.0
    english: float = 0.0
    cause: float = 0.0
    universal: float = 0.0
    multilingual: float = 0.0

    def as_dict(self) -> dict[str, float]:
        """By name of the block."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class BlockWeights:
    """What the blocks count by language: `english`, both texts in English; `same_known` and
    `known`, both in languages of the universal encoder, the same or not; `same_other` and `other`,
    one of them in a language which it does not know; `unknown`, one of them too short to tell.
    `title_english`, `title_known` and `title_other`: likewise for roles that are titles only,
    texts that are too short to tell being taken as known.
    `blocks`: those that are there; they share what the others would count. `every_language`: blocks
    count for roles which they do not read.

    A pair's weight is that of the person's language, averaged over the languages of the roles,
    times 1 or 0 for the role: whether the block reads its language. So it is a product of one
    factor for each text, and vectors can carry it.
    """

    english: Shares = Shares(0.2, 0.25, 0.3, 0.15, 0.1, 0.0)
    same_known: Shares = Shares(0.2, 0.2, 0.0, 0.0, 0.3, 0.3)
    known: Shares = Shares(0.1, 0.15, 0.0, 0.0, 0.375, 0.375)
    same_other: Shares = Shares(0.2, 0.2, 0.0, 0.0, 0.0, 0.6)
    other: Shares = Shares(0.1, 0.15, 0.0, 0.0, 0.0, 0.75)
    unknown: Shares = Shares(0.05, 0.1, 0.2, 0.0, 0.4, 0.25)
    title_english: Shares = Shares(0.05, 0.1, 0.3, 0.05, 0.5, 0.0)
    title_known: Shares = Shares(0.02, 0.05, 0.0, 0.0, 0.63, 0.3)
    title_other: Shares = Shares(0.03, 0.07, 0.0, 0.0, 0.0, 0.9)
    blocks: frozenset[str] | None = None
    every_language: bool = False

    @classmethod
    def always(cls, shares: Shares) -> "BlockWeights":
        """The same shares whatever the languages, and for roles which a block does not read."""
        kinds: dict[str, Any] = {
            field.name: shares for field in fields(cls) if isinstance(field.default, Shares)
        }
        return cls(**kinds, every_language=True)

    def among(self, blocks: Collection[str]) -> "BlockWeights":
        """The same with only some blocks."""
        return replace(self, blocks=frozenset(blocks))

    def of_people(
        self, languages: Sequence[str], roles: Mapping[str, float], titles: float = 0.0
    ) -> dict[str, NDArray[np.float32]]:
        """The factor of each person's text by block, (n,), for roles of which each language has a
        share (of 1 in all; with none, as if all were in English), a share of them, `titles`, being
        no more than a title.
        """
        shares = roles or {ENGLISH: 1.0}
        factors = {language: self._factors(language, shares, titles) for language in set(languages)}
        return self._columns([factors[language] for language in languages])

    def of_roles(self, languages: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The factor of each role's text by block, (m,): 1 where the block reads it, else 0."""
        read = [ENGLISH] * len(languages) if self.every_language else languages
        factors = {language: reads(language) for language in set(read)}
        return self._columns([factors[language] for language in read])

    def pair(self, person: str, role: str, *, title: bool = False) -> dict[str, float]:
        """What each block counts for texts in two languages, were all roles in the second, and
        were they no more than titles.
        """
        if UNKNOWN in (person, role):
            shares = self.title_known if title else self.unknown
        elif person == role == ENGLISH:
            shares = self.title_english if title else self.english
        elif {person, role} <= LANGUAGES:
            same = self.same_known if person == role else self.known
            shares = self.title_known if title else same
        else:
            same = self.same_other if person == role else self.other
            shares = self.title_other if title else same
        return self._shared(shares.as_dict())

    def _factors(
        self, language: str, roles: Mapping[str, float], titles: float
    ) -> dict[str, float]:
        pairs = [
            (self.pair(language, role, title=title), share * part)
            for role, share in roles.items()
            for title, part in ((False, 1 - titles), (True, titles))
        ]
        return {name: sum(pair[name] * share for pair, share in pairs) for name in pairs[0][0]}

    def _shared(self, shares: dict[str, float]) -> dict[str, float]:
        """Only the blocks that are there, with what the others would count."""
        there = {
            name: share
            for name, share in shares.items()
            if self.blocks is None or name in self.blocks
        }
        total = sum(there.values())
        if total == 0:
            return dict.fromkeys(there, 1 / max(len(there), 1))
        return {name: share / total for name, share in there.items()}

    def _columns(self, rows: list[dict[str, float]]) -> dict[str, NDArray[np.float32]]:
        names = [name for name in Shares().as_dict() if self.blocks is None or name in self.blocks]
        return {name: np.array([row[name] for row in rows], np.float32) for name in names}


def reads(language: str) -> dict[str, float]:
    """1 for each block that reads roles in a language, else 0."""
    english = language in (ENGLISH, UNKNOWN)
    known = language in LANGUAGES or language == UNKNOWN
    return dict.fromkeys(Shares().as_dict(), 1.0) | {
        "english": float(english),
        "cause": float(english),
        "universal": float(known),
    }
