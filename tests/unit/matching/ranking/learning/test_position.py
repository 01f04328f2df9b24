"""How much less lower places are looked at is told from what chance moved."""

from functools import cache, partial

import numpy as np
import pytest

from matching.ranking.learning.position import (
    LEAST_ATTENTION,
    PRIOR_EFFECT,
    PositionEffect,
    position_effect,
)
from matching.ranking.learning.seen import Seen
from tests.unit.matching.ranking.learning.clicks import looked_and_liked, season

PLACES = np.array([1, 2, 4, 8])


def flat(seen: Seen) -> np.ndarray:
    """Scores that know nothing."""
    return np.zeros(len(seen))


@cache
def many(fall: float) -> Seen:
    """Lists enough to tell attention from quality, each the best of a few roles."""
    answers = partial(looked_and_liked, fall=fall)
    return season(30_000, seed=1, answers=answers, share=0.3, pool=25)


@pytest.mark.parametrize("fall", [0.0, 0.5, 1.0])
def test_true_attention_is_found_whatever_the_scores_know(fall: float) -> None:
    """The list has the best on top, and a score that knows nothing cannot correct for that."""
    seen = many(fall)
    effect, _ = position_effect(seen, flat(seen))
    assert effect.attention(PLACES) == pytest.approx(PLACES**-fall, abs=0.13)
    assert effect.moved == (seen.propensities < 0.5).sum() > 10_000


def test_without_propensities_quality_is_taken_for_attention() -> None:
    seen = many(0.0)
    at_8 = seen.places >= 8
    assert seen.answered[at_8].mean() < 0.75 * seen.answered[seen.places == 1].mean()
    assert position_effect(seen, flat(seen))[0].attention(np.array([8]))[0] > 0.85


def test_nothing_moved_by_chance_leaves_the_prior() -> None:
    seen = season(200, seed=1, share=0.0)
    assert position_effect(seen, flat(seen))[0] == PRIOR_EFFECT


def test_few_moved_stay_near_the_prior() -> None:
    seen = season(100, seed=1, share=0.1)
    effect, precision = position_effect(seen, flat(seen))
    assert np.abs(np.array(effect.steps) - PRIOR_EFFECT.steps).max() < 0.4
    more = season(20_000, seed=1, share=0.1, pool=25)
    surer = position_effect(more, flat(more))[1]
    assert np.linalg.eigvalsh(precision).min() > 0
    assert surer[0, 0] > 5 * precision[0, 0]


def test_attention_falls_and_never_ends() -> None:
    effect = PositionEffect((0.7, 0.0, 2.0, 1.0, 0.1), 9)
    found = effect.attention(np.arange(1, 100))
    assert found[0] == 1
    assert (np.diff(found) <= 0).all()
    assert found[-1] == pytest.approx(LEAST_ATTENTION)
