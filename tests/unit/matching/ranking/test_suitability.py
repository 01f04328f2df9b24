import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.exceptions import NotFittedError

from matching.ranking.suitability import CONTRIBUTION_NAMES, PART_NAMES, SuitabilityModel
from matching.ranking.weights import Neutral, Weights

TITLES = [
    "Reading buddy",
    "Homework club helper",
    "Library story time",
    "Tree planting day",
    "Park litter pick",
    "River clean-up",
    "Befriender for older people",
    "Tea and chat visitor",
    "Soup kitchen cook",
    "Food bank packer",
    "Bicycle repairer",
    "Choir helper",
]
BODIES = [
    "Listen to children as they learn to read, once a week at a primary school.",
    "Teach children spelling and sums, and read with them after school.",
    "Read stories aloud to children and help them choose books.",
    "Plant young trees and hedges, and water them in the park.",
    "Clear litter and leaves to keep our parks clean and green.",
    "Pull rubbish and weeds out of the river with us.",
    "Visit a lonely older person each week for company and a chat.",
    "Pour tea and talk with older people who live alone.",
    "Cook and serve hot meals for people without a home.",
    "Sort and pack food for families who cannot afford it.",
    "Mend old bicycles so that they can be ridden again.",
    "Set out chairs and music for our community choir.",
]
PAGE = (
    "I moved to Harrow a long time ago and I have two grown-up sons. Until last spring I was in an "
    "office near the station. {wish} My friends say that I am patient. I do not mind the bus, and "
    "I can be reached by telephone most of the day. What I wish for is this: {wish} I have never "
    "volunteered before and I am a little nervous, but my sister did and said that it was good for "
    "her. I am well, apart from my knee. Thank you for going to the trouble of all this for us."
)


@pytest.fixture(scope="module")
def roles(make_roles):
    return make_roles(title=TITLES, body=BODIES)


@pytest.fixture(scope="module")
def model(roles, vocabulary):
    return SuitabilityModel().fit(roles, vocabulary)


def _top(model, make_volunteers, roles, about, k=3):
    scores = model.score(make_volunteers(about=[about]), roles)[0]
    return {TITLES[role] for role in np.argsort(-scores)[:k]}


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("teach children to read", {"Reading buddy", "Homework club helper", "Library story time"}),
        ("plant trees and clean parks", {"Tree planting day", "Park litter pick"}),
        ("visit lonely older people", {"Befriender for older people", "Tea and chat visitor"}),
        ("cooking for the homeless", {"Soup kitchen cook"}),
    ],
)
def test_what_somebody_wrote_brings_roles_about_it_to_the_top(
    model, make_volunteers, roles, about, expected
):
    assert expected <= _top(model, make_volunteers, roles, about)


@pytest.mark.parametrize(
    ("words", "wish", "expected"),
    [
        (
            "children reading",
            "I want to sit with children and read, and help them with books.",
            {"Reading buddy", "Homework club helper", "Library story time"},
        ),
        (
            "trees parks",
            "I want to plant trees and to keep our parks clean and free of litter.",
            {"Tree planting day", "Park litter pick"},
        ),
        (
            "older people",
            "I want to visit older people who are lonely, for tea and a chat.",
            {"Befriender for older people", "Tea and chat visitor"},
        ),
        (
            "cooking meals",
            "I want to cook and serve meals for people who have no home.",
            {"Soup kitchen cook"},
        ),
    ],
)
@pytest.mark.encoders
def test_two_words_and_a_page_are_treated_alike(
    make_volunteers, roles, vocabulary, words, wish, expected
):
    """The same wish in two words, in a sentence and lost in a page: the same roles come first, and
    for about as much of the score.
    """
    model = SuitabilityModel().fit(roles, vocabulary)
    people = make_volunteers(about=[words, wish, PAGE.format(wish=wish)])
    interests = model.parts(people, roles)["interests"].value

    for row in interests:
        first = np.argsort(-row)[: len(expected)]
        assert {TITLES[role] for role in first} == expected
    best = interests.max(axis=1)
    assert best.max() / best.min() < 2.5


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 10_000))
def test_contributions_add_up_to_the_score(make_borough, vocabulary, seed):
    people, roles = make_borough(seed)
    model = SuitabilityModel().fit(roles, vocabulary)
    scored = model.suitability(model.read_volunteers(people), model.read_roles(roles))
    rows, columns = np.array(np.indices(scored.score.shape))

    contributions = scored.contributions(rows, columns)

    assert contributions.shape == (*scored.score.shape, len(CONTRIBUTION_NAMES))
    assert contributions.sum(axis=2) == pytest.approx(scored.score, abs=1e-6)
    assert contributions.min() >= 0
    assert 0 < scored.score.min() <= scored.score.max() <= 1
    assert (contributions[..., -1] > 0).any()


def test_contributions_are_weight_times_value(make_volunteers, make_roles, vocabulary):
    roles = make_roles(causes=[[3], [0]], slots=[0b11, 0b11])
    model = SuitabilityModel().fit(roles, vocabulary)
    person = make_volunteers(causes=[[3]], availability=0b01)

    scored = model.suitability(model.read_volunteers(person), model.read_roles(roles))
    first = scored.contributions(np.array([0]), np.array([0]))[0]
    given = dict(zip(CONTRIBUTION_NAMES, first, strict=True))

    assert given["causes"] == pytest.approx(Weights().causes, abs=1e-6)
    assert given["time"] == pytest.approx(Weights().time / 2, abs=1e-6)
    silent = set(PART_NAMES) - {"causes", "time"}
    neutral = sum(Weights().as_dict()[p] * Neutral().as_dict()[p] for p in silent)
    assert given["not_said"] == pytest.approx(neutral, abs=1e-5)


