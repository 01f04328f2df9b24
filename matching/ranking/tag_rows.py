"""People and roles as rows of numbers whose products are what tags and times add to a score.

What a person has (`PeopleRows.has`) times what it is worth to a role (`RoleRows.worth`), tag by
tag, is the contribution of a part: weight and rarity are in the role's numbers. Most parts are
added up in one matrix product (`linear`), which also holds what counts where one side said nothing;
causes and activities, whose sums have a ceiling, are products of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matching.ranking.columns import SLOTS_IN_A_WEEK, RoleColumns, VolunteerColumns
from matching.ranking.grid import BITS, on_grid
from matching.ranking.parts import (
    TagKnowledge,
    best_likeness,
    covered_weights,
    near_tags,
    over_root,
)

#: Parts made of tags: the columns that they compare.
TAGS: dict[str, tuple[str, str]] = {
    "causes": ("causes", "causes"),
    "activities": ("activities", "activities"),
    "skills_needed": ("skills", "skills_needed"),
    "skills_useful": ("skills", "skills_useful"),
    "skills_gained": ("skills", "skills_gained"),
    "languages": ("languages", "languages"),
    "motives": ("motives", "offers"),
}
#: Those whose sum has a ceiling, which is their weight.
WITH_CEILING = ("causes", "activities")
#: Bits behind the point of what a person has; the role's numbers have the rest.
_PERSON_BITS = {"causes": 2, "skills_needed": 4, "skills_useful": 4}
#: What a person has is in one block of columns of the product for parts that read the same of them.
_LINEAR = (("skills_needed", "skills_useful"), ("skills_gained",), ("languages",), ("motives",))
#: Parts that are known where both sides said something.
_SAID = ("interests", "experience", *TAGS, "time")


@dataclass(frozen=True, eq=False)
class PeopleRows:
    """n people. has: by part, float32 (n × tags). named: by kind of tag, those that they named
    themselves, bool (n × tags). said: by part, bool (n,). linear: (n × columns).
    """

    has: dict[str, NDArray[np.float32]]
    named: dict[str, NDArray[np.bool_]]
    said: dict[str, NDArray[np.bool_]]
    linear: NDArray[np.float32]

    @classmethod
    def of(
        cls,
        people: VolunteerColumns,
        knowledge: TagKnowledge,
        weights: Mapping[str, float],
        texts_said: Mapping[str, NDArray[np.bool_]],
    ) -> "PeopleRows":
        """Rows of these people; the weights are those of the roles' rows."""
        kinds = ("causes", "activities", "skills", "languages")
        named = {kind: getattr(people, kind).toarray() > 0 for kind in kinds}
        named["motives"] = wide(people.motives, knowledge.motives).toarray() > 0
        near = near_tags(people.skills, knowledge.near_skills)
        shares = weights["motives"] / np.maximum(np.diff(people.motives.indptr), 1)
        has = {
            "causes": best_likeness(people.causes, knowledge.causes).toarray(),
            "activities": named["activities"].astype(np.float32),
            "skills_needed": near,
            "skills_useful": near,
            "skills_gained": named["skills"].astype(np.float32),
            "languages": named["languages"].astype(np.float32),
            "motives": on_grid(named["motives"] * shares[:, None], BITS),
        }
        said = {part: np.diff(getattr(people, name).indptr) > 0 for part, (name, _) in TAGS.items()}
        said |= {"time": people.availability > 0, **texts_said}
        free = people.availability[:, None] >> np.arange(SLOTS_IN_A_WEEK, dtype=np.uint32) & 1
        blocks = [
            *(has[parts[0]] for parts in _LINEAR),
            free,
            *(said[part][:, None] for part in _SAID),
            np.ones((len(people), 1)),
        ]
        return cls(has, named, said, np.hstack(blocks).astype(np.float32))


