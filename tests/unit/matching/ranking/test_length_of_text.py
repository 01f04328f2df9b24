"""A person who wrote three words and one who wrote a page are treated alike: on labelled texts."""

import json
from pathlib import Path

import numpy as np
import pytest

from matching.ranking.suitability import SuitabilityModel
from matching.ranking.text import TextVectors
from matching.ranking.text_length import TextLength

FOLDER = Path(__file__).parents[3] / "data" / "labelled"


def _texts(name):
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


@pytest.mark.encoders
def test_short_and_long_texts_reach_about_as_high():
    docs, queries = _texts("docs.jsonl"), _texts("queries.jsonl")
    vectors = TextVectors().fit(docs)
    roles = vectors.roles(docs)
    lengths = TextLength.fit(vectors.people, docs, roles)
    words = np.array([len(query.split()) for query in queries])
    plain = vectors.people(queries)

    def short_by_long(people):
        best = np.sort(people.likeness(roles), axis=1)[:, -10:].mean(axis=1)
        return best[words <= 4].mean() / best[words >= 9].mean()

    assert min((words <= 4).sum(), (words >= 9).sum()) >= 8
    treated = short_by_long(lengths.applied(plain, queries))
    assert short_by_long(plain) < treated
    assert 1 / 1.35 < treated < 1.35


def test_a_factor_grows_no_text_beyond_its_bounds(make_roles, make_borough, vocabulary):
    people, roles = make_borough(3, 40, 60)
    model = SuitabilityModel().fit(roles, vocabulary)

    for length in model.lengths_.values():
        assert (length.factors >= 0.8).all()
        assert (length.factors <= 1.6).all()
    assert model.parts(people, roles)["interests"].value.max() <= 1


def test_a_borough_of_few_roles_learns_no_lengths(make_borough, vocabulary):
    _, roles = make_borough(3, 4, 10)

    model = SuitabilityModel().fit(roles, vocabulary)

    assert (model.lengths_["interests"].factors == 1).all()