def test_silence_orders_roles_as_leaving_the_part_out_would(
    make_volunteers, make_borough, vocabulary
):
    """One who ticked causes and nothing else: their list is that of the causes alone."""
    _, roles = make_borough(5)
    model = SuitabilityModel().fit(roles, vocabulary)
    person = make_volunteers(causes=[[0, 3]])
    scored = model.suitability(model.read_volunteers(person), model.read_roles(roles))
    causes = scored.parts["causes"]
    value = np.where(causes.known, causes.value, Neutral().causes)[0]
    elsewhere = scored.parts["distance"].known[0]

    for group in (elsewhere, ~elsewhere):  # roles from home have a distance for everybody
        assert np.diff(scored.score[0][group][np.argsort(value[group])]).min() >= -1e-6


def test_silence_stands_between_a_good_match_and_none(make_volunteers, roles, model):
    people = make_volunteers(about=["teach children to read", "", "repair bicycles"])

    said, silent, other = model.score(people, roles)[:, TITLES.index("Reading buddy")]

    assert other < silent < said


def test_silence_about_causes_stands_well_between_a_match_and_none(
    make_volunteers, make_roles, vocabulary
):
    roles = make_roles(causes=[[3]])
    model = SuitabilityModel().fit(roles, vocabulary)
    other, silent, said = model.score(make_volunteers(causes=[[0], [], [3]]), roles)[:, 0]

    margin = Weights().causes / 10
    assert other + margin < silent < said - margin


def test_text_without_a_word_counts_as_silence(make_volunteers, roles, model):
    people = make_volunteers(about=["", "?! …"])

    silent, foreign = model.score(people, roles)
    assert np.array_equal(silent, foreign)


def test_weights_change_the_order_in_one_place(make_volunteers, make_roles, vocabulary):
    roles = make_roles(causes=[[3], [0]], activities=[[], [0]])
    person = make_volunteers(causes=[[3]], activities=[[0]])
    usual = Weights()
    swapped = replace(usual, causes=usual.activities, activities=usual.causes)

    first = SuitabilityModel().fit(roles, vocabulary).score(person, roles)[0]
    second = SuitabilityModel(weights=swapped).fit(roles, vocabulary).score(person, roles)[0]

    assert first.argmax() == 0
    assert second.argmax() == 1


def test_different_people_get_different_orders(make_borough, vocabulary):
    people, roles = make_borough(2)
    scores = SuitabilityModel().fit(roles, vocabulary).score(people, roles)

    orders = {tuple(np.argsort(-row)[:5]) for row in scores}
    assert len(orders) > len(people) / 2


def test_roles_that_came_after_fitting_are_scored_too(make_volunteers, make_roles, roles, model):
    new = make_roles(ids=[900], title=["Help adults learn to read"], body=["Reading lessons."])

    person = make_volunteers(about=["teach reading"])
    assert model.parts(person, new)["interests"].value[0, 0] > 0.1


def test_no_roles_can_be_fitted_and_scored(make_volunteers, make_roles, vocabulary):
    nothing = make_roles(n=1).take([])
    model = SuitabilityModel().fit(nothing, vocabulary)

    assert model.score(make_volunteers(about=["read"]), nothing).shape == (1, 0)


def test_scoring_before_fitting_is_refused(make_volunteers, make_roles):
    with pytest.raises(NotFittedError):
        SuitabilityModel().score(make_volunteers(), make_roles())


@pytest.mark.encoders
def test_one_exact_rare_skill_outranks_texts_that_are_alike(
    make_volunteers, make_roles, vocabulary
):
    """Among people for one role: who has the rare skill that it needs and wrote nothing comes
    before who wrote its very title, of interests and experience, or copied its text.
    """
    needed = [[2]] + [[0]] * (len(TITLES) - 1)
    roles = make_roles(title=TITLES, body=BODIES, skills_needed=needed)
    model = SuitabilityModel().fit(roles, vocabulary)
    people = make_volunteers(
        about=["", TITLES[0], BODIES[0]],
        experience=["", TITLES[0], ""],
        skills=[[2], [], []],
    )

    skilled, *writers = model.score(people, roles)[:, 0]

    assert skilled > max(writers)


def test_a_common_skill_weighs_less_than_a_rare_one(make_volunteers, make_roles, vocabulary):
    needed = [[2]] + [[0]] * (len(TITLES) - 1)
    roles = make_roles(title=TITLES, body=BODIES, skills_needed=needed)
    model = SuitabilityModel().fit(roles, vocabulary)

    value = model.parts(make_volunteers(skills=[[0, 2]]), roles)["skills_needed"].value[0]

    assert value[0] == pytest.approx(1)
    assert 0 < value[1] < 0.5


def test_what_people_wrote_is_not_saved_with_the_model(make_borough, vocabulary):
    people, roles = make_borough(1)
    model = SuitabilityModel().fit(roles, vocabulary)
    before = pickle.dumps(model)

    model.read_volunteers(replace(people, about=["A secret about me"] * len(people)))

    assert len(pickle.dumps(model)) == len(before)
