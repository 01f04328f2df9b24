"""What stops people is counted by rule, alone and together."""

import numpy as np

from insights.analysis.stopping import Stops, what_stops

DISTANCE, TIME, AGE = 1 << 2, 1 << 5, 1 << 7
D, T = 2, 5


def stops_of(failed: list[list[int]], liked: list[list[bool]] | None = None) -> Stops:
    bits = np.array(failed, np.uint16)
    wanted = np.ones(bits.shape, np.bool_) if liked is None else np.array(liked)
    return Stops.of(what_stops(bits, wanted))


def test_by_each_rule_alone_that_would_do() -> None:
    found = stops_of([[DISTANCE, TIME, DISTANCE | TIME], [DISTANCE, DISTANCE, AGE | TIME]])
    assert found == Stops(people=2, alone={D: 2, T: 1}, together={}, more=0, no_kind=0)


def test_together_only_where_none_alone_would_do() -> None:
    found = stops_of([[DISTANCE | TIME, DISTANCE | TIME | AGE], [DISTANCE | TIME, TIME]])
    assert found == Stops(people=2, alone={T: 1}, together={(D, T): 1}, more=0, no_kind=0)


def test_by_more_than_two() -> None:
    assert stops_of([[DISTANCE | TIME | AGE]]).more == 1


def test_only_roles_of_a_kind_that_they_like_count() -> None:
    found = stops_of([[DISTANCE, TIME], [DISTANCE, TIME]], [[False, True], [False, False]])
    assert found == Stops(people=2, alone={T: 1}, together={}, more=0, no_kind=1)


def test_whom_a_role_suits_nothing_stops() -> None:
    assert stops_of([[0, DISTANCE]]) == Stops(1, {}, {}, 0, 0)


def test_no_roles_at_all() -> None:
    none = np.zeros((3, 0), np.uint16)
    assert Stops.of(what_stops(none, none.astype(np.bool_))).no_kind == 3
