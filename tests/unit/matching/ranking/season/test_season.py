"""Seasons on boards whose answer is known by hand, and what holds in every season."""

from dataclasses import replace

import numpy as np
import pytest

from matching.ranking.season.applications import Ending
from matching.ranking.season.measures import gini, measures
from matching.ranking.season.oracle import Best, best_possible
from matching.ranking.season.policies import CapAndMail, FullHidden, PendingCap, SimilarityOnly
from matching.ranking.season.season import run_season
from matching.ranking.season.told import suitability_of
from matching.ranking.season.world import WORLDS, make_world


def endings_of(outcome):
    return [Ending(ending).name for ending in outcome.applications.ended]


def test_everybody_asks_for_the_same_role_and_one_gets_it(board):
    world = board([[3, 1], [3, 1], [3, 1]], places=[1, 3])
    outcome = run_season(world, world.taste, SimilarityOnly(), seed=1)
    assert outcome.applications.roles == [0, 0, 0]
    assert sorted(endings_of(outcome)) == ["NO_PLACE", "NO_PLACE", "TAKEN_ON"]
    assert sorted(outcome.placed.tolist()) == [-1, -1, 0]
    assert sorted(outcome.refusals.tolist()) == [0, 1, 1]


def test_refused_people_ask_for_what_is_left_a_week_later(board):
    world = board([[3, 1], [3, 1]], places=[1, 1], weeks=2, open_weeks=2)
    outcome = run_season(world, world.taste, SimilarityOnly(), seed=1)
    assert sorted(outcome.placed.tolist()) == [0, 1]
    first, second = (outcome.placed.tolist().index(role) for role in (0, 1))
    assert outcome.placed_week[first] == 0
    assert outcome.placed_week[second] == 1


def test_who_leaves_after_a_refusal_does_not_come_back(board):
    world = board([[3, 1], [3, 1]], places=[1, 1], weeks=2, open_weeks=2, refused=1.0)
    outcome = run_season(world, world.taste, SimilarityOnly(), seed=1)
    assert sorted(outcome.placed.tolist()) == [-1, 0]
    assert len(outcome.applications) == 2


def test_an_application_of_somebody_who_was_placed_elsewhere_is_withdrawn(board):
    world = board([[3, 2]], places=[1, 1], most_a_week=2)
    outcome = run_season(world, world.taste, SimilarityOnly(), seed=1)
    assert sorted(endings_of(outcome)) == ["TAKEN_ON", "WITHDRAWN"]
    assert outcome.refusals.tolist() == [0]


def test_groups_that_never_answer_let_applications_lapse(board):
    world = board([[3.0], [3.0]], places=[2], never=1.0, ignored=1.0)
    outcome = run_season(world, world.taste, SimilarityOnly(), seed=1)
    assert endings_of(outcome) == ["LAPSED", "LAPSED"]
    assert outcome.refusals.tolist() == [1, 1]
    assert outcome.placed.tolist() == [-1, -1]


def test_groups_that_find_everybody_unsuited_keep_their_places(board):
    world = board([[3.0], [3.0]], places=[2], unsuited=1.0)
    assert endings_of(run_season(world, world.taste, SimilarityOnly(), seed=1)) == ["UNSUITED"] * 2


def test_nobody_asks_for_what_is_worth_less_than_doing_nothing(board):
    world = board([[-1, -2]], places=[1, 1])
    assert len(run_season(world, world.taste, SimilarityOnly(), seed=1).applications) == 0


def test_the_first_that_is_good_enough_is_not_the_best(board):
    told = np.array([[2, 1]], np.float32)
    for choice, role in (("best", 1), ("first good enough", 0)):
        world = board([[1, 3]], places=[1, 1], choice=choice)
        assert run_season(world, told, SimilarityOnly(), seed=1).applications.roles == [role]


def test_only_those_who_are_free_and_have_arrived_are_shown_a_role(board):
    world = board([[3, 1], [3, 1]], places=[2, 2], weeks=2, open_weeks=2)
    world = replace(
        world, possible=np.array([[False, True], [True, True]]), arrives=np.array([0, 1])
    )
    outcome = run_season(world, world.taste, SimilarityOnly(), seed=1)
    assert outcome.placed.tolist() == [1, 0]
    assert outcome.placed_week.tolist() == [0, 1]


def test_mail_brings_people_who_do_not_look(board):
    world = board(np.full((4, 3), 3.0), places=[2, 2, 2], visits=0.0, opens_mail=1.0)
    assert len(run_season(world, world.taste, PendingCap(), seed=1).applications) == 0
    outcome = run_season(world, world.taste, CapAndMail(seed=1), seed=1)
    assert len(outcome.applications) == len(outcome.invitations) == 4


def test_mail_and_lists_together_are_at_most_so_many_applications(board):
    world = board(np.full((6, 4), 3.0), places=[6, 6, 6, 6], opens_mail=1.0, most_a_week=1)
    outcome = run_season(world, world.taste, CapAndMail(seed=1), seed=1)
    assert len(outcome.invitations) == 6
    assert np.bincount(outcome.applications.people).tolist() == [1] * 6


@pytest.fixture(scope="module", params=sorted(WORLDS))
def season(request, roles):
    world = make_world(roles, 2.0, 3, WORLDS[request.param])
    told = suitability_of(world)
    return world, told


