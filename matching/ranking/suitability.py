"""How well each possible role suits each person: a weighted sum of named parts, each in [0, 1].

score = Σ weight × value over the parts that are known + Σ weight × neutral value over the others.
The weights and the neutral values stand in `weights.py`. What a pair's parts contribute, with what
was not said as a contribution of its own, adds up to its score exactly (to float32).

Vectors of texts, tags, and weights are rounded to a grid (`grid.py`), so that a pair has the same
score in whatever block, on whatever machine it is worked out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from sklearn.base import BaseEstimator, clone
from sklearn.utils.validation import check_is_fitted

from matching.ranking.columns import RoleColumns, Rows, Vocabulary, VolunteerColumns
from matching.ranking.eligibility import RoleKinds
from matching.ranking.grid import PERSON_TEXT_BITS, ROLE_TEXT_BITS, on_grid
from matching.ranking.pairs import Pairs
from matching.ranking.parts import (
    FROM_HOME,
    Part,
    TagKnowledge,
    commitment,
    half_pull_km,
    practical_parts,
    tag_parts,
)
from matching.ranking.skill_likeness import skill_likeness
from matching.ranking.tag_rows import TAGS, PeopleRows, RoleRows, not_said, pair_sums
from matching.ranking.text import TextVectors
from matching.ranking.text_length import TextLength
from matching.ranking.text_memory import TextMemory
from matching.ranking.vectors import Vectors
from matching.ranking.weights import Neutral, Weights

#: The parts, in the order of contributions; "not_said" comes after them.
PART_NAMES: tuple[str, ...] = tuple(Weights().as_dict())
NOT_SAID = "not_said"
CONTRIBUTION_NAMES: tuple[str, ...] = (*PART_NAMES, NOT_SAID)
TEXT_PARTS = ("interests", "experience")
_POSITION_OF = {name: position for position, name in enumerate(PART_NAMES)}
#: Columns of a block that are worked out together, so that they stay near the processor.
_TILE = 2_048
#: So many sets of roles are kept ready for scoring.
_KEPT_READY = 4


@dataclass(frozen=True, eq=False)
class Volunteers:
    """People with the vectors of their texts (`SuitabilityModel.read_volunteers`)."""

    columns: VolunteerColumns
    interests: Vectors
    experience: Vectors

    def __len__(self) -> int:
        return len(self.columns)

    def take(self, rows: Rows) -> "Volunteers":
        """Some of them, in this order."""
        if not isinstance(rows, slice):
            rows = np.asarray(rows, np.intp)
        return Volunteers(
            self.columns.take(rows), self.interests.take(rows), self.experience.take(rows)
        )


@dataclass(frozen=True, eq=False)
class RoleTexts:
    """Vectors of m texts, ready to be multiplied with: rounded, turned round, and the sparse half
    cut into tiles of columns.
    """

    vectors: Vectors
    said: NDArray[np.bool_]
    dense: NDArray[np.float32]
    sparse: list[csr_array]

    @classmethod
    def of(cls, vectors: Vectors) -> "RoleTexts":
        rounded = _rounded(vectors, ROLE_TEXT_BITS)
        dense = np.ascontiguousarray(rounded.dense.T)
        tiles = [
            csr_array(rounded.sparse[first : first + _TILE].T)
            for first in range(0, len(vectors), _TILE)
        ]
        return cls(rounded, vectors.said, dense, tiles)

    def cosines(self, people: Vectors, columns: slice) -> NDArray[np.float32]:
        """Product of each person's rounded vector with those of a tile of roles, (n × columns)."""
        found = people.dense @ self.dense[:, columns]
        tile = self.sparse[columns.start // _TILE]
        if tile.nnz:
            found += (people.sparse @ tile).toarray()
        return found


@dataclass(frozen=True, eq=False)
class Roles:
    """Roles ready for scoring (`SuitabilityModel.read_roles`)."""

    columns: RoleColumns
    interests: RoleTexts
    experience: RoleTexts
    rows: RoleRows
    kinds: RoleKinds

    @property
    def has_meaning(self) -> bool:
        """Whether texts are compared by what they mean too, not by their words alone."""
        return self.interests.dense.shape[0] > 0

    def __len__(self) -> int:
        return len(self.columns)


@dataclass(frozen=True, eq=False)
class Suitability:
    """n people × m roles: the score, and what each part contributes to it."""

    pairs: Pairs
    volunteers: Volunteers
    roles: Roles
    knowledge: TagKnowledge
    weights: dict[str, float]
    neutral: dict[str, float]

    @cached_property
    def people(self) -> PeopleRows:
        """The people's tags as rows."""
        texts = {part: getattr(self.volunteers, part).said for part in TEXT_PARTS}
        return PeopleRows.of(self.volunteers.columns, self.knowledge, self.weights, texts)

    @cached_property
    def text_values(self) -> dict[str, NDArray[np.float32]]:
        """Value of each part made of text, in [0, 1], (n × m)."""
        return {part: np.empty(self.pairs.shape, np.float32) for part in TEXT_PARTS}

    @cached_property
    def score(self) -> NDArray[np.float32]:
        """Σ of all contributions, in [0, 1], (n × m)."""
        total = np.empty(self.pairs.shape, np.float32)
        texts = {
            part: _rounded(getattr(self.volunteers, part), PERSON_TEXT_BITS) for part in TEXT_PARTS
        }
        for first in range(0, total.shape[1], _TILE):
            columns = slice(first, min(first + _TILE, total.shape[1]))
            self._add_up(total[:, columns], columns, texts)
        return total

    def _add_up(
        self, total: NDArray[np.float32], columns: slice, texts: Mapping[str, Vectors]
    ) -> None:
        rows = self.roles.rows
        np.matmul(self.people.linear, rows.linear[:, columns], out=total)
        for part, worth in rows.ceiling.items():
            values = self.people.has[part] @ worth[:, columns]
            total += np.minimum(values, np.float32(self.weights[part]), out=values)
        for part in TEXT_PARTS:
            values = getattr(self.roles, part).cosines(texts[part], columns)
            # 0 where opposite meanings push it below.
            np.clip(values, 0, 1, out=values)
            self.text_values[part][:, columns] = values
            total += np.multiply(values, np.float32(self.weights[part]), out=values)
        total += self._distance[:, columns]
        total += self._commitment[:, columns]

    @cached_property
    def _distance(self) -> NDArray[np.float32]:
        """What the distance adds, or counts where it is not known, (n × m)."""
        people, roles = self.pairs.volunteers, self.pairs.roles
        weight, silent = np.float32(self.weights["distance"]), self._not_said["distance"]
        added = np.sqrt(self.pairs.squared_chords)
        added *= -1 / half_pull_km(people)[:, None]
        np.exp2(added, out=added)
        added *= weight
        added[np.isnan(people.points[0])] = silent
        added[:, np.isnan(roles.points[0])] = silent
        added[:, roles.from_home] = weight * np.float32(FROM_HOME)
        return added

    @cached_property
    def _commitment(self) -> NDArray[np.float32]:
        """Likewise of the commitment: people who said the same are asked once."""
        people = self.pairs.volunteers
        said = np.stack([people.one_off, people.regular, people.hours_a_week])
        _, first, kinds = np.unique(said, axis=1, return_index=True, return_inverse=True)
        part = commitment(Pairs(people.take(first), self.pairs.roles))
        weight = np.float32(self.weights["commitment"])
        added = np.where(part.known, weight * part.value, self._not_said["commitment"])
        return added[kinds.ravel()]

    @cached_property
    def _not_said(self) -> dict[str, np.float32]:
        return not_said(self.weights, self.neutral)

    @cached_property
    def parts(self) -> dict[str, Part]:
        """Every part, by name in the order of `PART_NAMES`, one after the other: for looking into
        a few pairs.
        """
        _ = self.score
        made = {**tag_parts(self.pairs, self.knowledge), **practical_parts(self.pairs)}
        for part in TEXT_PARTS:
            known = self.people.said[part][:, None] & self.roles.rows.said[part][None, :]
            made[part] = Part(self.text_values[part], known)
        return {name: made[name] for name in PART_NAMES}

    def contributions(
        self, rows: NDArray[np.integer], columns: NDArray[np.integer]
    ) -> NDArray[np.float32]:
        """What each part adds to the score of some pairs: rows.shape × `CONTRIBUTION_NAMES`."""
        shape = rows.shape
        rows, columns = rows.ravel(), columns.ravel()
        _ = self.score
        given = np.zeros((len(rows), len(CONTRIBUTION_NAMES)), np.float32)
        silent = np.zeros(len(rows), np.float32)
        for part in (*TEXT_PARTS, *TAGS, "time"):
            known = self.people.said[part][rows] & self.roles.rows.said[part][columns]
            added = self._added(part, rows, columns)
            given[:, _POSITION_OF[part]] = np.where(known, added, np.float32(0))
            silent += np.where(known, np.float32(0), self._not_said[part])
        for part in ("distance", "commitment"):
            known = self._known(part, rows, columns)
            added = getattr(self, f"_{part}")[rows, columns]
            given[:, _POSITION_OF[part]] = np.where(known, added, np.float32(0))
            silent += np.where(known, np.float32(0), added)
        given[:, -1] = silent
        return given.reshape(*shape, len(CONTRIBUTION_NAMES))

    def _added(
        self, part: str, rows: NDArray[np.integer], columns: NDArray[np.integer]
    ) -> NDArray[np.float32]:
        if part in TEXT_PARTS:
            return self.text_values[part][rows, columns] * np.float32(self.weights[part])
        if part == "time":
            people, roles = self.pairs.volunteers, self.pairs.roles
            shared = np.bitwise_count(people.availability[rows] & roles.slots[columns])
            return shared * self.roles.rows.slot_worth[columns]
        sums = pair_sums(self.people.has[part], rows, self.roles.rows.worth[part], columns)
        return np.minimum(sums, np.float32(self.weights[part]))

    def _known(
        self, part: str, rows: NDArray[np.integer], columns: NDArray[np.integer]
    ) -> NDArray[np.bool_]:
        people, roles = self.pairs.volunteers, self.pairs.roles
        if part == "distance":
            places = ~(np.isnan(people.points[0])[rows] | np.isnan(roles.points[0])[columns])
            return places | roles.from_home[columns]
        hours = np.isnan(people.hours_a_week)[rows] | np.isnan(roles.hours_a_week)[columns]
        return (people.one_off ^ people.regular)[rows] | ~hours


class SuitabilityModel(BaseEstimator):
    """Scores people against roles.

    Parameters: `weights` and `neutral` (None for the defaults of `weights.py`); `interests` and
    `experience`: unfitted text transformers, None for `TextVectors()`.

    Attributes after `fit`: `vocabulary_`, `knowledge_` (likeness of causes, rarity of skills and
    languages, near skills), `interests_`, `experience_` (fitted text transformers), `lengths_`
    (what the length of a text does to its likeness, by part).
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
        self.interests_ = clone(self.interests or TextVectors()).fit(_interest_texts(roles))
        self.experience_ = clone(self.experience or TextVectors()).fit(_experience_texts(roles))
        named = roles.skills_needed + roles.skills_useful + roles.skills_gained
        names = [code.replace("-", " ") for code in vocabulary.skills]
        meaning = self.experience_.people(names).dense if names else None
        near = skill_likeness(csr_array(named), meaning)
        self.knowledge_ = TagKnowledge.of(roles, vocabulary, near)
        self._interest_memory = TextMemory()
        self._experience_memory = TextMemory()
        self._people = {part: TextMemory() for part in TEXT_PARTS}
        self._ready: list[Roles] = []
        offered = self.read_roles(roles)
        # Cut where a person would stop, and not between a title and its second time.
        texts = _experience_texts(roles)
        self.lengths_ = {
            part: TextLength.fit(read.people, texts, getattr(offered, part).vectors)
            for part, read in (("interests", self.interests_), ("experience", self.experience_))
        }
        return self

    def read_volunteers(self, volunteers: VolunteerColumns) -> Volunteers:
        """People with the vectors of their texts, for scoring them against several blocks; texts
        seen before are not turned into vectors again.
        """
        check_is_fitted(self)
        if not len(volunteers):
            nothing = self.interests_.people([""]), self.experience_.people([""])
            return Volunteers(volunteers, *(vectors.take(slice(0, 0)) for vectors in nothing))
        interests = self._people["interests"].remember(volunteers.about, self.interests_.people)
        experience = self._people["experience"].remember(
            volunteers.experience, self.experience_.people
        )
        return Volunteers(
            volunteers,
            self.lengths_["interests"].applied(interests, volunteers.about),
            self.lengths_["experience"].applied(experience, volunteers.experience),
        )

    def read_roles(self, roles: RoleColumns) -> Roles:
        """Roles ready for scoring; texts seen before are not turned into vectors again, and the
        same columns are ready at once.
        """
        check_is_fitted(self)
        for ready in self._ready:
            if ready.columns is roles:
                return ready
        interests, experience = _interest_texts(roles), _experience_texts(roles)
        made = self.roles_of(
            roles,
            self._interest_memory.remember(interests, self.interests_.roles),
            self._experience_memory.remember(experience, self.experience_.roles),
        )
        self._ready = [made, *self._ready[: _KEPT_READY - 1]]
        return made

    def roles_of(self, roles: RoleColumns, interests: Vectors, experience: Vectors) -> Roles:
        """Roles ready for scoring, from the vectors of their texts."""
        texts = RoleTexts.of(interests), RoleTexts.of(experience)
        said = {"interests": texts[0].said, "experience": texts[1].said}
        rows = RoleRows.of(roles, self.knowledge_, *self._counts(), said)
        return Roles(roles, *texts, rows, RoleKinds(roles))

    def suitability(self, volunteers: Volunteers, roles: Roles) -> Suitability:
        """Scores of n people × m roles; memory grows with n × m, so give it blocks."""
        pairs = Pairs(volunteers.columns, roles.columns)
        return Suitability(pairs, volunteers, roles, self.knowledge_, *self._counts())

    def parts(self, volunteers: VolunteerColumns, roles: RoleColumns) -> dict[str, Part]:
        """Every part of n people × m roles, by name in the order of `PART_NAMES`."""
        both = self.read_volunteers(volunteers), self.read_roles(roles)
        return self.suitability(*both).parts

    def score(self, volunteers: VolunteerColumns, roles: RoleColumns) -> NDArray[np.float32]:
        """How well each of m roles suits each of n people, in [0, 1], (n × m)."""
        both = self.read_volunteers(volunteers), self.read_roles(roles)
        return self.suitability(*both).score

    def _counts(self) -> tuple[dict[str, float], dict[str, float]]:
        return (self.weights or Weights()).as_dict(), (self.neutral or Neutral()).as_dict()

    def __getstate__(self) -> dict[str, Any]:
        # What is ready is made again from what is kept of the texts; what people wrote is not kept.
        nobodys = {part: TextMemory() for part in TEXT_PARTS}
        return {**super().__getstate__(), "_ready": [], "_people": nobodys}


def _interest_texts(roles: RoleColumns) -> list[str]:
    """What a role is about. The title twice: it says most in the fewest words."""
    both = zip(roles.title, roles.body, strict=True)
    return [f"{title}\n{title}\n{body}" for title, body in both]


def _experience_texts(roles: RoleColumns) -> Sequence[str]:
    """What a role asks for, which groups say anywhere in the text."""
    return [f"{title}\n{body}" for title, body in zip(roles.title, roles.body, strict=True)]


def _rounded(vectors: Vectors, bits: int) -> Vectors:
    sparse = vectors.sparse
    data = on_grid(sparse.data, bits)
    shape = sparse.shape
    return Vectors(
        csr_array((data, sparse.indices, sparse.indptr), shape=shape), on_grid(vectors.dense, bits)
    )
