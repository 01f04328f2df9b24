"""The words that roles have, kept in each process: what a beginning or a typing error is compared
with."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.db.models import Count, Max
from rapidfuzz import process
from rapidfuzz.distance import OSA

from opportunities.models import SearchWord

#: A beginning is taken for a word from so many letters on; this many words are tried for it.
SHORTEST_BEGINNING, MOST_BEGUN = 3, 40
#: Typing errors that are forgiven, by the least number of letters; shorter words have none.
_FORGIVEN = ((9, 2), (4, 1))
_MOST_ALIKE = 20

_Version = tuple[int, datetime | None]


@dataclass(frozen=True)
class Vocabulary:
    """Words in order, and the stem of each."""

    words: tuple[str, ...]
    stems: Mapping[str, str]

    def beginning_with(self, start: str) -> list[str]:
        """Give words that begin so, the shortest first."""
        if len(start) < SHORTEST_BEGINNING:
            return []
        first = bisect_left(self.words, start)
        last = bisect_left(self.words, start + "\U0010ffff")
        return sorted(self.words[first:last], key=lambda word: (len(word), word))[:MOST_BEGUN]

    def like(self, word: str) -> dict[str, int]:
        """Give words that differ by a letter or two, and by how many: one too many, too few, wrong,
        or two changed round.
        """
        most = next((errors for letters, errors in _FORGIVEN if len(word) >= letters), 0)
        if not most:
            return {}
        found = process.extract(
            word, self.words, scorer=OSA.distance, score_cutoff=most, limit=_MOST_ALIKE
        )
        return {other: int(distance) for other, distance, _ in found}


class _Kept:
    """What this process read last."""

    version: _Version | None = None
    vocabulary = Vocabulary((), {})


_KEPT = _Kept()
_LOCK = Lock()


def current() -> Vocabulary:
    """Give the words as they are now; read again only when there are new ones or fewer."""
    said = SearchWord.objects.aggregate(count=Count("pk"), newest=Max("made_at"))
    version = (said["count"], said["newest"])
    with _LOCK:
        if version == _KEPT.version:
            return _KEPT.vocabulary
    stems = dict(SearchWord.objects.values_list("word", "term"))
    vocabulary = Vocabulary(tuple(sorted(stems)), stems)
    with _LOCK:
        _KEPT.version, _KEPT.vocabulary = version, vocabulary
    return vocabulary
