"""The odds that people would have been told, and how true they turn out."""

import numpy as np
import pytest

from matching.ranking import odds
from matching.ranking.season.applications import Applications, Ending
from matching.ranking.season.policies import Ours, SimilarityOnly
from matching.ranking.season.report import calibration
from matching.ranking.season.season import run_season
from matching.ranking.season.told import suitability_of
from matching.ranking.season.world import WORLDS, make_world


def test_odds_are_those_of_what_was_known_at_the_moment():
    made = Applications(groups=np.array([0, 1]))
    made.begin_week(0)
    first = made.add(person=0, role=0, left=1, pending=0)
    second = made.add(person=1, role=0, left=1, pending=1)
    made.take_on(first)
    made.turn_down(second, unsuited=False)
    made.begin_week(1)
    made.add(person=2, role=1, left=2, pending=0)
    unknown = odds.chance([1, 1], [0, 1]).probability
    assert made.odds[:2] == pytest.approx(unknown)
    # Group 0 answered 2 of 2, and took on 1 of the 1 for whom there was a place.
    answered = odds.borough_belief([2, 0], [2, 0], unknown=odds.ANSWERED)
    accepted = odds.borough_belief([1, 0], [1, 0], unknown=odds.ACCEPTED)
    later = odds.chance(2, 0, answered, accepted).probability
    assert made.odds[2] == pytest.approx(float(later))
    assert made.odds[2] > unknown[0]
    assert made.record_known.tolist() == [False, False, True]


def test_what_ends_for_which_reason_counts_for_what():
    made = Applications(groups=np.array([0]))
    made.begin_week(0)
    for _ in range(5):
        made.add(person=0, role=0, left=5, pending=0)
    made.take_on(0)
    made.turn_down(1, unsuited=True)
    made.turn_down(2, unsuited=False)
    made.lapse(3)
    made.withdraw(4)
    assert made.ended.tolist() == [
        Ending.TAKEN_ON,
        Ending.UNSUITED,
        Ending.NO_PLACE,
        Ending.LAPSED,
        Ending.WITHDRAWN,
    ]
    assert made._answered.tolist() == [[3, 4]], "answered 3 of 4; the withdrawn says nothing"
    assert made._accepted.tolist() == [[1, 2]], "a lack of places says nothing of the group"


def test_nobody_applied():
    assert len(Applications(np.array([0])).odds) == 0
    assert calibration(np.zeros(0), np.zeros(0, int)) == {"applications": 0}


def test_calibration_tells_true_chances_from_others():
    draw = np.random.default_rng(1)
    chance = draw.random(20_000)
    endings = np.where(draw.random(20_000) < chance, Ending.TAKEN_ON, Ending.NO_PLACE)
    found = calibration(chance, endings)
    assert found["error"] < 0.02
    assert found["brier"] == pytest.approx(1 / 6, abs=0.01)
    assert found["brier_of_mean"] == pytest.approx(1 / 4, abs=0.01)
    assert sum(each["applications"] for each in found["bins"]) == 20_000
    # The mean distance of a chance and its root is 2/3 − 1/2.
    assert calibration(np.sqrt(chance), endings)["error"] == pytest.approx(1 / 6, abs=0.02)


def test_withdrawn_applications_are_left_out_and_counted():
    found = calibration(np.array([1.0, 0.5]), np.array([Ending.TAKEN_ON, Ending.WITHDRAWN]))
    assert (found["applications"], found["withdrawn"], found["error"]) == (1, 1, 0)


@pytest.mark.parametrize("name", sorted(WORLDS))
def test_odds_are_nearly_true_in_every_world(roles, name):
    """Once the borough has a record: before that nobody knows how its groups answer. Few groups
    leave much to what is thought beforehand, so the bound is wider than what a borough shows.
    """
    chances, endings = [], []
    for seed in range(1, 9):
        world = make_world(roles, 4.0, seed, WORLDS[name])
        made = run_season(world, suitability_of(world), Ours(), seed).applications
        chances.append(made.odds[made.record_known])
        endings.append(made.ended[made.record_known])
    found = calibration(np.concatenate(chances), np.concatenate(endings))
    assert found["applications"] > 200
    assert found["error"] < 0.15
    assert abs(found["mean_chance"] - found["became_places"]) < 0.1


@pytest.mark.parametrize("name", sorted(WORLDS))
def test_odds_tell_long_queues_from_short_ones(roles, name):
    """Where nothing keeps people from a role for which many wait already: under ours hardly anybody
    joins such a queue, so that all chances are much alike.
    """
    world = make_world(roles, 4.0, 1, WORLDS[name])
    made = run_season(world, suitability_of(world), SimilarityOnly(), 1).applications
    found = calibration(made.odds[made.record_known], made.ended[made.record_known])
    assert found["brier"] < 0.8 * found["brier_of_mean"]
