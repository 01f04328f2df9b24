import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.block_weights import BlockWeights, Shares
from matching.ranking.languages import UNKNOWN

BLOCKS = list(Shares().as_dict())
LANGUAGES = ["en", "es", "de", "gu", "ro", UNKNOWN]
languages = st.sampled_from(LANGUAGES)


@given(languages, languages, st.sets(st.sampled_from(BLOCKS), min_size=1), st.booleans())
def test_the_weights_of_a_pair_are_1_in_all_whatever_blocks_there_are(person, role, there, title):
    weights = BlockWeights().among(there).pair(person, role, title=title)

    assert set(weights) == there
    assert min(weights.values()) >= 0
    assert sum(weights.values()) == pytest.approx(1)


@given(languages, st.dictionaries(languages, st.floats(0.01, 1), min_size=1), languages)
def test_what_counts_for_a_pair_is_a_factor_of_each_and_at_most_1_in_all(person, roles, role):
    shares = {language: share / sum(roles.values()) for language, share in roles.items()}
    theirs = BlockWeights().of_people([person], shares)
    reads = BlockWeights().of_roles([role])

    total = sum(theirs[name][0] * reads[name][0] for name in BLOCKS)
    assert 0 < total <= 1 + 1e-6
    assert all(set(np.unique(values)) <= {0, 1} for values in reads.values())


def test_where_all_roles_are_in_one_language_a_person_has_the_weights_of_the_pair():
    theirs = BlockWeights().of_people(["gu", "en"], {"en": 1.0})

    for name in BLOCKS:
        expected = [BlockWeights().pair(person, "en")[name] for person in ("gu", "en")]
        assert theirs[name] == pytest.approx(expected)


@pytest.mark.parametrize("titles", [0, 0.25, 1])
def test_the_more_roles_are_titles_the_more_their_weights_count(titles):
    weights = BlockWeights()
    theirs = weights.of_people(["en"], {"en": 1.0}, titles)
    whole, of_title = weights.pair("en", "en"), weights.pair("en", "en", title=True)

    assert of_title["universal"] > whole["universal"]
    for name in BLOCKS:
        expected = (1 - titles) * whole[name] + titles * of_title[name]
        assert theirs[name] == pytest.approx([expected])


def test_english_people_never_wait_for_the_encoder_of_many_languages():
    for title in (False, True):
        assert BlockWeights().pair("en", "en", title=title)["multilingual"] == 0


def test_a_block_alone_counts_all_for_every_language():
    alone = BlockWeights.always(Shares(english=1.0))

    for title in (False, True):
        for person in LANGUAGES:
            assert alone.pair(person, "gu", title=title)["english"] == 1
    assert alone.of_roles(["gu"])["english"][0] == 1


def test_an_encoder_counts_only_for_languages_that_it_reads():
    weights = BlockWeights()

    assert weights.pair("en", "en")["english"] > 0
    assert weights.pair("en", "de")["english"] == weights.pair("de", "de")["english"] == 0
    assert weights.pair("de", "en")["universal"] > 0
    assert weights.pair("gu", "en")["universal"] == 0
    assert weights.pair("gu", "en")["multilingual"] > 0.5
    assert weights.of_roles(["gu"])["universal"][0] == 0


def test_blocks_that_are_not_there_leave_their_weight_to_the_others():
    left = BlockWeights().among(["words", "fragments"]).pair("gu", "en")

    assert left == pytest.approx({"words": 0.4, "fragments": 0.6})
    assert BlockWeights().among(["english"]).pair("gu", "en") == {"english": 1}


def test_without_roles_a_person_counts_as_among_english_ones():
    theirs = BlockWeights().of_people(["es"], {})

    assert theirs["universal"][0] == pytest.approx(BlockWeights().pair("es", "en")["universal"])
