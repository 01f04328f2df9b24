from dataclasses import replace

import numpy as np
import pytest

from benchmarks.borough import VOCABULARY, Borough, Drawn
from matching.ranking import nearby
from matching.ranking.columns import Applied
from matching.ranking.eligibility import EligibilitySettings, evaluate
from matching.ranking.lists import rank_read
from matching.ranking.nearby import (
    WORKING_HOURS,
    Board,
    NearbySettings,
    Reach,
    candidates,
    neighbourhoods,
    rank_nearby,
)
from matching.ranking.suitability import SuitabilityModel

PEOPLE, ROLES = 400, 300
SETTINGS = NearbySettings(people=40, far_km=12.0, by_meaning=3)


@pytest.fixture(scope="module")
def country():
    """People and roles over 120 km, some at places that are not known, some with little time."""
    rng = np.random.default_rng(3)
    borough = Borough(3)
    people, roles = borough.volunteers(PEOPLE), borough.roles(ROLES)
    slots = people.availability
    slots[:100] &= WORKING_HOURS
    slots[100:200] &= ~WORKING_HOURS
    spread = {
        "latitude": (51.0, 52.0),
        "longitude": (-1.0, 0.7),
    }
    moved = {
        name: {axis: _drawn(rng, low, high, count) for axis, (low, high) in spread.items()}
        for name, count in (("people", PEOPLE), ("roles", ROLES))
    }
    helps = rng.random((2, PEOPLE)) < 0.7
    people = replace(
        people,
        availability=slots,
        helps_in_person=helps[0],
        helps_from_home=helps[1],
        travel_km=rng.choice([5, 12, 30, np.inf], PEOPLE, p=[0.4, 0.3, 0.1, 0.2]).astype("f4"),
        **moved["people"],
    )
    roles = replace(
        roles,
        verified=rng.random(ROLES) < 0.95,
        open=rng.random(ROLES) < 0.95,
        pending=rng.integers(0, 12, ROLES).astype(np.int32),
        **moved["roles"],
    )
    return people, roles, borough.applied(people, roles)


def _drawn(rng, low, high, count):
    """Places between these, one of twenty not known, half of them in one of four towns."""
    drawn = rng.uniform(low, high, count)
    towns = np.linspace(low, high, 6)[1:5][rng.integers(0, 4, count)]
    drawn = np.where(rng.random(count) < 0.5, towns + rng.normal(0, 0.02, count), drawn)
    return np.where(np.arange(count) % 20 == 7, np.nan, drawn)


@pytest.fixture(scope="module")
def model(country):
    fields = [Drawn(PEOPLE, ROLES, 16, seed) for seed in (1, 2)]
    made = SuitabilityModel(interests=fields[0], experience=fields[1])
    return made.fit(country[1], VOCABULARY)


@pytest.fixture(scope="module")
def people(model, country):
    return model.read_volunteers(country[0])


@pytest.fixture(scope="module")
def board(model, country):
    ready = model.read_roles(country[1])
    return Board(country[1], ready.interests.vectors, ready.experience.vectors)


def test_everybody_is_in_one_neighbourhood_of_people_alike(people):
    reach = Reach.of(people.columns)

    found = list(neighbourhoods(reach, 40))

    assert sorted(np.concatenate(found)) == list(range(PEOPLE))
    assert max(map(len, found)) <= 40
    for rows in found:
        for name in ("in_person", "from_home", "anywhere"):
            assert len(set(getattr(reach, name)[rows])) == 1
        free = reach.availability[rows]
        assert len({(bool(f & WORKING_HOURS) or not f) for f in free.tolist()}) == 1


def test_neighbourhoods_lie_together(people):
    reach = Reach.of(people.columns)
    spans = {
        most: np.nanmedian(
            [np.ptp(reach.points[:, rows], axis=1).max() for rows in neighbourhoods(reach, most)]
        )
        for most in (5, PEOPLE)
    }
    assert spans[5] < spans[PEOPLE] / 2


