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
"""

from collections.abc import Callable
from functools import partial
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matching.ranking.eligibility import RuleOutcomes
from matching.ranking.shared_words import SharedWords
from matching.ranking.suitability import PART_NAMES, Suitability, SuitabilityModel

MOST_REASONS = 4
#: A part that adds less than this to a score is no reason.
LEAST_VALUE = 0.01
#: Texts that share no word must be as alike as this (a weighted cosine) for parts of words to count
#: as a reason: under it, what they share is chance.
LEAST_LIKENESS_OF_PARTS = 0.1
_POSITIONS = range(len(PART_NAMES))
_TEXT_CODES = {"interests": "shared_words", "experience": "experience_words"}

Detail = tuple[str | int | float, ...]
#: The code and the detail of a reason, or None where no input can be named.
Finding = tuple[str, Detail] | None


class Reason(NamedTuple):
    """One reason: its code, what its part adds to the score, and the inputs behind it."""

    code: str
    value: float
    detail: Detail


def why_not(outcomes: RuleOutcomes, row: int = 0, column: int = 0) -> tuple[str, ...]:
    """Codes of the rules that keep one pair apart, gates first; empty where none does."""
    return outcomes.failed_codes(row, column)


class Explainer:
    """Finds the reasons of pairs that one fitted model scored."""

    def __init__(self, model: SuitabilityModel) -> None:
        vocabulary, knowledge = model.vocabulary_, model.knowledge_
        self._interests = SharedWords(model.interests_)
        self._experience = SharedWords(model.experience_)
        self._find: dict[str, Callable[[Suitability, int, int], Finding]] = {
            "interests": self._interest_parts,
            "experience": self._experience_parts,
            "causes": partial(_causes, vocabulary.causes, knowledge.causes.toarray()),
            "activities": partial(_activities, vocabulary.activities),
            "motives": partial(_motives, vocabulary.motives),
            "time": _free_on,
            "distance": _distance,
            "commitment": _commitment,
        }
        skills = vocabulary.skills, knowledge.skills
        languages = vocabulary.languages, knowledge.languages
        self._find |= {
            "skills_needed": partial(_rarest, "skills_match", "skills", "skills_needed", *skills),
            "skills_useful": partial(_rarest, "skills_useful", "skills", "skills_useful", *skills),
            "skills_gained": partial(_rarest, "skill_gained", "skills", "skills_gained", *skills),
            "languages": partial(_rarest, "shared_language", "languages", "languages", *languages),
        }

    def reasons(
        self,
        block: Suitability,
        rows: NDArray[np.integer],
        columns: NDArray[np.integer],
        contributions: NDArray[np.float32],
    ) -> list[tuple[Reason, ...]]:
        """At most four reasons of each of some pairs of a block, the largest contribution first.

        contributions: pairs × `CONTRIBUTION_NAMES`.
        """
        people, roles = block.volunteers, block.roles
        words = {
            "interests": self._interests.whole(people.interests, rows, roles.interests, columns),
            "experience": self._experience.whole(
                people.experience, rows, roles.experience, columns
            ),
        }
        pairs = zip(rows.tolist(), columns.tolist(), contributions.tolist(), strict=True)
        return [
            self._reasons_of(block, row, column, values, {p: w[at] for p, w in words.items()})
            for at, (row, column, values) in enumerate(pairs)
        ]

    def _reasons_of(
        self,
        block: Suitability,
        row: int,
        column: int,
        values: list[float],
        words: dict[str, tuple[str, ...]],
    ) -> tuple[Reason, ...]:
        """The reasons of one pair; `words` are the whole words that its texts share, by part."""
        found: list[Reason] = []
        for position in sorted(_POSITIONS, key=values.__getitem__, reverse=True):
            value, part = values[position], PART_NAMES[position]
            if value < LEAST_VALUE or len(found) == MOST_REASONS:
                break
            if words.get(part):
                found.append(Reason(_TEXT_CODES[part], value, words[part]))
            elif finding := self._find[part](block, row, column):
                found.append(Reason(finding[0], value, finding[1]))
        return tuple(found)

    def _interest_parts(self, block: Suitability, row: int, column: int) -> Finding:
        if block.parts["interests"].value[row, column] < LEAST_LIKENESS_OF_PARTS:
            return None
        people, role = block.volunteers, block.roles.interests.row(column)
        words = self._interests.parts(people.interests, row, people.columns.about[row], role)
        return (_TEXT_CODES["interests"], words) if words else None

    def _experience_parts(self, block: Suitability, row: int, column: int) -> Finding:
        if block.parts["experience"].value[row, column] < LEAST_LIKENESS_OF_PARTS:
            return None
        people, role = block.volunteers, block.roles.experience.row(column)
        text = people.columns.experience[row]
        words = self._experience.parts(people.experience, row, text, role)
        return (_TEXT_CODES["experience"], words) if words else None


def _tags(matrix: csr_array, row: int) -> list[int]:
    return matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]].tolist()


def _causes(
    codes: tuple[str, ...],
    likeness: NDArray[np.float32],
    block: Suitability,
    row: int,
    column: int,
) -> Finding:
    theirs = _tags(block.pairs.volunteers.causes, row)
    wanted = _tags(block.pairs.roles.causes, column)
    shared = sorted(set(theirs).intersection(wanted))
    if shared:
        return "shared_causes", tuple(codes[tag] for tag in shared)
    nearest = max(product(theirs, wanted), key=lambda pair: float(likeness[pair]))
    return "related_causes", tuple(codes[tag] for tag in nearest)


def _activities(codes: tuple[str, ...], block: Suitability, row: int, column: int) -> Finding:
    theirs = _tags(block.pairs.volunteers.activities, row)
    shared = sorted(set(theirs).intersection(_tags(block.pairs.roles.activities, column)))
    return "shared_activities", tuple(codes[tag] for tag in shared)


def _motives(codes: tuple[str, ...], block: Suitability, row: int, column: int) -> Finding:
    theirs = _tags(block.pairs.volunteers.motives, row)
    shared = sorted(set(theirs).intersection(_tags(block.pairs.roles.offers, column)))
    return "motive", tuple(codes[tag] for tag in shared)


def _rarest(
    code: str,
    of_people: str,
    of_roles: str,
    codes: tuple[str, ...],
    rarities: NDArray[np.float32],
    block: Suitability,
    row: int,
    column: int,
) -> Finding:
    """Tags that both have, rarest first."""
    has = _tags(getattr(block.pairs.volunteers, of_people), row)
    shared = set(has).intersection(_tags(getattr(block.pairs.roles, of_roles), column))
    return code, tuple(codes[tag] for tag in sorted(shared, key=lambda t: (-rarities[t], t)))


def _free_on(block: Suitability, row: int, column: int) -> Finding:
    return "free_on", (int(block.pairs.shared_slots[row, column]),)


def _distance(block: Suitability, row: int, column: int) -> Finding:
    if block.pairs.roles.from_home[column]:
        return "from_home", ()
    return "distance", (round(float(block.pairs.kilometres[row, column]), 3),)


def _commitment(block: Suitability, row: int, column: int) -> Finding:
    people, roles = block.pairs.volunteers, block.pairs.roles
    if people.one_off[row] != people.regular[row]:
        return "commitment", ("one_off" if roles.one_off[column] else "regular",)
    return "hours", (float(roles.hours_a_week[column]),)
