"""Chances come true, and what does not come true shows."""

import numpy as np
import pytest

from matching.ranking.learning.calibration import (
    Calibration,
    calibrated,
    honest_chances,
    reliability,
)
from matching.ranking.learning.position import NO_EFFECT, PRIOR_EFFECT

TRUE = Calibration(-4.0, 6.0, PRIOR_EFFECT)


def outcomes(count: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    scores, places = draw.random(count), draw.integers(1, 11, count)
    return scores, places, draw.random(count) < TRUE.chance(scores, places)


def test_true_chances_are_found() -> None:
    found = calibrated(*outcomes(60_000), PRIOR_EFFECT)
    grid = np.linspace(0, 1, 5)
    assert found.chance(grid) == pytest.approx(TRUE.chance(grid), abs=0.02)
    assert found.chance(0.5, 5) < found.chance(0.5, 1)


def test_error_is_small_where_true_and_large_where_not() -> None:
    scores, places, asked = outcomes(40_000)
    people = np.arange(40_000) // 10
    honest = honest_chances(scores, places, asked, people, PRIOR_EFFECT)
    good, bad = reliability(honest, asked), reliability(np.clip(honest * 3, 0, 1), asked)
    assert good["error"] < 0.01
    assert bad["error"] > 0.05
    assert good["brier"] < bad["brier"]
    assert good["log_loss"] < bad["log_loss"]
    assert sum(each["showings"] for each in good["bins"]) == 40_000


def test_no_person_is_judged_by_what_they_taught() -> None:
    scores, places = np.full(40, 0.5), np.ones(40, int)
    people = np.repeat([0, 1], 20)
    asked = people == 0
    chances = honest_chances(scores, places, asked, people, NO_EFFECT)
    assert chances[people == 0].max() < 0.1
    assert chances[people == 1].min() > 0.9


def test_all_or_none_is_never_certain() -> None:
    for asked in (np.ones(10, bool), np.zeros(10, bool)):
        found = calibrated(np.linspace(0, 1, 10), np.ones(10, int), asked, NO_EFFECT)
        assert 0.01 < found.chance(0.5) < 0.99


def test_more_suitable_is_never_less_probable() -> None:
    scores, places, asked = outcomes(2000)
    assert calibrated(1 - scores, places, asked, PRIOR_EFFECT).slope == 0


def test_kept_and_read_it_is_the_same() -> None:
    assert Calibration.from_dict(TRUE.as_dict()) == TRUE
