"""Who is compared with whom, and how sure a difference is."""

import numpy as np
import pytest

from insights.analysis.comparison import difference, enough, held_back, wilson


class TestWhoIsHeldBack:
    def test_the_same_seed_draws_the_same(self) -> None:
        strata = ["mail"] * 30 + ["page"] * 50
        first = held_back(strata, 0.3, seed=5)
        assert (first == held_back(strata, 0.3, seed=5)).all()
        assert (first != held_back(strata, 0.3, seed=6)).any()

    def test_of_each_kind_the_share(self) -> None:
        drawn = held_back(["mail"] * 30 + ["page"] * 50, 0.3, seed=5)
        assert (drawn[:30].sum(), drawn[30:].sum()) == (9, 15)

    def test_everybody_is_as_likely(self) -> None:
        times = sum(held_back(["a"] * 10, 0.5, seed).astype(int) for seed in range(2000))
        assert np.abs(times / 2000 - 0.5).max() < 0.05

    def test_nobody_where_nobody_may_be(self) -> None:
        assert not held_back(["a"] * 10, 0, seed=1).any()
        assert not len(held_back([], 0.5, seed=1))
        with pytest.raises(ValueError, match="between 0 and 1"):
            held_back(["a"], 1.5, seed=1)


class TestDifference:
    @pytest.mark.parametrize(
        ("given", "interval"),
        # Newcombe 1998, table II, method 10.
        [
            ((56, 70, 48, 80), (0.0524, 0.3339)),
            ((9, 10, 3, 10), (0.1705, 0.8090)),
            ((10, 10, 0, 20), (0.6791, 1.0)),
            ((10, 10, 0, 10), (0.6075, 1.0)),
            ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ],
    )
    def test_as_published(
        self, given: tuple[int, int, int, int], interval: tuple[float, float]
    ) -> None:
        found = difference(*given)
        assert (found.lowest, found.highest) == pytest.approx(interval, abs=1e-4)
        assert found.value == pytest.approx(given[0] / given[1] - given[2] / given[3])

    def test_clear_where_nothing_is_outside_of_the_interval(self) -> None:
        assert difference(56, 70, 48, 80).is_clear
        assert difference(3, 70, 48, 80).is_clear
        assert not difference(5, 10, 4, 10).is_clear

    def test_the_interval_holds_the_truth_as_often_as_it_says(self) -> None:
        chance = np.random.default_rng(1)
        hits = 0
        for _ in range(2000):
            found = difference(chance.binomial(30, 0.3), 30, chance.binomial(25, 0.1), 25)
            hits += found.lowest <= 0.2 <= found.highest
        assert 0.93 <= hits / 2000 <= 0.98

    def test_no_share_of_nothing(self) -> None:
        with pytest.raises(ValueError, match="no share"):
            wilson(0, 0)
        with pytest.raises(ValueError, match="no share"):
            difference(1, 2, 5, 4)


def test_twenty_on_either_side_say_something() -> None:
    assert enough(20, 20)
    assert not enough(19, 300)
