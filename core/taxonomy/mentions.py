"""Which items of a list a text mentions, by their names and the words people use for them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from core.models.taxonomy import TermedItem


@dataclass(frozen=True)
class Mentions:
    """The words of one list: finds the items that a text mentions."""

    pattern: re.Pattern[str]
    #: Whose phrase it is, as places in the list.
    owners: dict[str, tuple[int, ...]]
    codes: tuple[str, ...]

    @classmethod
    def of(cls, items: Iterable[TermedItem]) -> Self:
        """Read the names and terms of a list, in its order."""
        owners: dict[str, tuple[int, ...]] = {}
        codes = []
        for place, item in enumerate(items):
            codes.append(item.code)
            for phrase in {item.name.lower(), *map(str.lower, item.term_list)}:
                owners[phrase] = (*owners.get(phrase, ()), place)
        longest_first = sorted(owners, key=lambda phrase: (-len(phrase), phrase))
        either = "|".join(map(re.escape, longest_first)) or "(?!)"
        # Looking ahead takes nothing, so that a phrase inside another is found too. The last word
        # may stand in the plural.
        pattern = re.compile(rf"\b(?=({either})(?:s|es)?\b)", re.IGNORECASE)
        return cls(pattern, owners, tuple(codes))

    def places(self, text: str) -> list[int]:
        """Give the places in the list of what `text` mentions: those with the most different words
        or phrases first, else in the order of the list. English only, and blind to a "not" before.
        """
        counts: dict[int, int] = {}
        for phrase in {match.group(1).lower() for match in self.pattern.finditer(text)}:
            for place in self.owners[phrase]:
                counts[place] = counts.get(place, 0) + 1
        return sorted(counts, key=lambda place: (-counts[place], place))

    def in_text(self, text: str) -> list[str]:
        """Give the codes of `places`."""
        return [self.codes[place] for place in self.places(text)]
