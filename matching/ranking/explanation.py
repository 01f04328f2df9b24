"""Why a role suits a person, from the exact parts of the score; and why a pair is kept apart.

Codes and values, no sentences. A reason's value is what its part adds to the score, and its detail
holds the inputs that made the part: without one of them, value or detail changes or the reason
goes. A part that adds nothing, or next to nothing, gives no reason.

Codes and their details:

shared_causes       causes that both have, codes
related_causes      where none is shared: a cause of the person and the role's cause nearest to it
shared_activities   activities that both have, codes
skills_match        skills that the role needs and the person has, codes, rarest first
skills_useful       skills that the role can use, likewise
near_skill          where none is shared: a skill of the person, and the one of those that the role
                    needs which is nearest to it
skill_gained        skills that the role teaches and the person named, likewise
shared_language     languages that the role needs and the person speaks, codes, rarest first
motive              what the person wants to get out of it and the role offers, codes
free_on             (mask of shared slots,)
distance            (km,)
from_home           ()
commitment          ("one_off",) or ("regular",): the one kind that the person asked for
hours               (hours a week of the role,): as many as the person offers, or in part
shared_words        up to three words of `about` that the role's text has, strongest first
experience_words    likewise of `experience`
alike_text          (): `about` means much the same as the role's text, in other words
alike_experience    likewise of `experience`
"""

from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matching.ranking.eligibility import RuleOutcomes
from matching.ranking.matches import MOST_REASONS, NO_REASON, NUMBER_OF, Reason
from matching.ranking.shared_words import LEAST_SHARE_OF_PARTS, SharedWords
from matching.ranking.suitability import (
    PART_NAMES,
    TEXT_PARTS,
    Roles,
    Suitability,
    SuitabilityModel,
)
from matching.ranking.tag_rows import TAGS, entries_of

__all__ = ["LEAST_VALUE", "MOST_REASONS", "Explainer", "Reason", "Reasons", "why_not"]

#: A part that adds less than this to a score is no reason.
LEAST_VALUE = 0.01
#: Texts that share no word must be as alike as this (a weighted cosine) for parts of words to count
#: as a reason: under it, what they share is chance.
LEAST_LIKENESS_OF_PARTS = 0.1
#: Likewise for texts that share no words at all, in the eyes of the encoders.
LEAST_LIKENESS_OF_MEANING = 0.2
_TEXT_CODES = {"interests": "shared_words", "experience": "experience_words"}
_MEANING_CODES = {"interests": "alike_text", "experience": "alike_experience"}
_TAG_CODES = {
    "causes": "shared_causes",
    "activities": "shared_activities",
    "skills_needed": "skills_match",
    "skills_useful": "skills_useful",
    "skills_gained": "skill_gained",
    "languages": "shared_language",
    "motives": "motive",
}
#: Parts that count what is only near, and the code of the reason where nothing is shared.
_NEAR_CODES = {"causes": "related_causes", "skills_needed": "near_skill"}
_KINDS = {"causes": "causes", "activities": "activities", "languages": "languages"}

Positions = NDArray[np.integer]


class Details(NamedTuple):
    """Details of one part's reasons: of which pairs, under which code, and what they are made of
    (see `matches.FORMS`), `counts[i]` numbers for pair `pairs[i]`, one after the other.
    """

    pairs: Positions
    codes: NDArray[np.uint8] | int
    counts: Positions
    numbers: NDArray[np.integer]


class Reasons(NamedTuple):
    """Reasons of some pairs, the largest contribution first.

    codes: uint8 (pairs × 4), places in `matches.REASON_CODES`, `NO_REASON` where there is none.
    lengths: uint8 (pairs × 4), how many numbers each detail has. numbers: uint32, those of all.
    """

    codes: NDArray[np.uint8]
    lengths: NDArray[np.uint8]
    numbers: NDArray[np.uint32]


def why_not(outcomes: RuleOutcomes, row: int = 0, column: int = 0) -> tuple[str, ...]:
    """Codes of the rules that keep one pair apart, gates first; empty where none does."""
    return outcomes.failed_codes(row, column)


