"""Fitting the cause layer on made-up charities whose causes are known."""

import numpy as np
import pytest
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # carries no types

from matching.ranking.cause_fitting import FEWEST_CHARITIES, Charities, fit_layer, measured
from matching.ranking.tagged_charities import FIELDS

CAUSES = ("AA", "BB", "CC")
WIDTH = 24


def charities(count: int = 240, noise: float = 1.2) -> Charities:
    """Charities of three causes: each text's vector is that of its cause with much noise, which is
    larger in directions that tell nothing.
    """
    random = np.random.default_rng(7)
    directions = np.eye(WIDTH)[:3]
    causes = random.integers(3, size=count)
    scales = np.where(np.arange(WIDTH) < 3, 0.5, noise)
    vectors = {}
    for field in FIELDS:
        rows = directions[causes] * 2 + random.normal(size=(count, WIDTH)) * scales
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        vectors[field] = rows.astype(np.float32)
    return Charities(vectors, [frozenset({CAUSES[cause], f"{CAUSES[cause]}1"}) for cause in causes])


def test_each_tag_is_likeliest_for_its_own_charities() -> None:
    read = charities()
    layer = fit_layer(read, "minilm")
    top = [list(layer.tags_).index(cause) for cause in CAUSES]
    likely = layer.probabilities(read.vectors["activities"])[:, top].argmax(axis=1)
    right = [CAUSES[cause] in tags for cause, tags in zip(likely, read.tags, strict=True)]
    assert np.mean(right) > 0.9


def test_the_layer_finds_charities_of_like_tags_better_than_vectors_do() -> None:
    figures = measured(charities(), "minilm", seeds=(0,))
    assert set(figures) == {"name to activities", "name to objects", "activities to objects"}
    for of_search in figures.values():
        assert of_search["layer"] > of_search["vectors"] + 0.05
        assert 0 < of_search["both"] <= 1


def test_rare_tags_weigh_more_and_the_rarest_are_not_learned() -> None:
    read = charities()
    tags = [tags | {"ALL"} if row else tags for row, tags in enumerate(read.tags)]
    rare = {row: "FEW" if row < FEWEST_CHARITIES - 1 else "ENOUGH" for row in range(15)}
    tags = [tags | {rare[row]} if row in rare else tags for row, tags in enumerate(tags)]
    layer = fit_layer(Charities(read.vectors, tags), "minilm")
    weights = dict(zip(layer.tags_, layer.weights_, strict=True))
    assert "FEW" not in weights
    assert weights["ENOUGH"] > weights["AA"] > weights["ALL"]


def test_the_same_charities_give_the_same_numbers_whatever_the_threads() -> None:
    read = charities()
    with threadpool_limits(2):
        two = fit_layer(read, "minilm").arrays()
    with threadpool_limits(1):
        one = fit_layer(read, "minilm").arrays()
    assert all(np.array_equal(one[name], two[name]) for name in one)


def test_texts_that_say_nothing_teach_nothing() -> None:
    read = charities()
    silent = {**read.vectors, "name": np.zeros_like(read.vectors["name"])}
    layer = fit_layer(Charities(silent, read.tags), "minilm")
    assert np.isfinite(layer.coefficients_).all()
    assert not layer.transform(silent["name"]).any()


def test_too_few_charities_are_said() -> None:
    with pytest.raises(ValueError, match="no tag has"):
        fit_layer(charities(FEWEST_CHARITIES - 1), "minilm")
