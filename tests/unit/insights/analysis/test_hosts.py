"""Which groups would most likely take on a role."""

from dataclasses import astuple, replace

import numpy as np
import pytest

from insights.analysis.hosts import PARTS, GroupsForRole, HostWeights, likely_hosts


def alike(number: int) -> GroupsForRole:
    """Groups that differ in nothing."""
    return GroupsForRole(
        work=np.zeros(number, np.bool_),
        cause=np.ones(number),
        km=np.full(number, 2.0),
        in_ward=np.zeros(number, np.bool_),
        answered=np.full(number, 0.8),
        limits=np.zeros(number, np.int64),
        going=np.zeros(number, np.int64),
        never_then=np.zeros(number, np.bool_),
    )


BETTER = {
    "work": np.array([False, True]),
    "cause": np.array([0.5, 1.0]),
    "km": np.array([3.0, 1.0]),
    "in_ward": np.array([False, True]),
    "answered": np.array([0.4, 0.9]),
    "limits": np.array([1, 0]),
    "going": np.array([0, 3]),
}


@pytest.mark.parametrize("what", BETTER)
def test_each_thing_that_is_better_puts_a_group_first(what: str) -> None:
    first, second = likely_hosts(replace(alike(2), **{what: BETTER[what]}), 2)
    assert (first.row, second.row) == (1, 0)
    assert first.score > second.score


def test_the_score_is_the_sum_of_the_named_parts() -> None:
    (host,) = likely_hosts(alike(1), 5)
    assert set(host.parts) == set(PARTS)
    assert host.score == pytest.approx(sum(host.parts.values()))
    assert sum(astuple(HostWeights())) == pytest.approx(1)


def test_a_group_with_other_work_is_no_host_however_near() -> None:
    groups = replace(alike(2), cause=np.array([0.0, 1.0]), km=np.array([0.0, 9.0]))
    assert [host.row for host in likely_hosts(groups, 2)] == [1]


def test_who_never_has_roles_at_that_time_comes_after_all_others() -> None:
    groups = replace(alike(3), never_then=np.array([True, True, False]))
    groups = replace(groups, work=np.array([False, True, False]), km=np.array([0.0, 0.0, 9.0]))
    found = likely_hosts(groups, 3)
    assert [(host.row, host.never_then) for host in found] == [(2, False), (1, True), (0, True)]


def test_a_group_that_nobody_knows_is_thought_to_answer_as_others_do() -> None:
    groups = replace(alike(3), answered=np.array([1.0, np.nan, 0.2]))
    assert [host.row for host in likely_hosts(groups, 3)] == [0, 1, 2]


def test_distance_counts_for_nothing_where_the_role_is_done_from_home() -> None:
    groups = replace(alike(2), km=np.array([9.0, np.nan]), from_home=True)
    first, second = likely_hosts(groups, 2)
    assert first.score == second.score
