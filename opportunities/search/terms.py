"""What a role is found by: each of its terms, with a weight."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from core.models.taxonomy import TermedItem
from core.places.wards import ward_name
from opportunities.models import Opportunity
from opportunities.models.search import LONGEST
from opportunities.search.taxonomy import items_mentioned, term_for
from opportunities.search.words import terms_of, words_in

#: Every role has this term: how many there are is counted as for any other.
EVERY_ROLE = "*"
#: What a word counts, by where it stands.
TITLE, SUMMARY, GROUP, PLACE, TAG, TAG_TERM, TEXT = 10.0, 4.0, 3.0, 2.0, 2.0, 1.0, 1.0
#: What an item of the taxonomy counts: the role is tagged with it, with one under it, speaks of it.
TAGGED, TAGGED_UNDER, SAID_IN_TITLE, SAID = 8.0, 3.0, 6.0, 1.5
#: As in BM25: how soon more of the same word adds little, how much a long text is held against it,
#: and what an ordinary role weighs in all.
_SATURATION, _LENGTH, _ORDINARY = 6.0, 0.3, 150.0
_UNIT = 1000


@dataclass(slots=True)
class RoleTerms:
    """A role's terms with their weights, and its words with the stem of each."""

    weights: dict[str, int]
    words: dict[str, str]


@dataclass(slots=True)
class _Count:
    counts: Counter[str] = field(default_factory=Counter)
    words: dict[str, str] = field(default_factory=dict)

    def add(self, text: str, weight: float) -> None:
        for word in words_in(text):
            terms = terms_of(word)
            self.words[word] = terms[0]
            for term in terms:
                self.counts[term] += weight  # type: ignore[assignment]  # a Counter of parts

    def add_items(self, terms: Iterable[str], weight: float) -> None:
        for term in terms:
            self.counts[term] += weight  # type: ignore[assignment]  # likewise


def terms_of_role(role: Opportunity) -> RoleTerms:
    """Read a role, whose group, tags (with the headings of causes), skills and languages are
    loaded with it.
    """
    count = _Count()
    for text, weight in (
        (role.title, TITLE),
        (role.summary, SUMMARY),
        (role.organisation.name, GROUP),
        (f"{role.place_name} {ward_name(role.ward_code)} {role.postcode}", PLACE),
        (f"{role.description} {role.gains}", TEXT),
        (" ".join(language.name for language in role.languages.all()), TAG),
    ):
        count.add(text, weight)
    for item in (*role.causes.all(), *role.activities.all(), *role.skills.all()):
        _add_tag(count, item, 1.0)
    for heading in {cause.parent for cause in role.causes.all() if cause.parent is not None}:
        _add_tag(count, heading, TAGGED_UNDER / TAGGED)
    count.add_items(items_mentioned(role.title), SAID_IN_TITLE)
    count.add_items(items_mentioned(f"{role.summary}\n{role.description}"), SAID)
    return RoleTerms(_weighed(count.counts), count.words)


def _add_tag(count: _Count, item: TermedItem, share: float) -> None:
    count.add(item.name, TAG * share)
    count.add(" ".join(item.term_list), TAG_TERM * share)
    count.add_items([term_for(item)], TAGGED * share)


def _weighed(counts: Counter[str]) -> dict[str, int]:
    long = 1 - _LENGTH + _LENGTH * sum(counts.values()) / _ORDINARY
    weights = {
        term[:LONGEST]: max(1, round(_UNIT * count / (count + _SATURATION * long)))
        for term, count in counts.items()
    }
    return {EVERY_ROLE: 1, **weights}
