from math import log

import numpy as np
import pytest
from sklearn.exceptions import NotFittedError

from matching.ranking.bm25 import Bm25

DOCS = [
    "plant trees, plant bulbs",
    "read to children",
    "plant hedges along the river with children",
]


def _by_hand(query, document, saturation, length):
    """The formula of the paper, word by word."""
    split = [
        [word.strip(",") for word in doc.split() if word not in {"to", "the", "with"}]
        for doc in DOCS
    ]
    usual = sum(map(len, split)) / len(split)
    total = 0.0
    for word in query.split():
        having = sum(word in words for words in split)
        times = split[document].count(word)
        rarity = log(1 + (len(split) - having + 0.5) / (having + 0.5))
        slack = saturation * (1 - length + length * len(split[document]) / usual)
        total += rarity * times * (saturation + 1) / (times + slack)
    return total


@pytest.mark.parametrize(("saturation", "length"), [(1.2, 0.75), (1.5, 0.0), (0.5, 1.0)])
def test_scores_are_those_of_the_formula(saturation, length):
    queries = ["plant", "children river", "plant plant trees"]

    found = Bm25(saturation, length).fit(DOCS).scores(queries)

    expected = [
        [_by_hand(query, document, saturation, length) for document in range(len(DOCS))]
        for query in queries
    ]
    np.testing.assert_allclose(found, expected, rtol=1e-5)


def test_words_that_no_document_has_add_nothing():
    fitted = Bm25().fit(DOCS)

    assert not fitted.scores(["astronomy", ""]).any()
    np.testing.assert_array_equal(fitted.scores(["trees astronomy"]), fitted.scores(["trees"]))


def test_it_is_to_be_fitted_first():
    with pytest.raises(NotFittedError):
        Bm25().scores(["trees"])
