"""Whether what was told came true, by more than chance and rounding explain."""

import random

import pytest

from insights.analysis.calibration import Calibration, Came, calibration

#: The same on any database.
pytestmark = pytest.mark.sqlite


def test_what_comes_true_holds_and_what_most_were_told_is_the_example() -> None:
    came = [Came(3, 31, 100), Came(6, 175, 300), Came(8, 82, 100)]
    assert calibration(came) == Calibration(came[1], below=False, above=False)


def test_anything_that_is_said_so_is_no_difference() -> None:
    """About 6 in 10 is anything from 0.55 to 0.65; fewer than 1 in 10 is up to 0.1."""
    away = [Came(6, hits, 1000).away for hits in (500, 550, 600, 650, 700)]
    assert away == pytest.approx([-50, 0, 0, 0, 50])
    assert (Came(0, 50, 1000).away, Came(10, 950, 1000).away) == (0, 0)
    assert not Came(0, 80, 1000).is_off(0)
    assert Came(0, 130, 1000).is_off(0)


def test_where_it_is_off_the_tenth_with_most_people_misled_is_the_example() -> None:
    worst = Came(6, 400, 1000)
    found = calibration([Came(2, 0, 100), worst, Came(9, 900, 1000)])
    assert found == Calibration(worst, below=True, above=False)


def test_too_much_for_some_and_too_little_for_others() -> None:
    found = calibration([Came(2, 60, 100), Came(8, 40, 100)])
    assert found is not None
    assert (found.below, found.above) == (True, True)


def test_a_few_people_are_no_proof() -> None:
    assert not Came(6, 3, 10).is_off(0)
    assert Came(6, 300, 1000).is_off(0)


def test_rounding_is_no_proof_either() -> None:
    """Of 1,000,000 chance moves nothing: what is left is less than the slack."""
    assert Came(10, 949_000, 1_000_000).is_off(0)
    assert not Came(10, 949_000, 1_000_000).is_off(600)


def test_nothing_to_go_by() -> None:
    assert calibration([]) is None


def test_chances_that_are_right_are_hardly_ever_called_wrong() -> None:
    rng, off = random.Random(1), 0
    for __ in range(1000):
        tenths, base = rng.randint(1, 9), rng.randint(20, 400)
        hits = sum(rng.random() < tenths / 10 for __ in range(base))
        off += Came(tenths, hits, base).is_off(0)
    assert off <= 2


def test_chances_at_the_edge_of_what_is_said_are_called_wrong_as_rarely_as_is_meant() -> None:
    rng, off = random.Random(2), 0
    for __ in range(2000):
        hits = sum(rng.random() < 0.65 for __ in range(200))
        off += Came(6, hits, 200).is_off(0)
    assert off <= 30
