"""How well each possible role suits each person: a weighted sum of named parts, each in [0, 1].

score = Σ weight × value over the parts that are known + Σ weight × neutral value over the others.
The weights and the neutral values stand in `weights.py`. What a pair's parts contribute, with what
was not said as a contribution of its own, adds up to its score exactly (to float32).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator, clone
from sklearn.utils.validation import check_is_fitted

from matching.ranking.columns import RoleColumns, Rows, Vocabulary, VolunteerColumns
from matching.ranking.pairs import Pairs
from matching.ranking.parts import Part, TagKnowledge, practical_parts, tag_parts
from matching.ranking.text import TextVectors
from matching.ranking.text_memory import RoleVectors, TextMemory
from matching.ranking.weights import Neutral, Weights

#: The parts, in the order of contributions; "not_said" comes after them.
PART_NAMES: tuple[str, ...] = tuple(Weights().as_dict())
NOT_SAID = "not_said"
CONTRIBUTION_NAMES: tuple[str, ...] = (*PART_NAMES, NOT_SAID)


@dataclass(frozen=True, eq=False)
class Volunteers:
    """People with the vectors of their texts (`SuitabilityModel.read_volunteers`)."""

    columns: VolunteerColumns
    interests: csr_array
    experience: csr_array

    def __len__(self) -> int:
        return len(self.columns)

    def take(self, rows: Rows) -> "Volunteers":
        """Some of them, in this order."""
        return Volunteers(self.columns.take(rows), self.interests[rows], self.experience[rows])


@dataclass(frozen=True, eq=False)
class Roles:
    """Roles with the vectors of their texts (`SuitabilityModel.read_roles`)."""

    columns: RoleColumns
    interests: RoleVectors
    experience: RoleVectors

    def __len__(self) -> int:
        return len(self.columns)


@dataclass(frozen=True, eq=False)
class Suitability:
    """n people × m roles: every part, the score, and what each part contributes to it."""

    pairs: Pairs
    volunteers: Volunteers
    roles: Roles
    parts: dict[str, Part]
    weights: dict[str, float]
    neutral: dict[str, float]

    @cached_property
    def score(self) -> NDArray[np.float32]:
        """Σ of all contributions, in [0, 1], (n × m)."""
        total = np.zeros(self.pairs.shape, np.float32)
        for name, part in self.parts.items():
            weight = np.float32(self.weights[name])
            not_said = weight * np.float32(self.neutral[name])
            total += np.where(part.known, weight * part.value, not_said)
        return total

    def contributions(
        self, rows: NDArray[np.integer], columns: NDArray[np.integer]
    ) -> NDArray[np.float32]:
        """What each part adds to the score of some pairs: rows.shape × `CONTRIBUTION_NAMES`."""
        given = np.zeros((*rows.shape, len(CONTRIBUTION_NAMES)), np.float32)
        for position, name in enumerate(PART_NAMES):
            part = self.parts[name]
            known = np.broadcast_to(part.known, self.pairs.shape)[rows, columns]
            weight = np.float32(self.weights[name])
            given[..., position] = np.where(known, weight * part.value[rows, columns], 0)
            given[..., -1] += np.where(known, 0, weight * np.float32(self.neutral[name]))
        return given


class SuitabilityModel(BaseEstimator):
    """Scores people against roles.

    Parameters: `weights` and `neutral` (None for the defaults of `weights.py`); `interests` and
    `experience`: unfitted text transformers, None for `TextVectors()`.

    Attributes after `fit`: `vocabulary_`, `knowledge_` (likeness of causes, rarity of skills and
    languages), `interests_`, `experience_` (fitted text transformers).
    """

    def __init__(
        self,
        weights: Weights | None = None,
        neutral: Neutral | None = None,
        interests: TextVectors | None = None,
        experience: TextVectors | None = None,
    ) -> None:
        self.weights = weights
        self.neutral = neutral
        self.interests = interests
        self.experience = experience

    def fit(self, roles: RoleColumns, vocabulary: Vocabulary) -> Self:
        """Learn from m roles (any number, none as well) what is rare and what is common."""
        self.vocabulary_ = vocabulary
        self.knowledge_ = TagKnowledge.of(roles, vocabulary)
        self.interests_ = clone(self.interests or TextVectors()).fit(_interest_texts(roles))
        self.experience_ = clone(self.experience or TextVectors()).fit(_experience_texts(roles))
        self._interest_memory = TextMemory(sum(map(len, self.interests_.terms_.values())))
        self._experience_memory = TextMemory(sum(map(len, self.experience_.terms_.values())))
        self.read_roles(roles)
        return self

    def read_volunteers(self, volunteers: VolunteerColumns) -> Volunteers:
        """People with the vectors of their texts, for scoring them against several blocks."""
        check_is_fitted(self)
        interests = self.interests_.transform(volunteers.about)
        return Volunteers(volunteers, interests, self.experience_.transform(volunteers.experience))

    def read_roles(self, roles: RoleColumns) -> Roles:
        """Roles with the vectors of their texts; those seen before are not computed again."""
        check_is_fitted(self)
        interests, experience = _interest_texts(roles), _experience_texts(roles)
        return Roles(
            roles,
            self._interest_memory.remember(interests, self.interests_.transform),
            self._experience_memory.remember(experience, self.experience_.transform),
        )

    def suitability(self, volunteers: Volunteers, roles: Roles) -> Suitability:
        """All parts of n people × m roles; memory grows with n × m, so give it blocks."""
        pairs = Pairs(volunteers.columns, roles.columns)
        parts = {
            "interests": _text_part(volunteers.interests, roles.interests),
            "experience": _text_part(volunteers.experience, roles.experience),
            **tag_parts(pairs, self.knowledge_),
            **practical_parts(pairs),
        }
        weights = (self.weights or Weights()).as_dict()
        neutral = (self.neutral or Neutral()).as_dict()
        return Suitability(pairs, volunteers, roles, parts, weights, neutral)

    def parts(self, volunteers: VolunteerColumns, roles: RoleColumns) -> dict[str, Part]:
        """Every part of n people × m roles, by name in the order of `PART_NAMES`."""
        both = self.read_volunteers(volunteers), self.read_roles(roles)
        return self.suitability(*both).parts

    def score(self, volunteers: VolunteerColumns, roles: RoleColumns) -> NDArray[np.float32]:
        """How well each of m roles suits each of n people, in [0, 1], (n × m)."""
        both = self.read_volunteers(volunteers), self.read_roles(roles)
        return self.suitability(*both).score


def _interest_texts(roles: RoleColumns) -> list[str]:
    """What a role is about. The title twice: it says most in the fewest words."""
    both = zip(roles.title, roles.body, strict=True)
    return [f"{title}\n{title}\n{body}" for title, body in both]


def _experience_texts(roles: RoleColumns) -> list[str]:
    """What a role asks for, which groups say anywhere in the text."""
    return [f"{title}\n{body}" for title, body in zip(roles.title, roles.body, strict=True)]


def _text_part(people: csr_array, roles: RoleVectors) -> Part:
    """Weighted sum of cosines, and 0 where opposite topics push it below. Not known where one wrote
    nothing that any role has a word of.
    """
    value = np.clip(roles.products(people), 0, 1)
    return Part(value, (np.diff(people.indptr) > 0)[:, None] & roles.said[None, :])
