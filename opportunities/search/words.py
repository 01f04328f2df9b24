"""Words of texts as the search compares them: folded, without endings, without the smallest."""

from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]  # carries no types

from core.taxonomy.words import forms_of, words_of
from opportunities.models.search import LONGEST

_STOP = """
a about all also am an and any are as at be been but by can could do does doing for from had has
have he her here him his how i id if im in into is it its ive just me my no not of on or our out
please she should so some something such than that the their them then there these they this those
to up us was we were what when where which who will with would you your
"""
_COMMON = """
help helper helpers helping like look looking love need opportunities opportunity people role roles
volunteer volunteering volunteers want
"""
#: English words that say nothing about a role; a search that holds only these finds nothing.
STOP_WORDS = frozenset(_STOP.split())
#: Words that nearly every role or search has: left out of a search that has others.
COMMON_WORDS = frozenset(_COMMON.split())
#: Forms that the rules of English do not bring together.
_IRREGULAR = {"children": "child", "reader": "read", "readers": "read", "women": "woman"}


def words_in(text: str) -> Iterator[str]:
    """Give the folded words of a text in order, those of `STOP_WORDS` left out."""
    for word in words_of(text.replace("\x00", " ").replace("*", " ")):
        if word not in STOP_WORDS:
            yield word[:LONGEST]


@lru_cache(maxsize=50_000)
def terms_of(word: str) -> tuple[str, ...]:
    """Give what a folded word is kept and looked for as: its stem, or in Arabic, Gujarati and Tamil
    the word and what is left of it without what is written on to it.
    """
    if not word.isascii():
        return tuple(forms_of(word))
    # Made anew each time, which is cheap: it cannot serve two threads at once.
    return (_IRREGULAR.get(word) or snowballstemmer.stemmer("english").stemWord(word),)
