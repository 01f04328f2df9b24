"""Which items of a list a text mentions, by their names and the words people use for them."""

from collections.abc import Iterable
from typing import Self

from core.models.taxonomy import TermedItem
from core.taxonomy.lexicon import Lexicon
from core.taxonomy.terms import Item, concepts, grammar


class Mentions:
    """The words of one list or several, in every language that there are terms in: finds the items
    that a text mentions.

    A mention that is negated in its clause ("no children, please") does not count. Words that two
    languages share count in the language that the clause around them is in.
    """

    def __init__(self, codes: tuple[str, ...], phrases: dict[tuple[str, str], set[int]]) -> None:
        self.codes = codes
        self._owners = list(phrases.values())
        ignored = [number for number, owners in enumerate(self._owners) if not owners]
        self._lexicon = Lexicon(phrases, grammar(), ignored)

    @classmethod
    def of(cls, items: Iterable[TermedItem]) -> Self:
        """Read the names and terms of lists, in their order, and the terms in other languages."""
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
        return cls(tuple(codes), phrases)

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


def _plural(term: str) -> str:
    return f"{term}es" if term.endswith(("s", "x", "z", "ch", "sh")) else f"{term}s"