class Explainer:
    """Finds the reasons of pairs that one fitted model scored.

    Attribute: `texts`, what details that are texts point at. It grows with words that people wrote
    and no role has.
    """

    def __init__(self, model: SuitabilityModel) -> None:
        vocabulary, knowledge = model.vocabulary_, model.knowledge_
        self._shared = {
            "interests": SharedWords(model.interests_),
            "experience": SharedWords(model.experience_),
        }
        self._likeness = {
            "causes": knowledge.causes.toarray(),
            "skills_needed": knowledge.near_skills.toarray(),
        }
        rarest_first = {
            "skills": _ranks(knowledge.skills),
            "languages": _ranks(knowledge.languages),
        }
        self._rank = {part: rarest_first.get(of_people) for part, (of_people, _) in TAGS.items()}
        self.texts: list[str] = []
        names = {
            "causes": vocabulary.causes,
            "activities": vocabulary.activities,
            "skills": vocabulary.skills,
            "languages": vocabulary.languages,
            "motives": vocabulary.motives,
        }
        first = {kind: self._add(codes) for kind, codes in names.items()}
        self._first = {part: first[of_people] for part, (of_people, _) in TAGS.items()}
        self._kinds_of_role = self._add(("regular", "one_off"))
        for part, shared in self._shared.items():
            self._first[part] = self._add(shared.names.tolist())
        self._place_of: dict[str, int] = {}
        self._adding = Lock()
        self._roles: WeakKeyDictionary[Roles, _RoleInputs] = WeakKeyDictionary()

    def reasons(
        self,
        block: Suitability,
        rows: Positions,
        columns: Positions,
        contributions: NDArray[np.float32],
    ) -> Reasons:
        """At most four reasons of each of some pairs of a block.

        contributions: pairs × `CONTRIBUTION_NAMES`.
        """
        pairs = _Pairs(block, rows, columns, self._inputs_of(block.roles))
        values = contributions[:, : len(PART_NAMES)].copy()
        values[values < LEAST_VALUE] = 0
        named = {part: self._words(pairs, part, values) for part in TEXT_PARTS}
        useful = PART_NAMES.index("skills_useful")
        values[~pairs.shares_any("skills_useful"), useful] = 0
        slots = _slots(values)
        found = [
            (
                slots[:, place],
                self._details(part, pairs, np.flatnonzero(slots[:, place] >= 0), named),
            )
            for place, part in enumerate(PART_NAMES)
        ]
        return _joined(len(rows), found)

    def prepare(self, roles: Roles) -> None:
        """Have at hand what details of these roles are made of, before several threads ask."""
        self._inputs_of(roles)

    def _add(self, texts: tuple[str, ...] | list[str]) -> int:
        """The place of the first of these in `texts`."""
        self.texts.extend(texts)
        return len(self.texts) - len(texts)

    def _inputs_of(self, roles: Roles) -> "_RoleInputs":
        """What details of these roles are made of; worked out once."""
        if (inputs := self._roles.get(roles)) is None:
            tags = {
                part: _in_order(getattr(roles.columns, of_roles), self._rank[part])
                for part, (_, of_roles) in TAGS.items()
            }
            words, fragments = {}, {}
            for part, shared in self._shared.items():
                sparse = getattr(roles, part).vectors.sparse
                words[part], fragments[part] = shared.words_in(sparse), shared.fragments_in(sparse)
            inputs = self._roles[roles] = _RoleInputs(tags, words, fragments)
        return inputs

    def _words(self, pairs: "_Pairs", part: str, values: NDArray[np.float32]) -> Details:
        """Words that the texts share. Without any the part is no reason: its value goes."""
        place, shared = PART_NAMES.index(part), self._shared[part]
        chosen = np.flatnonzero(values[:, place])
        rows, columns = pairs.rows[chosen], pairs.columns[chosen]
        sparse = getattr(pairs.block.volunteers, part).sparse
        named = shared.whole(shared.words_in(sparse), rows, pairs.inputs.words[part], columns)
        numbers = named.words + self._first[part]
        without = named.counts == 0
        found = Details(
            chosen[~without], NUMBER_OF[_TEXT_CODES[part]], named.counts[~without], numbers
        )
        left = chosen[without]
        likeness = pairs.block.text_values[part][pairs.rows[left], pairs.columns[left]]
        parts = self._parts_of_words(pairs, part, left[likeness >= LEAST_LIKENESS_OF_PARTS])
        # The encoders read the same things in other words, which have no names.
        same = left[(likeness >= LEAST_LIKENESS_OF_MEANING) & ~np.isin(left, parts.pairs)]
        same = same if pairs.block.roles.has_meaning else same[:0]
        nothing = np.zeros(len(same), np.intp)
        alike = Details(same, NUMBER_OF[_MEANING_CODES[part]], nothing, nothing[:0])
        values[np.setdiff1d(left, np.concatenate([parts.pairs, same])), place] = 0
        return _both(_both(found, parts), alike)

    def _parts_of_words(self, pairs: "_Pairs", part: str, chosen: Positions) -> Details:
        """The person's words that have parts in common with the role."""
        shared, block = self._shared[part], pairs.block
        people = shared.fragments_in(getattr(block.volunteers, part).sparse)
        roles = pairs.inputs.fragments[part]
        rows, columns = pairs.rows[chosen], pairs.columns[chosen]
        # Few share enough; only their words are looked at one by one.
        products = csr_array(people[rows].multiply(roles[columns]))
        some = np.flatnonzero(products.sum(axis=1) >= LEAST_SHARE_OF_PARTS)
        texts = _texts_of(block, part)
        named = shared.parts(products[some], [texts[row] for row in rows[some].tolist()])
        counts = np.zeros(len(chosen), np.intp)
        counts[some] = [len(words) for words in named]
        numbers = [self._place(word) for words in named for word in words]
        given, code = counts > 0, NUMBER_OF[_TEXT_CODES[part]]
        return Details(chosen[given], code, counts[given], np.array(numbers, np.intp))

    def _place(self, word: str) -> int:
        """The place in `texts` of a word that somebody wrote."""
        with self._adding:
            if word not in self._place_of:
                self._place_of[word] = self._add((word,))
            return self._place_of[word]

    def _details(
        self, part: str, pairs: "_Pairs", chosen: Positions, named: dict[str, Details]
    ) -> Details:
        """Details of one part for those pairs of which it is a reason."""
        if part in named:
            return named[part]
        rows, columns = pairs.rows[chosen], pairs.columns[chosen]
        if part in TAGS:
            return self._shared_tags(part, pairs, chosen)
        people, roles = pairs.block.pairs.volunteers, pairs.block.pairs.roles
        nothing, one = np.zeros(len(chosen), np.intp), np.ones(len(chosen), np.intp)
        none = np.empty(0, np.intp)
        if part == "time":
            shared = people.availability[rows] & roles.slots[columns]
            return Details(chosen, NUMBER_OF["free_on"], one, shared)
        if part == "distance":
            home, away = NUMBER_OF["from_home"], NUMBER_OF["distance"]
            codes = np.where(roles.from_home[columns], home, away).astype(np.uint8)
            return Details(chosen, codes, nothing, none)
        chose = (people.one_off ^ people.regular)[rows]
        kinds = self._kinds_of_role + roles.one_off[columns]
        hours = np.nan_to_num(roles.hours_a_week[columns]).astype(np.float32).view(np.uint32)
        codes = np.where(chose, NUMBER_OF["commitment"], NUMBER_OF["hours"]).astype(np.uint8)
        return Details(chosen, codes, one, np.where(chose, kinds, hours))

    def _shared_tags(self, part: str, pairs: "_Pairs", chosen: Positions) -> Details:
        """Tags that both have, and where there are none the two that are nearest."""
        at, tags = pairs.tags(part, chosen)
        both = pairs.has(part)[pairs.rows[chosen][at], tags]
        counts = np.bincount(at[both], minlength=len(chosen))
        some, first = counts > 0, self._first[part]
        found = Details(chosen[some], NUMBER_OF[_TAG_CODES[part]], counts[some], tags[both] + first)
        if part not in _NEAR_CODES or some.all():
            return found
        only_near = chosen[~some]
        nearest = self._nearest(part, pairs, only_near) + first
        two = np.full(len(only_near), 2, np.intp)
        return _both(found, Details(only_near, NUMBER_OF[_NEAR_CODES[part]], two, nearest.ravel()))

    def _nearest(self, part: str, pairs: "_Pairs", chosen: Positions) -> Positions:
        """A tag of the person and one of the role's, the nearest two of each pair, (pairs × 2)."""
        at, tags = pairs.tags(part, chosen)
        rows = pairs.rows[chosen]
        near = pairs.block.people.has[part][rows[at], tags]
        # Of the tags of each pair the nearest; the first where several are as near.
        order = np.lexsort((np.arange(len(at)), -near, at))
        _, firsts = np.unique(at[order], return_index=True)
        theirs = tags[order][firsts]
        ours = np.where(pairs.has(part)[rows], self._likeness[part].T[theirs], 0).argmax(axis=1)
        return np.stack([ours, theirs], axis=1)


