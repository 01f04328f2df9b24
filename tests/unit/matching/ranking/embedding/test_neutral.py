import numpy as np
import pytest

from matching.ranking.embedding.neutral import fitted, neutral
from matching.ranking.embedding.sentences import Sentences


def test_the_directions_between_languages_are_found():
    rng = np.random.default_rng(0)
    said = rng.normal(size=(40, 8)).astype(np.float32)
    moved = {name: said + 3 * np.eye(8, dtype=np.float32)[at] for at, name in enumerate("ab")}
    moved["a"][::4] = np.nan
    arrays = fitted(moved, said, most=2)

    plane = arrays["directions"]
    assert plane @ plane.T == pytest.approx(np.eye(2), abs=1e-5)
    for at in range(2):
        assert np.linalg.norm(plane[:, at]) == pytest.approx(1, abs=0.1)
    assert np.isfinite(arrays["mean"]).all()


@pytest.mark.parametrize("encoder", ["universal", "multilingual"])
def test_languages_are_less_apart_without_their_directions(encoder):
    """Job titles: the right one in the other language against the wrong one in the same."""
    english = ["nurse", "lorry driver", "gardener", "cook", "software developer", "teacher"]
    spanish = ["enfermera", "camionero", "jardinero", "cocinero", "programadora", "maestra"]
    plain = [Sentences(encoder).transform(texts) for texts in (english, spanish)]
    without = [neutral(rows, encoder) for rows in plain]

    def gap(one, other):
        across, within = one @ other.T, one @ one.T
        wrong = within[~np.eye(len(one), dtype=bool)].mean() / within.diagonal().mean()
        return across.diagonal().mean() - wrong

    assert gap(*without) > gap(*plain)
    assert np.linalg.norm(without[0], axis=1) == pytest.approx(1, abs=1e-5)


def test_a_row_of_zeros_stays_one():
    assert not neutral(np.zeros((1, 384), np.float32), "multilingual").any()
