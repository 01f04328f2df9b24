"""Read what a person looks for: which terms each of their words stands for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from django.db.models import Count

from core.taxonomy.words import words_of
from opportunities.models import SearchTerm
from opportunities.search import vocabulary
from opportunities.search.taxonomy import items_meant
from opportunities.search.terms import EVERY_ROLE
from opportunities.search.words import COMMON_WORDS, terms_of, words_in

#: More words than these are not looked for.
MOST_WORDS = 10
#: An item of the taxonomy is named by so many words at most.
_LONGEST_NAME = 3
#: What a word counts by how it was come by: as it was written, through the taxonomy, as the
#: beginning of another.
_AS_WRITTEN, _AS_ITEM, _AS_BEGINNING = 1.0, 0.7, 0.6
_UNIT = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word that is looked for: as it was written, as it is read (the same, unless it was taken
    for a typing error), and its terms with what each counts.
    """

    written: str
    read: str
    terms: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that was read. `says_nothing`: there is a text, but no word to look for."""

    text: str
    words: tuple[Wanted, ...] = ()
    says_nothing: bool = False

    @property
    def corrected(self) -> str:
        """The text with the words that were read otherwise; '' where all are as written."""
        changed = {word.written: word.read for word in self.words if word.read != word.written}
        if not changed:
            return ""
        return " ".join(
            next((changed[word] for word in words_of(piece) if word in changed), piece)
            for piece in self.text.split()
        )


def read(text: str, *, forgiving: bool = True) -> Reading:
    """Read a text. Not `forgiving`: nothing is taken for a typing error or a beginning."""
    text = " ".join(text.replace("\x00", " ").split())
    if not text:
        return Reading("")
    every = list(dict.fromkeys(words_in(text)))[:MOST_WORDS]
    words = [word for word in every if word not in COMMON_WORDS] or every
    if not words:
        return Reading(text, says_nothing=True)
    items = _items_of(every)
    terms = {word: [*terms_of(word), *items.get(word, ())] for word in words}
    counts = _roles_with(term for several in terms.values() for term in several)
    others: dict[str, _Other] = {}
    unknown = [word for word in words if not any(counts.get(term) for term in terms[word])]
    if unknown and forgiving:
        others = _others(unknown, last=every[-1])
    return Reading(
        text,
        tuple(
            others[word].wanted(word, counts[EVERY_ROLE])
            if word in others
            else _wanted(word, word, terms[word], counts)
            for word in words
        ),
    )


@dataclass(frozen=True, slots=True)
class _Other:
    """What an unknown word is read as."""

    word: str
    terms: Sequence[str]
    counts: Mapping[str, int]
    is_beginning: bool

    def wanted(self, written: str, roles: int) -> Wanted:
        share = _AS_BEGINNING if self.is_beginning else _AS_WRITTEN
        read = written if self.is_beginning else self.word
        return _wanted(written, read, self.terms, {**self.counts, EVERY_ROLE: roles}, share)


def _wanted(
    written: str,
    read: str,
    terms: Iterable[str],
    counts: Mapping[str, int],
    share: float = _AS_WRITTEN,
) -> Wanted:
    """Weigh the terms of a word: the fewer roles have one of them, the more it says."""
    terms = list(dict.fromkeys(terms))
    roles = counts.get(EVERY_ROLE, 0)
    having = min(roles, max((counts.get(term, 0) for term in terms), default=0))
    rare = log(1 + (roles - having + 0.5) / (having + 0.5))
    own = set(terms_of(read))
    return Wanted(
        written,
        read,
        {
            term: max(1, round(_UNIT * rare * share * (1 if term in own else _AS_ITEM)))
            for term in terms
        },
    )


def _items_of(words: Sequence[str]) -> dict[str, list[str]]:
    """Give for each word the items that it names, alone or together with its neighbours."""
    found: dict[str, list[str]] = {}
    for length in range(1, _LONGEST_NAME + 1):
        for start in range(len(words) - length + 1):
            span = words[start : start + length]
            for item in items_meant(" ".join(span)):
                # "Day centre" is one thing; "children" in "read children" was found before.
                if length == 1 or not any(item in found.get(word, ()) for word in span):
                    for word in span:
                        found.setdefault(word, []).append(item)
    return found


def _others(unknown: Sequence[str], *, last: str) -> dict[str, _Other]:
    """Give what unknown words can be read as: the last one as a beginning, any as an error."""
    known = vocabulary.current()
    begun = {word: known.beginning_with(word) for word in unknown if word == last}
    alike = {word: known.like(word) for word in unknown if not begun.get(word)}
    terms = {
        other: [*terms_of(other), *items_meant(other)]
        for others in (*begun.values(), *alike.values())
        for other in others
    }
    counts = _roles_with(term for several in terms.values() for term in several)
    read: dict[str, _Other] = {}
    for word in unknown:
        started = [term for other in begun.get(word, ()) for term in terms_of(other)]
        if any(counts.get(term) for term in started):
            read[word] = _Other(word, started, counts, is_beginning=True)
            continue
        likely = sorted(
            (other for other in alike.get(word, ()) if counts.get(terms_of(other)[0])),
            key=lambda other: (
                alike[word][other],
                other[0] != word[0],
                -counts[terms_of(other)[0]],
                other,
            ),
        )
        if likely:
            read[word] = _Other(likely[0], terms[likely[0]], counts, is_beginning=False)
    return read


def _roles_with(terms: Iterable[str]) -> dict[str, int]:
    """Give how many roles have each term, and how many there are."""
    counted = (
        SearchTerm.objects.filter(term__in={EVERY_ROLE, *terms})
        .order_by()
        .values("term")
        .annotate(roles=Count("pk"))
    )
    return {EVERY_ROLE: 0} | dict(counted.values_list("term", "roles"))