_explainers: WeakKeyDictionary[SuitabilityModel, Explainer] = WeakKeyDictionary()


def explainer_of(model: SuitabilityModel) -> Explainer:
    """The explainer of a fitted model, made once."""
    if (explainer := _explainers.get(model)) is None:
        explainer = _explainers[model] = Explainer(model)
    return explainer


class _RoleInputs(NamedTuple):
    """Tags of roles by part, in the order in which they are named; words of their texts, and parts
    of words, by part.
    """

    tags: dict[str, csr_array]
    words: dict[str, csr_array]
    fragments: dict[str, csr_array]


class _Pairs(NamedTuple):
    """Pairs of a block: person `rows[i]` and role `columns[i]`."""

    block: Suitability
    rows: Positions
    columns: Positions
    inputs: _RoleInputs

    def tags(self, part: str, chosen: Positions) -> tuple[Positions, Positions]:
        """The tags of the roles of some pairs: place in `chosen`, and tag."""
        at, tags, _ = entries_of(self.inputs.tags[part], self.columns[chosen])
        return at, tags

    def has(self, part: str) -> NDArray[np.bool_]:
        """Which tags the people themselves named, (n × tags)."""
        return self.block.people.named[TAGS[part][0]]

    def shares_any(self, part: str) -> NDArray[np.bool_]:
        """Whether the two share any tag, (pairs,)."""
        everyone = np.arange(len(self.rows))
        at, tags = self.tags(part, everyone)
        both = self.has(part)[self.rows[at], tags]
        return np.bincount(at[both], minlength=len(everyone)) > 0


