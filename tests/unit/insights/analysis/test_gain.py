"""What is claimed of a change, and what is not."""

import numpy as np
import pytest

from insights.analysis.gain import gain


def test_a_gain_that_is_larger_than_chance_is_sure() -> None:
    found = gain([100, 104, 98, 102], [121, 126, 117, 124])
    assert found is not None
    assert found.gained == pytest.approx(21)
    assert found.low < 21 < found.high
    assert found.is_sure


def test_nothing_is_sure_where_the_interval_holds_no_change() -> None:
    found = gain([100, 120, 90, 110], [110, 100, 115, 105])
    assert found is not None
    assert not found.is_sure


def test_a_loss_is_sure_too() -> None:
    found = gain([100, 101, 102, 103], [80, 82, 81, 83])
    assert found is not None
    assert found.is_sure
    assert found.high < 0


def test_two_seasons_say_nothing() -> None:
    assert gain([1, 2], [3, 4]) is None


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    draw = np.random.default_rng(3)
    held = 0
    for __ in range(400):
        before = draw.normal(100, 10, 6)
        found = gain(before, before + draw.normal(5, 4, 6))
        assert found is not None
        held += found.low <= 5 <= found.high
    assert 0.92 < held / 400 < 0.98
