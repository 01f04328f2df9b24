"""Ranked lists: the best roles for each person, the best people for each role.

Computed in blocks of people, so that memory grows with the block, never with people × roles. The
order is the same whatever the size of the block. Equals come in an order drawn from the ids of both
sides: always the same for the same pair, another for another person, so that people who told us
the same are not all sent to the role that happens to have the lowest id.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest
from math import isnan

import numpy as np
from numpy.typing import NDArray

from matching.ranking.columns import Applied, RoleColumns, VolunteerColumns
from matching.ranking.eligibility import (
    RULES,
    EligibilitySettings,
    RuleOutcomes,
    evaluate_pairs,
)
from matching.ranking.explanation import Explainer, Reason
from matching.ranking.pairs import Pairs
from matching.ranking.policies import Policy, SimilarityPolicy
from matching.ranking.selection import best_of_rows
from matching.ranking.suitability import CONTRIBUTION_NAMES, Suitability, SuitabilityModel

BLOCK_SIZE = 256
#: Of two people whose scores for a role fall into the same step of this size, the one who waits
#: longer comes first.
NEAR_TIE = 0.02
_LONGEST_WAIT_DAYS = 99_999.0


@dataclass(frozen=True, slots=True)
class Match:
    """One place on a list.

    index: row of the role (on a role's list: of the person) in the columns that were ranked.
    score: in [0, 1]. contributions: by part, those that are not 0; they add up to the score.
    kilometres: None where a place is not known or the role is done from home.
    reasons: none to four, the one that counts most first.
    """

    index: int
    score: float
    contributions: dict[str, float]
    kilometres: float | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, eq=False)
class RankedLists:
    """A list for each of n owners (people, or roles).

    matches: n lists of at most k, best first. eligible: how many pairs every rule allows, (n,).
    sole_blockers: how many more each rule alone keeps apart, in the order of `RULES`, (n × rules).
    """

    matches: list[list[Match]]
    eligible: NDArray[np.int64]
    sole_blockers: NDArray[np.int64]

    def indices(self, k: int) -> NDArray[np.int32]:
        """The first k of each list as rows of what was ranked, (n × k); -1 where it is shorter."""
        table = np.full((len(self.matches), k), -1, np.int32)
        for row, matches in enumerate(self.matches):
            chosen = [match.index for match in matches[:k]]
            table[row, : len(chosen)] = chosen
        return table


def rank_roles(
    model: SuitabilityModel,
    volunteers: VolunteerColumns,
    roles: RoleColumns,
    applied: Applied,
    *,
    k: int,
    settings: EligibilitySettings | None = None,
    policy: Policy | None = None,
    block_size: int = BLOCK_SIZE,
) -> RankedLists:
    """The best k of m roles for each of n people, explained; `applied` is n × m.

    Raises ColumnsError if the columns do not belong together.
    """
    policy = policy or SimilarityPolicy()
    explainer = Explainer(model)
    lists: list[list[Match]] = []
    eligible, sole_blockers = [], []
    for block in _blocks(model, volunteers, roles, applied, settings, block_size):
        order = policy.order(block.scored.score, block.outcomes)
        ids = volunteers.ids[block.first : block.first + len(order)]
        chosen = [best for best, _ in best_of_rows(order, ids, roles.ids, k)]
        rows = np.repeat(np.arange(len(chosen)), [len(best) for best in chosen])
        columns = np.concatenate([*chosen, np.empty(0, np.intp)])
        matches = iter(_matches(explainer, block.scored, rows, columns, columns))
        lists.extend([next(matches) for _ in best] for best in chosen)
        eligible.append(block.outcomes.eligible.sum(axis=1))
        sole_blockers.append(block.outcomes.sole_blockers(axis=1))
    none_yet = np.zeros((0, len(RULES)), np.int64)
    return RankedLists(
        lists,
        np.concatenate([*eligible, np.zeros(0, np.int64)]),
        np.concatenate([*sole_blockers, none_yet]),
    )


def rank_volunteers(
    model: SuitabilityModel,
    volunteers: VolunteerColumns,
    roles: RoleColumns,
    applied: Applied,
    *,
    k: int,
    settings: EligibilitySettings | None = None,
    policy: Policy | None = None,
    block_size: int = BLOCK_SIZE,
) -> RankedLists:
    """The best k of n people for each of m roles, explained; `applied` is n × m. Among near-ties
    (`NEAR_TIE`) those who wait longest come first.

    Raises ColumnsError if the columns do not belong together.
    """
    policy = policy or SimilarityPolicy()
    explainer = Explainer(model)
    shortlists: list[list[_Candidate]] = [[] for _ in range(len(roles))]
    eligible = np.zeros(len(roles), np.int64)
    sole_blockers = np.zeros((len(roles), len(RULES)), np.int64)
    for block in _blocks(model, volunteers, roles, applied, settings, block_size):
        order = policy.order(block.scored.score, block.outcomes)
        people = slice(block.first, block.first + len(order))
        waiting = np.minimum(volunteers.waiting_days[people], _LONGEST_WAIT_DAYS)
        steps = np.floor(order.astype(np.float64) / NEAR_TIE)
        keys = (steps * (_LONGEST_WAIT_DAYS + 1) + waiting[:, None]).T
        best = best_of_rows(keys, roles.ids, volunteers.ids[people], k)
        for role, (rows, ties) in enumerate(best):
            new = [
                _Candidate((-keys[role, row], tie), row)
                for row, tie in zip(rows.tolist(), ties.tolist(), strict=True)
            ]
            shortlists[role] = nsmallest(k, shortlists[role] + new, key=lambda c: c.rank)
        _keep_matches(explainer, block, shortlists)
        eligible += block.outcomes.eligible.sum(axis=0)
        sole_blockers += block.outcomes.sole_blockers(axis=0)
    lists = [[c.match for c in shortlist if c.match] for shortlist in shortlists]
    return RankedLists(lists, eligible, sole_blockers)


def match_pairs(
    model: SuitabilityModel,
    volunteers: VolunteerColumns,
    roles: RoleColumns,
    rows: NDArray[np.integer],
    columns: NDArray[np.integer],
) -> list[Match]:
    """Score and reasons of given pairs, whatever the rules say of them, in the order given: person
    `rows[i]` and role `columns[i]`. `index` of a match is the role's row.
    """
    explainer = Explainer(model)
    people, at_person = np.unique(rows, return_inverse=True)
    wanted, at_role = np.unique(columns, return_inverse=True)
    read_roles = model.read_roles(roles.take(wanted))
    matches: dict[int, Match] = {}
    for first in range(0, len(people), BLOCK_SIZE):
        block = volunteers.take(people[first : first + BLOCK_SIZE])
        scored = model.suitability(model.read_volunteers(block), read_roles)
        here = np.flatnonzero((at_person >= first) & (at_person < first + BLOCK_SIZE))
        found = _matches(explainer, scored, at_person[here] - first, at_role[here], columns[here])
        matches.update(zip(here.tolist(), found, strict=True))
    return [matches[position] for position in range(len(rows))]


@dataclass(frozen=True, eq=False)
class _Block:
    """People from row `first` on, scored and judged against all roles."""

    first: int
    scored: Suitability
    outcomes: RuleOutcomes


@dataclass(eq=False)
class _Candidate:
    """A person on a role's shortlist: smaller `rank` is better; `row` is that of the block."""

    rank: tuple[float, int]
    row: int
    match: Match | None = None


def _blocks(
    model: SuitabilityModel,
    volunteers: VolunteerColumns,
    roles: RoleColumns,
    applied: Applied,
    settings: EligibilitySettings | None,
    block_size: int,
) -> Iterator[_Block]:
    Pairs(volunteers, roles).check_applied(applied)
    read_roles = model.read_roles(roles)
    for first in range(0, len(volunteers), block_size):
        rows = slice(first, min(first + block_size, len(volunteers)))
        people = model.read_volunteers(volunteers.take(rows))
        scored = model.suitability(people, read_roles)
        outcomes = evaluate_pairs(scored.pairs, applied.take(rows), settings)
        yield _Block(first, scored, outcomes)


def _matches(
    explainer: Explainer,
    scored: Suitability,
    rows: NDArray[np.integer],
    columns: NDArray[np.integer],
    indices: NDArray[np.integer],
) -> list[Match]:
    """Matches of some pairs of a block; `indices` is what they are to be known by."""
    contributions = scored.contributions(rows, columns)
    scores = scored.score[rows, columns].tolist()
    from_home = scored.pairs.roles.from_home[columns]
    kilometres = np.where(from_home, np.nan, scored.pairs.kilometres[rows, columns]).tolist()
    reasons = explainer.reasons(scored, rows, columns, contributions)
    by_part = contributions.tolist()
    return [
        Match(
            index,
            scores[at],
            {CONTRIBUTION_NAMES[part]: value for part, value in enumerate(by_part[at]) if value},
            None if isnan(kilometres[at]) else kilometres[at],
            reasons[at],
        )
        for at, index in enumerate(indices.tolist())
    ]


def _keep_matches(explainer: Explainer, block: _Block, shortlists: list[list[_Candidate]]) -> None:
    """Give the candidates that came in with this block their matches, while it is at hand."""
    new = [
        (role, candidate)
        for role, shortlist in enumerate(shortlists)
        for candidate in shortlist
        if candidate.match is None
    ]
    new.sort(key=lambda pair: pair[1].row)  # one person's roles are explained quickest together
    # Person by person, so that the words of each are taken apart once.
    new.sort(key=lambda pair: pair[1].row)
    rows = np.array([candidate.row for _, candidate in new], np.intp)
    columns = np.array([role for role, _ in new], np.intp)
    found = _matches(explainer, block.scored, rows, columns, rows + block.first)
    for (_, candidate), match in zip(new, found, strict=True):
        candidate.match = match
