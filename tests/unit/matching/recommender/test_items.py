"""A stored list takes changed roles in as if it had been made anew."""

from collections.abc import Iterator
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.explanation import Reason
from matching.ranking.lists import Match
from matching.recommender import items
from matching.recommender.items import PersonalList, holding, item_of, roles_held

scores = st.integers(0, 1000).map(lambda value: value / 1000)
some_roles = st.dictionaries(st.integers(1, 30), scores)


@pytest.fixture(autouse=True, scope="module")
def _short_lists() -> Iterator[None]:
    """Lists so short that most of them are full."""
    with mock.patch.object(items, "LIST_LENGTH", 4):
        yield


def entry(role: int, score: float) -> items.Item:
    return {"role": role, "score": score, "km": None, "parts": {}, "reasons": []}


def made_of(score_of: dict[int, float]) -> PersonalList:
    """A list as a full ranking would make it."""
    ranked = sorted(score_of, key=lambda role: -score_of[role])
    best = [entry(role, score_of[role]) for role in ranked[: items.LIST_LENGTH]]
    of = PersonalList.of(best)
    if len(ranked) > items.LIST_LENGTH:
        of.threshold = float(of.scores[-1])
    return of


def listed(of: PersonalList) -> dict[int, float]:
    return {item["role"]: item["score"] for item in of.items}


def test_item_holds_what_a_page_needs() -> None:
    match = Match(
        3, 0.12345678, {"causes": 0.1}, 1.2345, (Reason("shared_causes", 0.1, ("a", "b")),)
    )
    assert item_of(match, "role", 17) == {
        "role": 17,
        "score": 0.123457,
        "km": 1.23,
        "parts": {"causes": 0.1},
        "reasons": [{"code": "shared_causes", "value": 0.1, "detail": ["a", "b"]}],
    }


def test_roles_on_a_list_are_found_by_whole_ids() -> None:
    of = PersonalList.of([entry(3, 0.5), entry(17, 0.4)])
    assert holding(3) in of.held
    assert holding(17) in of.held
    assert holding(1) not in of.held
    assert holding(7) not in of.held
    assert PersonalList().held == ""
    assert roles_held([of.held, "", of.held]).tolist() == [3, 17, 3, 17]


@given(before=some_roles, after=some_roles)
def test_list_holds_every_role_above_its_threshold_and_no_other(
    before: dict[int, float], after: dict[int, float]
) -> None:
    of = made_of(before)
    least = of.threshold
    changed = {role for role in before.keys() | after.keys() if before.get(role) != after.get(role)}
    now = [entry(role, score) for role, score in after.items() if role in changed]
    of.take_in(changed, PersonalList.of(now))

    found = listed(of)
    assert len(found) <= items.LIST_LENGTH
    assert found.items() <= after.items()
    assert [*found.values()] == sorted(found.values(), reverse=True)
    assert all(np.float32(found[role]) >= np.float32(least) for role in found.keys() & changed)
    above = {role for role, score in after.items() if np.float32(score) > np.float32(of.threshold)}
    assert above <= found.keys()


@given(before=some_roles, role=st.integers(1, 30), score=scores)
def test_taking_in_twice_is_taking_in_once(
    before: dict[int, float], role: int, score: float
) -> None:
    once, twice = made_of(before), made_of(before)
    once.take_in({role}, PersonalList.of([entry(role, score)]))
    twice.take_in({role}, PersonalList.of([entry(role, score)]))
    twice.take_in({role}, PersonalList.of([entry(role, score)]))
    assert listed(twice) == listed(once)
    assert twice.threshold == once.threshold


def test_what_a_plan_proposed_stays_below_the_threshold() -> None:
    of = made_of({role: role / 10 for role in range(1, 9)})
    of.add_proposed(PersonalList.of([entry(2, 0.2), entry(8, 0.8)]))
    assert listed(of) == {8: 0.8, 7: 0.7, 6: 0.6, 5: 0.5, 2: 0.2}
    of.take_in({20}, PersonalList.of([entry(20, 0.65)]))
    assert [*listed(of)] == [8, 7, 20, 6, 2]
    assert of.threshold == pytest.approx(0.6)
    of.take_in({2})
    assert [*listed(of)] == [8, 7, 20, 6]
