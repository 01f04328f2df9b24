"""How many people could do one role, and what each thing that it asks costs: numpy only."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.ranking.columns import Applied, RoleColumns, VolunteerColumns
from matching.ranking.eligibility import RULE_CODES, EligibilitySettings, evaluate_pairs
from matching.ranking.pairs import Pairs


@dataclass(frozen=True)
class LiveCount:
    """Counts as they are, not for showing.

    within: for each ring, how many people every rule allows; one entry for any distance at the end.
    Of those in the ring that was asked about: `interested`: how many of them ticked one of its
    causes or kinds of work; `kept_out`: by code of a rule, how many more it alone keeps out;
    `without_skill`: by index of a needed skill, how many of the possible ones have not named it.
    """

    within: tuple[int, ...]
    interested: int
    kept_out: dict[str, int]
    without_skill: dict[int, int]


def live_count(
    people: VolunteerColumns,
    role: RoleColumns,
    settings: EligibilitySettings,
    *,
    rings_km: tuple[float, ...],
    shown: int,
) -> LiveCount:
    """Count for one role. rings_km: from the smallest; shown: which of them costs are counted in,
    or len(rings_km) for any distance.
    """
    pairs = Pairs(people, role)
    outcomes = evaluate_pairs(pairs, Applied.none(len(people), 1), settings)
    possible = outcomes.eligible[:, 0]
    distance = pairs.kilometres[:, 0]
    rings = [distance <= reach for reach in rings_km] + [np.ones(len(people), np.bool_)]
    here = rings[shown]
    alone = _alone(outcomes.failures[:, :, 0] >> 7)
    could = possible & here
    skills = role.skills_needed.indices.tolist()
    return LiveCount(
        within=tuple(int((possible & ring).sum()) for ring in rings),
        interested=int((could & _shares_a_tag(people, role)).sum()),
        kept_out={
            code: int((kept & here).sum()) for code, kept in zip(RULE_CODES, alone, strict=True)
        },
        without_skill={
            skill: int(could.sum() - _has(people.skills, skill)[could].sum()) for skill in skills
        },
    )


def _alone(failed: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Whom each rule alone keeps out: (rules × n)."""
    return (failed != 0) & (failed.sum(axis=0) == 1)


def _shares_a_tag(people: VolunteerColumns, role: RoleColumns) -> NDArray[np.bool_]:
    shared = np.zeros(len(people), np.bool_)
    for of_people, of_role in ((people.causes, role.causes), (people.activities, role.activities)):
        for tag in of_role.indices.tolist():
            shared |= _has(of_people, tag)
    return shared


def _has(matrix: Any, tag: int) -> NDArray[np.bool_]:
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    has = np.zeros(matrix.shape[0], np.bool_)
    has[rows[matrix.indices == tag]] = True
    return has
