"""A stored list takes changed roles in as if it had been made anew."""

from collections.abc import Iterator
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.explanation import Reason
from matching.ranking.lists import Match
from matching.recommender import items
from matching.recommender.items import PersonalList, holding, item_of

scores = st.integers(0, 1000).map(lambda value: value / 1000)
some_roles = st.dictionaries(st.integers(1, 30), scores)


@pytest.fixture(autouse=True, scope="module")
def _short_lists() -> Iterator[None]:
    """Lists so short that most of them are full."""
    with mock.patch.object(items, "LIST_LENGTH", 4):
        yield


def entry(role: int, score: float) -> items.Item:
    return {"role": role, "score": score}


def made_of(score_of: dict[int, float]) -> PersonalList:
    """A list as a full ranking would make it."""
    ranked = sorted(score_of, key=lambda role: -score_of[role])
    best = [entry(role, score_of[role]) for role in ranked[: items.LIST_LENGTH]]
    return PersonalList(best, {}, best[-1]["score"] if len(ranked) > items.LIST_LENGTH else -1.0)


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
    of = PersonalList([entry(3, 0.5), entry(17, 0.4)])
    assert holding(3) in of.role_ids
    assert holding(17) in of.role_ids
    assert holding(1) not in of.role_ids
    assert holding(7) not in of.role_ids
    assert PersonalList().role_ids == ""


@given(before=some_roles, after=some_roles)
def test_list_holds_every_role_above_its_threshold_and_no_other(
    before: dict[int, float], after: dict[int, float]
) -> None:
    of = made_of(before)
    least = of.threshold
    changed = {role for role in before.keys() | after.keys() if before.get(role) != after.get(role)}
    of.take_in(changed, [entry(role, score) for role, score in after.items() if role in changed])

    assert len(of.items) <= items.LIST_LENGTH
    listed = {item["role"]: item["score"] for item in of.items}
    assert listed.items() <= after.items()
    assert [*listed.values()] == sorted(listed.values(), reverse=True)
    assert all(listed[role] >= least for role in listed.keys() & changed)
    above = {role for role, score in after.items() if score > of.threshold}
    assert above <= listed.keys()


@given(before=some_roles, role=st.integers(1, 30), score=scores)
def test_taking_in_twice_is_taking_in_once(
    before: dict[int, float], role: int, score: float
) -> None:
    once, twice = made_of(before), made_of(before)
    once.take_in({role}, [entry(role, score)])
    twice.take_in({role}, [entry(role, score)])
    twice.take_in({role}, [entry(role, score)])
    assert {item["role"] for item in twice.items} == {item["role"] for item in once.items}
    assert twice.threshold == once.threshold
