"""Which items of a list a text mentions, by their names and the words people use for them."""

import re
from functools import lru_cache

from core.models.taxonomy import TermedItem


def mentioned(kind: type[TermedItem], text: str, *, least: int = 1) -> list[str]:
    """Give the codes of the items that `text` mentions in at least `least` different words or
    phrases, most mentioned first, else in the order of the list. English only."""
    counts = {
        code: len({match.group().lower() for match in pattern.finditer(text)})
        for code, pattern in _patterns(kind)
    }
    found = [code for code, count in counts.items() if count >= least]
    return sorted(found, key=lambda code: -counts[code])


@lru_cache(maxsize=8)
def _patterns(kind: type[TermedItem]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """A pattern for each item. The lists change only with a new version of the service."""
    return tuple(
        (item.code, re.compile(_either([item.name, *item.term_list]), re.IGNORECASE))
        for item in kind._default_manager.all()
    )


def _either(phrases: list[str]) -> str:
    """Whole words; a phrase's last word may stand in the plural."""
    longest_first = sorted({phrase.lower() for phrase in phrases}, key=len, reverse=True)
    return rf"\b(?:{'|'.join(re.escape(phrase) for phrase in longest_first)})(?:s|es)?\b"