def test_lists_are_those_of_the_whole_board(model, people, board, country):
    """For all whose travel ends somewhere: roles, scores, reasons, and how many are possible."""
    applied = country[2]
    ready = model.read_roles(board.columns)
    whole = rank_read(model, people, ready, applied, k=12)
    reach, looked_at, compared, listed = Reach.of(people.columns), 0, 0, 0
    for rows in neighbourhoods(reach, SETTINGS.people):
        if reach.anywhere[rows].any():
            continue
        some = people.take(rows)
        lists = rank_nearby(model, some, board, applied.take(rows), k=12, settings=SETTINGS)
        looked_at += len(candidates(model, some, board, SETTINGS)) * len(rows)
        compared += ROLES * len(rows)
        assert np.array_equal(lists.eligible, whole.eligible[rows])
        for at, row in enumerate(rows.tolist()):
            expected = [whole.match(row, place) for place in range(whole.length(row))]
            assert [lists.match(at, place) for place in range(lists.length(at))] == expected
            listed += len(expected)
    assert listed > 2000
    assert looked_at < compared / 2


def test_nobody_is_left_out_at_the_edge(make_volunteers, make_roles):
    """A role just within reach of one of two people, and one a little beyond."""
    roles = make_roles(latitude=[51.0 + 8.0 / 111.195 * f for f in (0.9999, 1.001)], longitude=0.0)
    people = make_volunteers(latitude=[51.0, 50.9], longitude=0.0, travel_km=[8.0, 2.0])
    allowed = evaluate(people, roles, Applied.none(2, 2)).eligible
    assert allowed.tolist() == [[True, False], [False, False]]

    assert nearby.RolesByPlace.of(roles).near(Reach.of(people)).tolist() == [True, False]


def test_who_would_go_anywhere_gets_what_is_near_and_what_is_most_alike(model, people, board):
    reach = Reach.of(people.columns)
    anywhere = [rows for rows in neighbourhoods(reach, 40) if reach.anywhere[rows].any()]
    assert anywhere
    for rows in anywhere:
        some = people.take(rows)
        near = board.by_place.near(Reach.of(some.columns), SETTINGS)
        found = candidates(model, some, board, SETTINGS)
        beyond = np.setdiff1d(found, np.flatnonzero(near))
        assert len(beyond) <= SETTINGS.by_meaning * len(rows)
        assert set(np.flatnonzero(near)) <= set(found)
        elsewhere = np.flatnonzero(board.by_place.elsewhere(Reach.of(some.columns)) & ~near)
        weights = nearby.Weights().as_dict()
        likeness = sum(
            weights[part] * getattr(some, part).dense @ getattr(board, part).dense[elsewhere].T
            for part in ("interests", "experience")
        )
        best = elsewhere[np.argsort(-likeness, axis=1)[:, : SETTINGS.by_meaning]]
        assert set(best.ravel()) == set(beyond)


def test_the_cap_is_none_where_all_roles_are_near(model, people, board, country):
    applied = country[2]
    settings = replace(SETTINGS, far_km=1000.0)
    reach = Reach.of(people.columns)
    rows = np.flatnonzero(reach.anywhere & reach.somewhere)
    whole = rank_read(
        model, people.take(rows), model.read_roles(board.columns), applied.take(rows), k=12
    )

    lists = rank_nearby(
        model, people.take(rows), board, applied.take(rows), k=12, settings=settings
    )

    assert lists.matches == whole.matches


def test_the_most_alike_are_the_same_whatever_the_size_of_a_block(
    monkeypatch, model, people, board
):
    rows = np.flatnonzero(Reach.of(people.columns).anywhere)
    some = people.take(rows)
    whole = candidates(model, some, board, SETTINGS)

    monkeypatch.setattr(nearby, "_ROLES_AT_ONCE", 17)

    assert candidates(model, some, board, SETTINGS).tolist() == whole.tolist()


@pytest.mark.parametrize("settings", [EligibilitySettings(), EligibilitySettings(16, 0.5, 1)])
def test_roles_that_nobody_can_apply_for_are_candidates_of_nobody(board, country, settings):
    everybody, roles, _ = country
    outcomes = evaluate(everybody, roles, Applied.none(PEOPLE, ROLES), settings)
    closed = np.zeros(ROLES, np.bool_)
    for code in ("group_verified", "role_open", "pending_cap"):
        closed |= outcomes.failed(code).all(axis=0)

    assert 10 < closed.sum() < ROLES - 10
    assert np.array_equal(nearby.RolesByPlace.of(roles, settings).open, ~closed)


def test_no_roles_and_no_people_are_lists_of_nothing(model, people, board):
    nothing = Board(
        board.columns.take([]),
        board.interests.take(slice(0, 0)),
        board.experience.take(slice(0, 0)),
    )

    lists = rank_nearby(model, people.take([0, 1]), nothing, Applied.none(2, 0), k=5)

    assert lists.matches == [[], []]
    assert list(neighbourhoods(Reach.of(people.take([]).columns), 5)) == []