def _texts_of(block: Suitability, part: str) -> list[str]:
    columns = block.volunteers.columns
    return columns.about if part == "interests" else columns.experience


def _ranks(rarities: NDArray[np.float32]) -> Positions:
    """The place of each tag, the rarest first."""
    places = np.empty(len(rarities), np.intp)
    places[np.lexsort((np.arange(len(rarities)), -rarities))] = np.arange(len(rarities))
    return places


def _in_order(tags: csr_array, ranks: Positions | None) -> csr_array:
    """Tags with those of each row in the order of their ranks, or as the vocabulary has them."""
    at_row = np.repeat(np.arange(tags.shape[0]), np.diff(tags.indptr))
    order = np.lexsort((tags.indices if ranks is None else ranks[tags.indices], at_row))
    return csr_array((tags.data[order], tags.indices[order], tags.indptr), shape=tags.shape)


def _slots(values: NDArray[np.float32]) -> NDArray[np.int8]:
    """Which of the four reasons each part is, -1 where it is none, (pairs × parts)."""
    best = np.argsort(-values, axis=1, kind="stable")[:, :MOST_REASONS]
    slots = np.full(values.shape, -1, np.int8)
    np.put_along_axis(slots, best, np.arange(MOST_REASONS, dtype=np.int8)[None, :], axis=1)
    slots[values <= 0] = -1
    return slots


def _both(one: Details, other: Details) -> Details:
    """Details of different pairs as one, by pair."""
    if not len(other.pairs):
        return one
    both = [np.concatenate([a, b]) for a, b in zip(one[2:], other[2:], strict=True)]
    pairs = np.concatenate([one.pairs, other.pairs])
    codes = np.concatenate([np.full(len(d.pairs), d.codes, np.uint8) for d in (one, other)])
    return Details(pairs, codes, *both)


def _joined(count: int, found: list[tuple[NDArray[np.int8], Details]]) -> Reasons:
    """The reasons of all parts by pair and slot."""
    codes = np.full(count * MOST_REASONS, NO_REASON, np.uint8)
    lengths = np.zeros(count * MOST_REASONS, np.uint8)
    places, numbers = [], []
    for slots, details in found:
        in_use = slots[details.pairs] >= 0
        at = details.pairs * MOST_REASONS + slots[details.pairs]
        codes[at[in_use]] = np.broadcast_to(details.codes, in_use.shape)[in_use]
        lengths[at[in_use]] = details.counts[in_use]
        each = np.repeat(in_use, details.counts)
        places.append((at[in_use], details.counts[in_use]))
        numbers.append(details.numbers[each].astype(np.uint32))
    starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.intp)))
    together = np.empty(starts[-1], np.uint32)
    for (at, counts), given in zip(places, numbers, strict=True):
        before = np.cumsum(counts) - counts
        together[np.repeat(starts[at] - before, counts) + np.arange(len(given))] = given
    shape = (count, MOST_REASONS)
    return Reasons(codes.reshape(shape), lengths.reshape(shape), together)
