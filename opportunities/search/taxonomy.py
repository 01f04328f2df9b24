"""Items of the taxonomy that words mean, in any of the languages that it has words in.

A role keeps the items that it is tagged with and those that its words mention as terms; a search
for "allotment", "seniors" or their Gujarati thus finds roles that never use the word.
"""

from functools import lru_cache

from core.models import Activity, Cause, Skill
from core.models.taxonomy import TermedItem
from core.taxonomy.loading import DATA_DIR, LISTS, read_list
from core.taxonomy.mentions import Mentions

KINDS: tuple[type[TermedItem], ...] = (Cause, Activity, Skill)


def term_for(item: TermedItem) -> str:
    """Give the term that an item is kept as: unlike any word."""
    return f"{type(item).__name__.lower()}:{item.code}"


@lru_cache(maxsize=20_000)
def items_meant(phrase: str) -> tuple[str, ...]:
    """Give the terms of the items that a phrase of a few words mentions."""
    terms, mentions = _lists()
    return tuple(terms[place] for place in mentions.places(phrase))


def items_mentioned(text: str) -> list[str]:
    """Give the terms of the items that a text mentions."""
    terms, mentions = _lists()
    return [terms[place] for place in mentions.places(text)]


@lru_cache(maxsize=1)
def _lists() -> tuple[list[str], Mentions]:
    """The items of the files, to which the tables are kept equal: no question to the database."""
    items = [
        kind(code=row["code"], name=row["name"], terms=row["terms"])
        for kind in KINDS
        for row in read_list(DATA_DIR / LISTS[kind.__name__])
    ]
    return [term_for(item) for item in items], Mentions.of(items)
