"""A small share of places is left to chance, and the stated probabilities are the true ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.exploration import randomise

lists = st.lists(st.integers(0, 10_000), unique=True, max_size=45)


@given(lists, st.integers(0, 2**32), st.sampled_from([0.0, 0.1, 0.9]), st.integers(0, 5))
def test_nothing_is_added_or_lost_and_padding_stays(ranked, seed, share, padding) -> None:
    shown, propensities = randomise([*ranked, *[-1] * padding], seed, share)
    assert sorted(shown[: len(ranked)]) == sorted(ranked)
    assert (shown[len(ranked) :] == -1).all()
    assert ((propensities > 0) & (propensities <= 1)).all()
    for first in range(0, len(ranked), 10):
        page = slice(first, min(first + 10, len(ranked)))
        assert sorted(shown[page]) == sorted(ranked[page]), "places change within a page alone"
        assert (shown[page] != ranked[page]).sum() in (0, 2)


def test_same_seed_gives_the_same_list() -> None:
    one, other = randomise(range(40), (7, 3), 0.5), randomise(range(40), (7, 3), 0.5)
    assert (one[0] == other[0]).all()
    different = [randomise(range(40), seed, 0.5)[0].tolist() for seed in range(20)]
    assert len(set(map(tuple, different))) > 10


def test_share_of_0_leaves_the_list_alone() -> None:
    shown, propensities = randomise(range(12), 1, 0.0)
    assert shown.tolist() == list(range(12))
    assert (propensities == 1).all()


@pytest.mark.parametrize("share", [-0.1, 1.0, 1.5])
def test_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="a share"):
        randomise(range(3), 1, share)


@pytest.mark.parametrize("length", [2, 3, 10, 14])
def test_stated_probabilities_are_those_of_many_draws(length: int) -> None:
    """Each role's place, drawn 20,000 times, against what `randomise` says of the place."""
    draws, share = 20_000, 0.3
    counts = np.zeros((length, length))
    stated = np.full((length, length), np.nan)
    for seed in range(draws):
        shown, propensities = randomise(range(length), seed, share)
        places = np.arange(length)
        counts[shown, places] += 1
        before = stated[shown, places]
        assert (np.isnan(before) | np.isclose(before, propensities)).all()
        stated[shown, places] = propensities
    found = counts / draws
    possible = ~np.isnan(stated)
    assert (found[~possible] == 0).all()
    error = np.sqrt(stated[possible] * (1 - stated[possible]) / draws)
    assert (np.abs(found[possible] - stated[possible]) < 4.5 * error + 1e-12).all()
    pages = np.arange(length) // 10
    assert np.allclose(np.nansum(stated, axis=1), 1), "each role is somewhere"
    assert not possible[pages[:, None] != pages[None, :]].any()
