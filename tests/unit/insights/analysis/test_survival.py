"""Kaplan–Meier."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.analysis.survival import days_until, still_waiting

#: Remission times of 21 patients with 6-MP, + for censored: E. A. Gehan, Biometrika 52 (1965),
#: 203; a common example of the curve, with the median at 23 weeks.
_DAYS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
_DONE = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def test_the_curve_of_a_published_example() -> None:
    times, left = still_waiting(_DAYS, _DONE)
    assert times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    expected = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert left == pytest.approx(expected, abs=5e-4)
    assert days_until(0.5, _DAYS, _DONE) == 23


def test_those_still_waiting_make_the_median_longer() -> None:
    days, done = [1, 2, 3, 50, 50, 50], [True, True, True, False, False, False]
    assert days_until(0.5, days, done) == 3
    assert days_until(0.5, days[:3], done[:3]) == 2
    assert days_until(0.5, [*days, 60], [*done, False]) is None


def test_nobody_gives_nothing() -> None:
    assert days_until(0.5, [], []) is None
    assert [part.tolist() for part in still_waiting([], [])] == [[], []]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60), st.floats(0.01, 0.99))
def test_with_nobody_waiting_it_is_the_empirical_quantile(days: list[int], share: float) -> None:
    ordered = np.sort(days)
    reached = int(np.searchsorted(np.arange(1, len(days) + 1) / len(days), share - 1e-9))
    assert days_until(share, days, np.ones(len(days))) == ordered[reached]


@pytest.mark.parametrize(
    ("days", "done"), [([1, 2], [True]), ([-1], [True]), ([float("nan")], [False])]
)
def test_what_is_no_wait_is_refused(days: list[float], done: list[bool]) -> None:
    with pytest.raises(ValueError, match="days"):
        still_waiting(days, done)


def test_a_share_lies_between_0_and_1() -> None:
    with pytest.raises(ValueError, match="share"):
        days_until(1, [1], [True])
