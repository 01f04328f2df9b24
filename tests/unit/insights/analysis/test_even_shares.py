"""Shares that differ by more than chance, and those that do not."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from insights.analysis.even_shares import evenness


def test_the_chance_is_that_of_the_chi_squared_test() -> None:
    hits, bases = np.array([30, 45, 20]), np.array([100, 110, 90])
    found = evenness(hits, bases)
    assert found is not None
    expected = chi2_contingency(np.stack([hits, bases - hits]), correction=False).pvalue
    assert found.chance == pytest.approx(expected)
    assert (found.farthest, found.above) == (1, True)


def test_a_small_group_is_left_out_whatever_its_share() -> None:
    """Five of ten are half, and say nothing beside 24 of 100."""
    found = evenness([5, 24, 25], [10, 100, 100])
    assert found is not None
    assert found.chance > 0.8
    assert evenness([5, 24], [10, 100]) is None


def test_rounding_alone_makes_no_difference() -> None:
    """Ten of 20 may be eight of 22, as 25 of 100 may be 27 of 98."""
    rounded, exact = evenness([10, 125], [25, 500], 2.5), evenness([10, 125], [25, 500])
    assert rounded is not None
    assert exact is not None
    assert rounded.chance > 0.5 > exact.chance


@pytest.mark.parametrize(("hits", "bases"), [([], []), ([0, 0], [50, 50]), ([50, 50], [50, 50])])
def test_without_two_groups_or_a_difference_there_is_no_test(
    hits: list[int], bases: list[int]
) -> None:
    assert evenness(hits, bases) is None


def test_same_chances_are_seldom_called_unlike() -> None:
    """At 1 in 100, of 2,000 tables of equal chances about 20 are; here at most 40."""
    random = np.random.default_rng(7)
    bases = np.array([40, 80, 200, 600])
    found = [evenness(random.binomial(bases, 0.25), bases) for __ in range(2000)]
    assert sum(one is not None and one.chance < 0.01 for one in found) <= 40