@dataclass(frozen=True, eq=False)
class RoleRows:
    """m roles. worth: by part, what each tag of a role adds to a score, CSR (m × tags). said: by
    part, bool (m,). slot_worth: what each shared slot adds, (m,). linear: (columns × m). ceiling:
    by part of `WITH_CEILING`, `worth` as (tags × m).
    """

    worth: dict[str, csr_array]
    said: dict[str, NDArray[np.bool_]]
    slot_worth: NDArray[np.float32]
    linear: NDArray[np.float32]
    ceiling: dict[str, NDArray[np.float32]]

    @classmethod
    def of(
        cls,
        roles: RoleColumns,
        knowledge: TagKnowledge,
        weights: Mapping[str, float],
        neutral: Mapping[str, float],
        texts_said: Mapping[str, NDArray[np.bool_]],
    ) -> "RoleRows":
        """Rows of these roles, with weights and neutral values by part."""
        of_skills, of_languages = knowledge.skills, knowledge.languages
        values = {
            "causes": over_root(roles.causes),
            "activities": over_root(roles.activities),
            "skills_needed": covered_weights(roles.skills_needed, of_skills),
            "skills_useful": covered_weights(roles.skills_useful, of_skills),
            "skills_gained": covered_weights(roles.skills_gained, of_skills),
            "languages": covered_weights(roles.languages, of_languages),
        }
        worth = {
            part: _on_grid(value * np.float32(weights[part]), BITS - _PERSON_BITS.get(part, 0))
            for part, value in values.items()
        }
        worth["motives"] = wide(roles.offers, knowledge.motives)
        said = {part: np.diff(getattr(roles, name).indptr) > 0 for part, (_, name) in TAGS.items()}
        said |= {"time": roles.slots > 0, **texts_said}
        slots = np.maximum(np.bitwise_count(roles.slots), 1)
        slot_worth = on_grid(np.float32(weights["time"]) / slots, BITS)
        open_at = roles.slots[:, None] >> np.arange(SLOTS_IN_A_WEEK, dtype=np.uint32) & 1
        silent = not_said(weights, neutral)
        blocks = [
            *(sum(worth[part].toarray() for part in parts) for parts in _LINEAR),
            open_at * slot_worth[:, None],
            *(said[part][:, None] * -silent[part] for part in _SAID),
            np.full((len(roles), 1), sum(silent[part] for part in _SAID), np.float32),
        ]
        linear = np.ascontiguousarray(np.hstack(blocks).astype(np.float32).T)
        ceiling = {part: np.ascontiguousarray(worth[part].toarray().T) for part in WITH_CEILING}
        return cls(worth, said, slot_worth, linear, ceiling)


def not_said(weights: Mapping[str, float], neutral: Mapping[str, float]) -> dict[str, np.float32]:
    """What each part counts where it is not known."""
    values = np.array([weights[part] * neutral[part] for part in weights])
    return dict(zip(weights, on_grid(values, BITS), strict=True))


def wide(motives: csr_array, size: int) -> csr_array:
    """Motives of a vocabulary of this size: of none where they were left out."""
    if motives.shape[1]:
        return motives
    return csr_array((motives.shape[0], size), dtype=np.float32)


def _on_grid(matrix: csr_array, bits: int) -> csr_array:
    made = csr_array(matrix, dtype=np.float32)
    return csr_array((on_grid(made.data, bits), made.indices, made.indptr), shape=made.shape)


def pair_sums(
    has: NDArray[np.float32],
    rows: NDArray[np.integer],
    worth: csr_array,
    columns: NDArray[np.integer],
) -> NDArray[np.float32]:
    """Σ has × worth of some pairs: person `rows[i]` and role `columns[i]`."""
    pairs, tags, worths = entries_of(worth, columns)
    given = has[rows[pairs], tags] * worths
    return np.bincount(pairs, given, len(rows)).astype(np.float32)


def entries_of(
    matrix: csr_array, rows: NDArray[np.integer]
) -> tuple[NDArray[np.intp], NDArray[np.integer], NDArray[np.float32]]:
    """The entries of some rows, one after the other: place in `rows`, column, value."""
    starts = matrix.indptr[rows]
    counts = matrix.indptr[rows + 1] - starts
    ends = np.cumsum(counts)
    pairs = np.repeat(np.arange(len(rows)), counts)
    at = np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - counts), counts)
    return pairs, matrix.indices[at], matrix.data[at]
