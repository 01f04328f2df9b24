"""Which items of a list a text mentions, by their names and the words people use for them."""

import re
from functools import lru_cache

from core.models.taxonomy import TermedItem


def mentioned(kind: type[TermedItem], text: str) -> list[str]:
    """Give the codes of the items that `text` mentions: those with the most different words or
    phrases first, else in the order of the list. English only, and blind to a "not" before it."""
    pattern, owners = _phrases(kind)
    phrases = {match.group(1).lower() for match in pattern.finditer(text)}
    counts: dict[str, int] = {}
    for phrase in phrases:
        for code in owners[phrase]:
            counts[code] = counts.get(code, 0) + 1
    order = _order(kind)
    return sorted(counts, key=lambda code: (-counts[code], order[code]))


def forget() -> None:
    """Read the lists anew when they are next asked for: `migrate` may have changed them."""
    _phrases.cache_clear()
    _order.cache_clear()


@lru_cache(maxsize=8)
def _phrases(kind: type[TermedItem]) -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """A pattern that finds the longest phrase at each word, and whose phrase it is."""
    owners: dict[str, list[str]] = {}
    for item in kind._default_manager.all():
        for phrase in {item.name.lower(), *map(str.lower, item.term_list)}:
            owners.setdefault(phrase, []).append(item.code)
    longest_first = sorted(owners, key=lambda phrase: (-len(phrase), phrase))
    either = "|".join(map(re.escape, longest_first)) or "(?!)"
    # Looking ahead takes nothing, so that a phrase inside another is found too. The last word may
    # stand in the plural.
    return re.compile(rf"\b(?=({either})(?:s|es)?\b)", re.IGNORECASE), owners


@lru_cache(maxsize=8)
def _order(kind: type[TermedItem]) -> dict[str, int]:
    codes = kind._default_manager.values_list("code", flat=True)
    return {code: place for place, code in enumerate(codes)}
