"""Phrases of several languages, found in texts by their words.

A phrase is words in a row, `gardening` or `after school`; a word with a `*` at its end has any
ending (`garden*`), with a `*` at its beginning any beginning (`*garten`). `a + b` is both in one
clause, in any order.

Each different word is looked up once and what is known of it is kept, so that a text costs little
more than cutting it into words.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from core.taxonomy.terms import Grammar
from core.taxonomy.words import clauses_of, forms_of, words_of

#: A negation reaches so many words ahead, or (where it follows, as in Hindi) back.
REACH = 6
#: Words whose look-up is kept, at most.
_MOST_KEPT = 200_000
#: Languages in Latin letters share forms ("Art", "care", "die"): there the text's own decides.
LATIN = frozenset({"en", "de", "es", "pl", "ro"})


@dataclass(frozen=True)
class Found:
    """A phrase found in a text: what it is (its number in the lexicon), and whether a "not" that
    belongs to it stands by.
    """

    phrase: int
    negated: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """What is known of one word: phrases that it begins (number, language, the words that must
    follow), whose common word it is, and what it does to others.
    """

    begins: tuple[tuple[int, str, tuple[str, ...]], ...]
    common_in: tuple[str, ...]
    does: frozenset[str]


#: Words of a clause with what is known of them; spans of words by the number of a phrase.
_Clause = list[tuple[str, _Word]]
_Places = dict[int, list[tuple[int, int]]]


@dataclass
class _Index:
    """Things by word, stem and ending."""

    whole: dict[str, list[tuple[int, str, tuple[str, ...]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    stems: dict[str, list[tuple[int, str, tuple[str, ...]]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    endings: dict[str, list[tuple[int, str, tuple[str, ...]]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, pattern: str, entry: tuple[int, str, tuple[str, ...]]) -> None:
        if pattern.endswith("*"):
            self.stems[pattern[:-1]].append(entry)
        elif pattern.startswith("*"):
            self.endings[pattern[1:]].append(entry)
        else:
            self.whole[pattern].append(entry)

    def of(self, word: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
        yield from self.whole.get(word, ())
        for at in range(1, len(word) + 1):
            yield from self.stems.get(word[:at], ())
            yield from self.endings.get(word[-at:], ())


class Lexicon:
    """Finds phrases. Made of (language, phrase) and what is said around them."""

    def __init__(
        self,
        phrases: Iterable[tuple[str, str]],
        grammar: Iterable[Grammar],
        ignored: Iterable[int] = (),
        *,
        reach: int = REACH,
        only_longest: bool = False,
    ) -> None:
        """phrases: (language, phrase), numbered in this order. ignored: numbers of those that are
        never found themselves, and inside which nothing is. reach: how many words a "not" reaches.
        only_longest: inside any phrase nothing shorter is found.
        """
        self._reach = reach
        self._only_longest = only_longest
        self._index = _Index()
        self._ignored = frozenset(ignored)
        #: Phrases of parts: by the number of the first part, (number, all parts).
        self._joined: dict[int, list[tuple[int, frozenset[int]]]] = defaultdict(list)
        #: A part's own number is below 0, so that it is not taken for a phrase.
        self._parts: dict[tuple[str, str], int] = {}
        for number, (language, phrase) in enumerate(phrases):
            parts = [part.strip() for part in phrase.split(" + ")]
            if len(parts) == 1:
                self._add(number, language, phrase)
            else:
                numbers = [self._part(language, part) for part in parts]
                self._joined[numbers[0]].append((number, frozenset(numbers)))
        self._grammar = _Index()
        self._roles: list[tuple[str, str]] = []
        for row in grammar:
            for word in row.words:
                self._grammar.add(words_of(word)[0], (len(self._roles), row.language, ()))
            self._roles.append((row.language, row.kind))
        self._known: dict[str, _Word] = {}

    def find(self, text: str) -> list[Found]:
        """Every phrase in the text, each time it stands there."""
        clauses = [
            known
            for words in clauses_of(text)
            for known in _split([(word, self._look_up(word)) for word in words])
        ]
        overall = _languages(chain.from_iterable(clauses), least=2)
        return [
            found
            for clause in clauses
            if any(known.begins for _, known in clause)
            for found in self._in_clause(clause, _languages(clause) | overall)
        ]

    def _in_clause(self, clause: _Clause, languages: frozenset[str]) -> Iterator[Found]:
        places = self._places(clause, languages)
        if not places:
            return
        self._join(places)
        if not self._ignored.isdisjoint(places):
            _hide(places, self._ignored)
        if self._only_longest:
            _keep_longest(places)
        before, after = _negations(clause)
        for number, spans in places.items():
            if number >= 0:
                for start, end in spans:
                    yield Found(number, _is_negated(start, end, before, after, self._reach))

    def _places(self, clause: _Clause, languages: frozenset[str]) -> _Places:
        """Where phrases and parts of phrases stand, those of other languages than the text's left
        out where letters are shared.
        """
        places: _Places = {}
        for at, (_, known) in enumerate(clause):
            for number, language, rest in known.begins:
                foreign = languages and language in LATIN and language not in languages
                if not foreign and (not rest or _follow(clause, at + 1, rest)):
                    places.setdefault(number, []).append((at, at + 1 + len(rest)))
        return places

    def _join(self, places: _Places) -> None:
        """Add the phrases of which all parts are there, at the places of their parts."""
        for first in self._joined.keys() & places.keys():
            for number, parts in self._joined[first]:
                if parts <= places.keys():
                    places[number] = [place for part in parts for place in places[part]]

    def _add(self, number: int, language: str, phrase: str) -> None:
        first, *rest = words_of(phrase)
        self._index.add(first, (number, language, tuple(rest)))

    def _part(self, language: str, part: str) -> int:
        if (language, part) not in self._parts:
            number = -1 - len(self._parts)
            self._parts[language, part] = number
            self._add(number, language, part)
        return self._parts[language, part]

    def _look_up(self, word: str) -> _Word:
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            known = self._known[word] = self._read(word)
        return known

    def _read(self, word: str) -> _Word:
        # What the whole word means comes first: "والدين" are parents, though "دين" is faith.
        found = (list(self._index.of(form)) for form in forms_of(word))
        begins = dict.fromkeys(next(filter(None, found), ()))
        roles = [self._roles[number] for number, _, _ in self._grammar.of(word)]
        return _Word(
            tuple(begins),
            tuple(language for language, kind in roles if kind == "common"),
            frozenset(kind for _, kind in roles if kind != "common"),
        )


def _split(clause: _Clause) -> Iterator[_Clause]:
    """Cut before a "but", and after a word that ends a clause where the verb comes last."""
    part: _Clause = []
    for entry in clause:
        if "but" in entry[1].does and part:
            yield part
            part = []
        part.append(entry)
        if "end" in entry[1].does:
            yield part
            part = []
    if part:
        yield part


def _languages(entries: Iterable[tuple[str, _Word]], least: int = 1) -> frozenset[str]:
    """The languages whose common words are the most; none if they are fewer than `least`."""
    counts: dict[str, int] = {}
    for _, known in entries:
        for language in known.common_in:
            counts[language] = counts.get(language, 0) + 1
    most = max(least, *counts.values()) if counts else least
    return frozenset(language for language, count in counts.items() if count == most)


def _hide(places: _Places, ignored: frozenset[int]) -> None:
    """Take away phrases that are ignored, and what stands inside them."""
    hidden = [span for number in ignored & places.keys() for span in places.pop(number)]
    for number, spans in list(places.items()):
        left = [
            (start, end)
            for start, end in spans
            if not any(first <= start and end <= last for first, last in hidden)
        ]
        if left:
            places[number] = left
        else:
            del places[number]


def _keep_longest(places: _Places) -> None:
    """Take away what stands inside a longer phrase."""
    every = {span for number, spans in places.items() if number >= 0 for span in spans}
    for number, spans in list(places.items()):
        places[number] = [
            (start, end)
            for start, end in spans
            if not any(
                first <= start and end <= last and last - first > end - start
                for first, last in every
            )
        ]


def _follow(clause: _Clause, at: int, rest: tuple[str, ...]) -> bool:
    if len(clause) < at + len(rest):
        return False
    return all(
        _is_like(word, pattern)
        for (word, _), pattern in zip(clause[at : at + len(rest)], rest, strict=True)
    )


def _is_like(word: str, pattern: str) -> bool:
    if pattern.endswith("*"):
        return any(form.startswith(pattern[:-1]) for form in forms_of(word))
    if pattern.startswith("*"):
        return word.endswith(pattern[1:])
    return pattern in forms_of(word)


def _negations(clause: _Clause) -> tuple[list[int], list[int]]:
    """Where a "not" stands that goes with what comes after it, and with what came before it."""
    does = [known.does for _, known in clause]
    undone = [any("only" in other for other in does[at + 1 : at + 3]) for at in range(len(does))]
    before = [at for at, does_it in enumerate(does) if "not-before" in does_it and not undone[at]]
    after = [at for at, does_it in enumerate(does) if "not-after" in does_it and not undone[at]]
    return before, after


def _is_negated(
    start: int, end: int, before: Iterable[int], after: Iterable[int], reach: int
) -> bool:
    return any(0 < start - at <= reach for at in before) or any(
        start <= at < end + reach for at in after
    )
