"""Ranked lists: the best roles for each person, the best people for each role.

Computed in blocks of people, so that memory grows with the block, never with people × roles. The
order is the same whatever the size of the block. Equals come in an order drawn from the ids of both
sides: always the same for the same pair, another for another person, so that people who told us
the same are not all sent to the role that happens to have the lowest id.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # carries no types

from matching.ranking.columns import Applied, RoleColumns, VolunteerColumns
from matching.ranking.eligibility import (
    RULES,
    EligibilitySettings,
    RuleOutcomes,
    evaluate_pairs,
)
from matching.ranking.explanation import Explainer, Reasons, explainer_of
from matching.ranking.list_order import BestSuitedFirst, ListOrder
from matching.ranking.matches import Match
from matching.ranking.pairs import Pairs
from matching.ranking.ranked import RankedLists, empty_lists
from matching.ranking.selection import best_columns, tie_order
from matching.ranking.suitability import Roles, Suitability, SuitabilityModel, Volunteers

__all__ = [
    "NEAR_TIE",
    "Match",
    "RankedLists",
    "match_pairs",
    "rank_read",
    "rank_roles",
    "rank_volunteers",
]

#: About so many pairs are scored at once.
PAIRS_IN_A_BLOCK = 800_000
#: Of two people whose scores for a role fall into the same step of this size, the one who waits
#: longer comes first.
NEAR_TIE = 0.02
_LONGEST_WAIT_DAYS = 99_999.0
_PAIRS_EXPLAINED_AT_ONCE = 8_192
_PEOPLE_READ_AT_ONCE = 8_192


def rank_roles(
    model: SuitabilityModel,
    volunteers: VolunteerColumns,
    roles: RoleColumns,
    applied: Applied,
    *,
    k: int,
    settings: EligibilitySettings | None = None,
    policy: ListOrder | None = None,
    block_size: int | None = None,
    threads: int = 1,
) -> RankedLists:
    """The best k of m roles for each of n people, explained; `applied` is n × m.

    block_size: people at once, None for what suits the number of roles. threads: how many blocks
    are worked on side by side. Raises ColumnsError if the columns do not belong together.
    """
    Pairs(volunteers, roles).check_applied(applied)
    offered = model.read_roles(roles)
    lists = _lists_for(model, len(volunteers), offered, k)
    # Vectors of texts are large: those of some thousand people at a time.
    for first in range(0, len(volunteers), _PEOPLE_READ_AT_ONCE):
        some = slice(first, min(first + _PEOPLE_READ_AT_ONCE, len(volunteers)))
        people = model.read_volunteers(volunteers.take(some))
        rules = applied.take(some), settings or EligibilitySettings(), policy or BestSuitedFirst()
        _rank_into(lists, first, model, people, offered, *rules, block_size, threads)
    return lists


def rank_read(
    model: SuitabilityModel,
    people: Volunteers,
    roles: Roles,
    applied: Applied,
    *,
    k: int,
    settings: EligibilitySettings | None = None,
    policy: ListOrder | None = None,
    block_size: int | None = None,
    threads: int = 1,
) -> RankedLists:
    """As `rank_roles`, of people and roles whose texts have been read."""
    Pairs(people.columns, roles.columns).check_applied(applied)
    lists = _lists_for(model, len(people), roles, k)
    rules = applied, settings or EligibilitySettings(), policy or BestSuitedFirst()
    _rank_into(lists, 0, model, people, roles, *rules, block_size, threads)
    return lists


def _lists_for(model: SuitabilityModel, people: int, roles: Roles, k: int) -> RankedLists:
    """Lists of roles with nothing on them yet."""
    explainer = explainer_of(model)
    explainer.prepare(roles)
    return empty_lists(roles.columns.ids, people, min(k, len(roles)), explainer.texts)


def _rank_into(
    lists: RankedLists,
    first: int,
    model: SuitabilityModel,
    people: Volunteers,
    roles: Roles,
    applied: Applied,
    settings: EligibilitySettings,
    policy: ListOrder,
    block_size: int | None,
    threads: int,
) -> None:
    """Make the lists of these people, the first of whom has row `first` of the lists."""
    explainer = explainer_of(model)

    def rank(rows: slice) -> None:
        block = _block(model, people, roles, applied, settings, rows)
        order = policy.order(block.scored.score, block.outcomes)
        ids = people.columns.ids[rows]
        chosen = best_columns(order, ids, roles.columns.ids, lists.indices.shape[1])
        at, places = np.nonzero(chosen >= 0)
        columns = chosen[at, places]
        owners = first + rows.start + at
        lists.fill(owners, places, columns, *_found(explainer, block.scored, at, columns))
        of_block = slice(first + rows.start, first + rows.stop)
        lists.eligible[of_block] = block.outcomes.eligible_count
        lists.sole_blockers[of_block] = block.outcomes.sole_blockers(axis=1)

    _side_by_side(rank, _blocks(len(people), len(roles), block_size), threads)


def rank_volunteers(
    model: SuitabilityModel,
    volunteers: VolunteerColumns,
    roles: RoleColumns,
    applied: Applied,
    *,
    k: int,
    settings: EligibilitySettings | None = None,
    policy: ListOrder | None = None,
    block_size: int | None = None,
) -> RankedLists:
    """The best k of n people for each of m roles, explained; `applied` is n × m. Among near-ties
    (`NEAR_TIE`) those who wait longest come first.

    Raises ColumnsError if the columns do not belong together.
    """
    Pairs(volunteers, roles).check_applied(applied)
    policy = policy or BestSuitedFirst()
    people, offered = model.read_volunteers(volunteers), model.read_roles(roles)
    best = _Best.none(len(roles), k)
    eligible = np.zeros(len(roles), np.int64)
    sole_blockers = np.zeros((len(roles), len(RULES)), np.int64)
    for rows in _blocks(len(people), len(roles), block_size):
        block = _block(model, people, offered, applied, settings, rows)
        order = policy.order(block.scored.score, block.outcomes)
        best = best.with_people(order, volunteers.take(rows), rows.start, roles.ids)
        eligible += block.outcomes.eligible.sum(axis=0)
        sole_blockers += block.outcomes.sole_blockers(axis=0)
    explainer = explainer_of(model)
    explainer.prepare(offered)
    lists = empty_lists(volunteers.ids, len(roles), best.people.shape[1], explainer.texts)
    columns, places = np.nonzero(best.people >= 0)
    listed = best.people[columns, places]
    for chosen, scored, at, of_roles in _scored_pairs(model, people, offered, listed, columns):
        found = _found(explainer, scored, at, of_roles)
        lists.fill(columns[chosen], places[chosen], listed[chosen], *found)
    lists.eligible[:], lists.sole_blockers[:] = eligible, sole_blockers
    return lists


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
    wanted, at_role = np.unique(columns, return_inverse=True)
    offered = model.read_roles(roles.take(wanted))
    explainer = explainer_of(model)
    explainer.prepare(offered)
    lists = empty_lists(roles.ids, len(rows), min(1, len(rows)), explainer.texts)
    asked, at_person = np.unique(rows, return_inverse=True)
    people = model.read_volunteers(volunteers.take(asked))
    for chosen, scored, at, of_roles in _scored_pairs(model, people, offered, at_person, at_role):
        found = _found(explainer, scored, at, of_roles)
        lists.fill(chosen, np.zeros(len(chosen), np.intp), columns[chosen], *found)
    return [lists.match(row, 0) for row in range(len(rows))]


@dataclass(frozen=True, eq=False)
class _Block:
    """Some people, scored and judged against all roles."""

    scored: Suitability
    outcomes: RuleOutcomes


@dataclass(frozen=True, eq=False)
class _Best:
    """The best people for each of m roles so far: rows of people, -1 padded, (m × at most k), and
    by what they are ordered: steps of the score, days of waiting, and what decides between equals.
    """

    k: int
    people: NDArray[np.intp]
    keys: NDArray[np.float64]
    ties: NDArray[np.uint64]

    @classmethod
    def none(cls, roles: int, k: int) -> "_Best":
        nobody = np.full((roles, 0), -1, np.intp)
        return cls(k, nobody, np.empty((roles, 0)), np.empty((roles, 0), np.uint64))

    def with_people(
        self,
        order: NDArray[np.float32],
        people: VolunteerColumns,
        first: int,
        role_ids: NDArray[np.int64],
    ) -> "_Best":
        """Together with the people of one more block, whose first is row `first`."""
        waiting = np.minimum(people.waiting_days, _LONGEST_WAIT_DAYS)
        steps = np.floor(order.astype(np.float64) / NEAR_TIE)
        keys = (steps * (_LONGEST_WAIT_DAYS + 1) + waiting[:, None]).T
        chosen = best_columns(keys, role_ids, people.ids, min(self.k, len(people)))
        at = np.arange(len(role_ids))[:, None]
        found = chosen >= 0
        of_chosen = np.where(found, keys[at, chosen], -np.inf)
        ties = tie_order(role_ids[:, None], people.ids[chosen])
        all_people = np.hstack([self.people, np.where(found, chosen + first, -1)])
        all_keys, all_ties = np.hstack([self.keys, of_chosen]), np.hstack([self.ties, ties])
        best = np.lexsort((all_ties, -all_keys), axis=1)[:, : self.k]
        return _Best(self.k, all_people[at, best], all_keys[at, best], all_ties[at, best])


def _block(
    model: SuitabilityModel,
    people: Volunteers,
    roles: Roles,
    applied: Applied,
    settings: EligibilitySettings | None,
    rows: slice,
) -> _Block:
    scored = model.suitability(people.take(rows), roles)
    return _Block(scored, evaluate_pairs(scored.pairs, applied.take(rows), settings, roles.kinds))


def _blocks(people: int, roles: int, block_size: int | None) -> list[slice]:
    size = block_size or min(max(PAIRS_IN_A_BLOCK // max(roles, 1), 32), 1024)
    return [slice(first, min(first + size, people)) for first in range(0, people, size)]


def _side_by_side(work: Callable[[slice], None], blocks: list[slice], threads: int) -> None:
    """Work on blocks in so many threads; numpy lets others run while it computes."""
    if threads == 1:
        for block in blocks:
            work(block)
        return
    # Threads of our own, each busy with a block: those of the libraries would only be in the way.
    with threadpool_limits(1), ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work, blocks):
            pass


def _found(
    explainer: Explainer,
    scored: Suitability,
    rows: NDArray[np.integer],
    columns: NDArray[np.integer],
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32], Reasons]:
    """Scores, kilometres, contributions and reasons of some pairs of a block."""
    contributions = scored.contributions(rows, columns)
    kilometres = scored.pairs.kilometres_of(rows, columns)
    kilometres[scored.pairs.roles.from_home[columns]] = np.nan
    reasons = explainer.reasons(scored, rows, columns, contributions)
    return scored.score[rows, columns], kilometres, contributions, reasons


def _scored_pairs(
    model: SuitabilityModel,
    people: Volunteers,
    roles: Roles,
    rows: NDArray[np.integer],
    columns: NDArray[np.integer],
) -> Iterator[tuple[NDArray[np.intp], Suitability, NDArray[np.integer], NDArray[np.integer]]]:
    """Given pairs in blocks of people, who are scored against all roles: which pairs, the block,
    and where person and role of each stand in it.
    """
    order = np.argsort(rows, kind="stable")
    size = max(PAIRS_IN_A_BLOCK // max(len(roles), 1), 32)
    for first in range(0, len(people), size):
        here = np.searchsorted(rows[order], [first, first + size])
        chosen = order[here[0] : here[1]]
        if not len(chosen):
            continue
        scored = model.suitability(people.take(slice(first, first + size)), roles)
        for start in range(0, len(chosen), _PAIRS_EXPLAINED_AT_ONCE):
            some = chosen[start : start + _PAIRS_EXPLAINED_AT_ONCE]
            yield some, scored, rows[some] - first, columns[some]
