"""Which items of a list a text mentions, by their names and the words people use for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from core.models.taxonomy import TermedItem
from core.taxonomy.lexicon import REACH, Lexicon
from core.taxonomy.terms import Item, concepts, grammar


@dataclass(frozen=True)
class Wording:
    """How one kind of text speaks, beside the lists' own words: English terms with the items that
    they stand for, and terms with the items that they do not stand for here (all, if none).

    `reach` is how many words a "not" reaches; with `only_longest` nothing is found inside a longer
    phrase: "mental health first aider" is no first aider.
    """

    added: tuple[tuple[str, frozenset[Item]], ...] = ()
    dropped: tuple[tuple[str, frozenset[Item]], ...] = ()
    reach: int = REACH
    only_longest: bool = False


_PLAIN = Wording()


class Mentions:
    """The words of one list or several, in every language that there are terms in: finds the items
    that a text mentions.

    A mention that is negated in its clause ("no children, please") does not count. Words that two
    languages share count in the language that the clause around them is in.
    """

    def __init__(
        self,
        codes: tuple[str, ...],
        phrases: dict[tuple[str, str], set[int]],
        wording: Wording = _PLAIN,
    ) -> None:
        self.codes = codes
        self._owners = list(phrases.values())
        ignored = [number for number, owners in enumerate(self._owners) if not owners]
        self._lexicon = Lexicon(
            phrases,
            grammar(),
            ignored,
            reach=wording.reach,
            only_longest=wording.only_longest,
        )

    @classmethod
    def of(cls, items: Iterable[TermedItem], wording: Wording = _PLAIN) -> Self:
        """Read the names and terms of lists, in their order, and the terms in other languages;
        then what is different in this kind of text.
        """
        codes: list[str] = []
        places: dict[Item, int] = {}
        phrases: dict[tuple[str, str], set[int]] = {}
        for place, item in enumerate(items):
            codes.append(item.code)
            places[type(item).__name__.lower(), item.code] = place
            # Commas part clauses: of "Games, quizzes and social time" the end is looked for.
            for term in (item.name.split(", ")[-1].lower(), *item.term_list):
                for form in (term, _plural(term)):
                    phrases.setdefault(("en", form), set()).add(place)
        for concept in concepts():
            owners = {places[item] for item in concept.items if item in places}
            if owners or not concept.items:
                for term in concept.terms:
                    phrases.setdefault((concept.language, term), set()).update(owners)
        _reword(phrases, places, wording)
        return cls(tuple(codes), phrases, wording)

    def places(self, text: str) -> list[int]:
        """Give the places in the list of what `text` mentions: those with the most different words
        or phrases first, else in the order of the list.
        """
        counts: dict[int, int] = {}
        for phrase in {found.phrase for found in self._lexicon.find(text) if not found.negated}:
            for place in self._owners[phrase]:
                counts[place] = counts.get(place, 0) + 1
        return sorted(counts, key=lambda place: (-counts[place], place))

    def in_text(self, text: str) -> list[str]:
        """Give the codes of `places`."""
        return [self.codes[place] for place in self.places(text)]


def _reword(
    phrases: dict[tuple[str, str], set[int]], places: dict[Item, int], wording: Wording
) -> None:
    for term, items in wording.dropped:
        for form in (term, _plural(term)):
            if owners := phrases.get(("en", form)):
                owners -= {places[item] for item in items if item in places} if items else owners
    for term, items in wording.added:
        if owners := {places[item] for item in items if item in places}:
            phrases.setdefault(("en", term), set()).update(owners)


def _plural(term: str) -> str:
    return f"{term}es" if term.endswith(("s", "x", "z", "ch", "sh")) else f"{term}s"