@pytest.mark.parametrize("make", [SimilarityOnly, FullHidden, PendingCap, lambda: CapAndMail(1)])
def test_what_holds_in_every_season(season, make):
    world, told = season
    outcome = run_season(world, told, make(), seed=3)
    made = outcome.applications
    people, asked = np.array(made.people), np.array(made.roles)
    taken = made.ended == Ending.TAKEN_ON
    assert taken.any()
    got = np.bincount(asked[taken], minlength=len(world.roles))
    assert (got <= world.roles.places).all()
    assert (np.bincount(people[taken]) <= 1).all(), "somebody was placed twice"
    assert (outcome.placed[people[taken]] == asked[taken]).all()
    assert taken.sum() == (outcome.placed >= 0).sum()
    assert len(set(zip(made.people, made.roles, strict=True))) == len(made), "asked twice"
    assert (made.ended != Ending.OPEN).all()
    assert world.possible[people, asked].all()
    weeks = np.array([week for week, _, _ in made._moments])
    assert (weeks >= world.opens[asked]).all(), "asked before it opened"
    assert (weeks < world.opens[asked] + world.settings.open_weeks).all(), "asked after it closed"
    assert (weeks >= world.arrives[people]).all()
    a_week = np.bincount(people * world.settings.weeks + weeks)
    assert a_week.max() <= world.settings.behaviour.most_a_week
    found = measures(world, outcome, Best(1.0, 1.0, 1, exact=True))
    reasons = ("no_place", "withdrawn", "unsuited", "lapsed")
    of_reasons = sum(found[f"fail_{reason}"] for reason in reasons)
    assert of_reasons == pytest.approx(found["applications_that_fail"])
    refused = np.isin(made.ended, [Ending.UNSUITED, Ending.NO_PLACE, Ending.LAPSED])
    assert outcome.refusals.sum() == refused.sum()


def test_one_at_a_time_nobody_asks_for_a_role_that_reached_its_cap(season, monkeypatch):
    world, told = season
    monkeypatch.setattr("matching.ranking.season.season.AT_ONCE", 1)
    for policy, capped in ((PendingCap(), True), (SimilarityOnly(), False)):
        made = run_season(world, told, policy, seed=3).applications
        _, left, pending = np.array(made._moments).T
        assert (pending < np.maximum(1, left)).all() == capped
        assert (left > 0).all() == capped


def test_the_same_seed_gives_the_same_season_and_another_does_not(season):
    world, told = season
    first, again, other = (run_season(world, told, PendingCap(), seed=s) for s in (3, 3, 4))
    assert (first.placed == again.placed).all()
    assert first.applications.roles == again.applications.roles
    assert first.applications.roles != other.applications.roles


def test_measures_of_a_board_known_by_hand(board):
    world = board([[3, 1], [3, 1], [3, 1], [-1, -1]], places=[1, 2])
    outcome = run_season(world, world.taste, SimilarityOnly(), seed=1)
    found = measures(world, outcome, Best(1.0, 5 / 4, 3, exact=True))
    assert found["roles_with_someone"] == 1 / 2
    assert found["roles_full"] == 1 / 2
    assert found["places_filled"] == pytest.approx(1 / 3)
    assert found["people_placed"] == 1 / 4
    assert found["placed_of_best_possible"] == pytest.approx(1 / 3)
    assert found["applications_a_person"] == 3 / 4
    assert found["applications_that_fail"] == pytest.approx(2 / 3)
    assert found["fail_no_place"] == pytest.approx(2 / 3)
    assert found["fail_withdrawn"] == found["fail_unsuited"] == found["fail_lapsed"] == 0
    assert found["people_refused"] == 2 / 4
    assert found["welfare"] == pytest.approx(3 / 4)
    assert found["gini_of_applications"] == pytest.approx(0.5)
    assert found["weeks_until_placed_p50"] == 1
    assert found["filled_size_0"] == pytest.approx(1 / 3)
    assert found["looks_size_0"] == pytest.approx(8 / 3)


def test_measures_where_nothing_happens(board):
    world = board([[-1.0]], places=[1])
    found = measures(
        world, run_season(world, world.taste, SimilarityOnly(), seed=1), Best(0, 0, 0, exact=True)
    )
    assert found["places_filled"] == found["applications_that_fail"] == 0
    assert np.isnan(found["weeks_until_placed_p50"])


def test_gini():
    assert gini(np.array([1, 1, 1, 1])) == 0
    assert gini(np.array([0, 0, 0, 4])) == 0.75
    assert gini(np.zeros(3)) == 0


def test_the_oracle_gives_up_a_favourite_for_the_sum(board):
    # Person 0 would lose 1 by taking role 1, person 1 would lose 5: the place goes to person 1.
    best = best_possible(board([[5, 4], [5, 0.5]], places=[1, 1]))
    assert best == Best(places_filled=1.0, welfare=pytest.approx(9 / 2), placed=2, exact=True)


def test_the_oracle_knows_what_is_closed_and_who_is_not_free(board):
    world = board(np.full((2, 2), 2.0), places=[1, 1], weeks=3, opens=[0, 2])
    world = replace(world, arrives=np.array([1, 0]), possible=np.array([[1, 1], [1, 0]], bool))
    assert best_possible(world).placed == 2
    assert best_possible(replace(world, arrives=np.array([1, 1]))).placed == 1


def test_the_oracle_is_as_good_over_few_roles_of_each_as_over_all(roles, monkeypatch):
    world = make_world(roles, 2.0, 1)
    found = best_possible(world)
    monkeypatch.setattr("matching.ranking.season.oracle._FIRST", 3)
    assert best_possible(world).welfare == pytest.approx(found.welfare, abs=1e-4)
    assert found.exact
