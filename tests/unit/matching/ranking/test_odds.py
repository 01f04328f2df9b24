"""Chances of a place and of an answer, and how sure they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from matching.ranking.learning.calibration import reliability
from matching.ranking.odds import (
    ACCEPTED,
    ANSWERED,
    Belief,
    OddsSettings,
    belief_of,
    borough_belief,
    chance,
    share,
)

SURE = Belief(np.float64(1e7), np.float64(1.0))


def sure_of(mean: float) -> Belief:
    return Belief(np.float64(mean * 1e7), np.float64((1 - mean) * 1e7))


@pytest.mark.parametrize(
    ("left", "waiting", "expected"),
    [
        (3, 0, 0.6),
        (3, 2, 0.6),
        (1, 1, 0.6 * 0.4),
        (2, 5, 0.6 * binom.cdf(1, 5, 0.6)),
        (4, 30, 0.6 * binom.cdf(3, 30, 0.6)),
        (0, 0, 0.0),
    ],
)
def test_a_place_has_to_be_left_when_it_is_their_turn(
    left: int, waiting: int, expected: float
) -> None:
    found = chance([left], [waiting], SURE, sure_of(0.6))
    assert found.probability[0] == pytest.approx(expected, abs=1e-3)
    assert found.high[0] - found.low[0] < 0.01


def test_who_suits_better_than_those_who_wait_has_half_of_the_queue_before_them() -> None:
    sure = SURE, sure_of(0.6)
    last, first = 0.6 * binom.cdf(0, 4, 0.6), 0.6
    known = chance([1, 1, 1], [4, 4, 4], *sure, better=[0, 4, np.nan])
    assert known.probability == pytest.approx([(last + first) / 2, last, last], abs=1e-3)
    by_fit = chance([1], [4], *sure, better=[0], settings=OddsSettings(by_fit=1.0))
    assert by_fit.probability[0] == pytest.approx(first, abs=1e-3)


def test_a_group_that_answers_nobody_gives_nobody_a_place() -> None:
    silent = belief_of([0], [400], ANSWERED)
    assert chance([5], [0], silent, SURE).probability[0] < 0.02
    assert share(silent).high[0] < 0.02


@given(
    left=st.integers(0, 20),
    waiting=st.integers(0, 60),
    seen=st.integers(0, 30),
    hit=st.floats(0, 1),
)
def test_more_places_never_harm_and_more_people_never_help(
    left: int, waiting: int, seen: int, hit: float
) -> None:
    answered = belief_of(round(hit * seen), seen, ANSWERED)
    found = chance([left, left + 1, left, left], [waiting, waiting, waiting + 1, waiting], answered)
    here, roomier, fuller, again = found.probability
    assert roomier >= here - 1e-12
    assert fuller <= here + 1e-12
    assert here == again
    assert (found.low <= found.probability).all()
    assert (found.probability <= found.high).all()
    assert (found.low >= 0).all()
    assert (found.high <= 1).all()


def test_few_answers_leave_a_wide_interval_and_many_a_narrow_one() -> None:
    few, many = belief_of([4, 400], [5, 500], ANSWERED).strength
    assert few < many
    found = share(belief_of([4, 400], [5, 500], ANSWERED))
    assert found.probability == pytest.approx([0.8, 0.8], abs=0.01)
    assert found.high[0] - found.low[0] > 4 * (found.high[1] - found.low[1])


def test_a_group_without_a_record_is_taken_to_be_like_the_borough() -> None:
    borough = borough_belief([45, 30, 60, 20, 44, 51], [50, 60, 70, 50, 50, 60])
    unknown = belief_of([0], [0], borough)
    assert unknown.mean[0] == pytest.approx(250 / 340, abs=0.01)
    assert borough_belief([], []).mean == pytest.approx(0.8)
    assert borough_belief([], []).strength == pytest.approx(4)


def test_borough_finds_how_unlike_groups_are() -> None:
    draw = np.random.default_rng(5)
    asked = draw.integers(1, 60, 400)
    shares = draw.beta(6, 4, 400)
    unlike = borough_belief(draw.binomial(asked, shares), asked)
    assert unlike.mean == pytest.approx(0.6, abs=0.02)
    assert unlike.strength == pytest.approx(10, rel=0.3)
    alike = borough_belief(draw.binomial(asked, 0.6), asked)
    assert alike.strength > 50


def test_more_hits_than_trials_are_refused() -> None:
    with pytest.raises(ValueError, match="more hits"):
        borough_belief([3], [2])


def test_belief_of_two_things_in_a_row() -> None:
    draw = np.random.default_rng(1)
    first, second = Belief(np.float64(8), np.float64(3)), Belief(np.float64(2), np.float64(2))
    product = draw.beta(8, 3, 200_000) * draw.beta(2, 2, 200_000)
    both = first.and_then(second)
    assert both.mean == pytest.approx(product.mean(), abs=0.003)
    steps = both.steps()
    assert steps.var() == pytest.approx(product.var(), rel=0.1)


def test_odds_are_calibrated_where_groups_do_what_the_model_says() -> None:
    """Groups drawn as unlike each other as real ones, seen for a while, then asked once more each:
    of the applications with a chance of 3 in 10, about 3 in 10 become a placement.
    """
    draw = np.random.default_rng(8)
    groups = 3000
    answers, accepts = draw.beta(6, 2, groups), draw.beta(5, 3, groups)
    asked = draw.poisson(6, groups)
    answered = draw.binomial(asked, answers)
    taken = draw.binomial(answered, accepts)
    left, waiting = draw.integers(1, 5, groups), draw.integers(0, 12, groups)
    found = chance(
        left,
        waiting,
        belief_of(answered, asked, borough_belief(answered, asked)),
        belief_of(taken, answered, borough_belief(taken, answered, unknown=ACCEPTED)),
    )
    free = draw.binomial(waiting, answers * accepts) < left
    placed = free & (draw.random(groups) < answers * accepts)
    report = reliability(found.probability, placed)
    assert report["error"] < 0.03
    truth = answers * accepts * binom.cdf(left - 1, waiting, answers * accepts)
    inside = (truth >= found.low) & (truth <= found.high)
    assert 0.72 < inside.mean() < 0.88


def test_ten_thousand_roles_at_once_are_the_same_as_one_at_a_time() -> None:
    draw = np.random.default_rng(2)
    left, waiting = draw.integers(0, 9, 10_000), draw.integers(0, 30, 10_000)
    together = chance(left, waiting)
    alone = [chance([left[i]], [waiting[i]]).probability[0] for i in (0, 4095, 4096, 9999)]
    assert together.probability[[0, 4095, 4096, 9999]] == pytest.approx(alone)
    assert chance([], []).probability.shape == (0,)
