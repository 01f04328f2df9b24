from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matching.ranking.columns import Applied, tag_matrix
from matching.ranking.eligibility import evaluate
from matching.ranking.explanation import LEAST_VALUE, MOST_REASONS, why_not
from matching.ranking.lists import match_pairs, rank_roles
from matching.ranking.suitability import SuitabilityModel
from matching.ranking.weights import Neutral, Weights

NAN = float("nan")
#: A person and a role that have something in common in every part.
PERSON = {
    "about": ["I like to plant trees"],
    "experience": ["I drove a van for years"],
    "causes": [[0, 3]],
    "activities": [[0]],
    "skills": [[0, 1, 2]],
    "languages": [[1]],
    "motives": [[0, 2]],
    "availability": 0b0111,
    "latitude": 51.58,
    "longitude": -0.33,
    "travel_km": 8,
    "hours_a_week": 3,
}
ROLE = {
    "title": ["Tree planter", "Reader"],
    "body": ["Plant trees, and drive the van.", "Read with children."],
    "causes": [[0, 1], [3]],
    "activities": [[0], [1]],
    "skills_needed": [[1], []],
    "skills_useful": [[0], []],
    "skills_gained": [[2], []],
    "languages": [[1], []],
    "offers": [[1, 2], []],
    "slots": [0b0110, 0],
    "latitude": [51.59, 51.60],
    "longitude": -0.33,
    "hours_a_week": [2, NAN],
}


def _reasons(make_volunteers, make_roles, vocabulary, part, **changes):
    """Reasons of the pair where one part has all but the whole weight, so that it shows."""
    small = dict.fromkeys(Weights().as_dict(), 1e-06)
    weights = Weights(**(small | {part: 1 - sum(small.values()) + 1e-6}))
    roles = make_roles(**ROLE)
    model = SuitabilityModel(weights=weights).fit(roles, vocabulary)
    person = make_volunteers(**(PERSON | changes))
    return match_pairs(model, person, roles, np.array([0]), np.array([0]))[0].reasons


# (part, code, detail, the input without which it goes or changes)
REASONS = [
    ("interests", "shared_words", ("plant", "trees"), {"about": ["I like to plant"]}),
    ("interests", "shared_words", ("plant", "trees"), {"about": [""]}),
    ("experience", "experience_words", ("van",), {"experience": ["I was a clerk"]}),
    ("causes", "shared_causes", ("nature",), {"causes": [[3]]}),
    ("causes", "shared_causes", ("nature",), {"causes": [[1]]}),
    ("activities", "shared_activities", ("outdoors",), {"activities": [[1]]}),
    ("skills_needed", "skills_match", ("driving",), {"skills": [[0, 2]]}),
    ("skills_useful", "skills_useful", ("listening",), {"skills": [[1, 2]]}),
    ("skills_gained", "skill_gained", ("signing",), {"skills": [[0, 1]]}),
    ("languages", "shared_language", ("gu",), {"languages": [[0]]}),
    ("motives", "motive", ("outdoors",), {"motives": [[0]]}),
    ("motives", "motive", ("outdoors",), {"motives": [[]]}),
    ("time", "free_on", (0b0110,), {"availability": 0b0011}),
    ("time", "free_on", (0b0110,), {"availability": 0}),
    ("distance", "distance", (1.112,), {"latitude": NAN}),
    ("distance", "distance", (1.112,), {"latitude": 51.57}),
    ("commitment", "hours", (2.0,), {"hours_a_week": 1}),
    ("commitment", "hours", (2.0,), {"hours_a_week": NAN}),
]


@pytest.mark.parametrize(("part", "code", "detail", "without"), REASONS)
def test_a_reason_names_its_inputs_and_changes_or_goes_without_them(
    make_volunteers, make_roles, vocabulary, part, code, detail, without
):
    given = make_volunteers, make_roles, vocabulary, part
    reasons = _reasons(*given)

    assert [(reason.code, reason.detail) for reason in reasons] == [(code, detail)]
    changed = _reasons(*given, **without)
    assert changed != reasons
    assert not any(reason == reasons[0] for reason in changed)


def test_every_part_can_give_a_reason():
    assert {part for part, _, _, _ in REASONS} == set(Weights().as_dict())


def test_commitment_names_the_kind_that_was_chosen(make_volunteers, make_roles, vocabulary):
    given = make_volunteers, make_roles, vocabulary, "commitment"

    assert _reasons(*given, one_off=False)[0].code == "commitment"
    assert _reasons(*given, one_off=False)[0].detail == ("regular",)
    assert _reasons(*given, regular=False) == ()


def test_related_causes_name_the_nearest_pair(make_volunteers, make_roles, vocabulary):
    reasons = _reasons(make_volunteers, make_roles, vocabulary, "causes", causes=[[3, 2]])

    assert [(reason.code, reason.detail) for reason in reasons] == [
        ("related_causes", ("rivers", "nature"))
    ]


def test_other_form_of_a_word_is_named_as_the_person_wrote_it(
    make_volunteers, make_roles, vocabulary
):
    reasons = _reasons(
        make_volunteers, make_roles, vocabulary, "interests", about=["tree planting"]
    )

    assert reasons[0].detail[0] in ("tree", "planting")


def test_a_role_from_home_says_so(make_volunteers, make_roles, vocabulary):
    roles = make_roles(from_home=True, latitude=51.7, longitude=-0.3)
    model = SuitabilityModel().fit(roles, vocabulary)

    match = match_pairs(model, make_volunteers(), roles, np.array([0]), np.array([0]))[0]

    assert [(reason.code, reason.detail) for reason in match.reasons] == [("from_home", ())]
    assert match.kilometres is None


def test_silence_gives_no_reason(make_volunteers, make_roles, vocabulary):
    roles = make_roles(**ROLE)
    model = SuitabilityModel().fit(roles, vocabulary)

    match = match_pairs(model, make_volunteers(), roles, np.array([0]), np.array([0]))[0]

    assert match.reasons == ()
    assert set(match.contributions) == {"not_said"}


def test_reasons_are_those_that_count_most_in_order(make_borough, vocabulary):
    people, roles = make_borough(7)
    model = SuitabilityModel().fit(roles, vocabulary)
    ranked = rank_roles(model, people, roles, Applied.none(len(people), len(roles)), k=10)
    matches = [match for matches in ranked.matches for match in matches]

    assert len(matches) > 30
    for match in matches:
        values = [reason.value for reason in match.reasons]
        assert values == sorted(values, reverse=True)
        assert len(values) <= MOST_REASONS
        assert all(value >= np.float32(LEAST_VALUE) for value in values)
        parts = {name: value for name, value in match.contributions.items() if name != "not_said"}
        assert set(values) <= set(parts.values())
        told = [name for name in parts if name not in ("interests", "experience")]
        largest = max((parts[name] for name in told), default=0)
        assert values or largest < LEAST_VALUE
        assert len({reason.code for reason in match.reasons}) == len(match.reasons)


#: Which columns of a person a reason's code speaks of, and what they are without an answer.
_INPUTS: dict[str, dict[str, Any]] = {
    "shared_words": {"about": ""},
    "experience_words": {"experience": ""},
    "alike_text": {"about": ""},
    "alike_experience": {"experience": ""},
    "shared_causes": {"causes": None},
    "related_causes": {"causes": None},
    "shared_activities": {"activities": None},
    "skills_match": {"skills": None},
    "skills_useful": {"skills": None},
    "skill_gained": {"skills": None},
    "shared_language": {"languages": None},
    "motive": {"motives": None},
    "free_on": {"availability": 0},
    "distance": {"latitude": NAN},
    "commitment": {"one_off": True, "regular": True},
    "hours": {"hours_a_week": NAN},
}


def _without(people, code):
    changes = {}
    for name, nothing in _INPUTS[code].items():
        column = getattr(people, name)
        if isinstance(column, list):
            changes[name] = [nothing] * len(people)
        elif nothing is None:
            changes[name] = tag_matrix([[]] * len(people), column.shape[1])
        else:
            changes[name] = np.full_like(column, nothing)
    return replace(people, **changes)


@pytest.mark.parametrize("seed", range(4))
def test_reason_goes_with_its_input_for_everybody(make_borough, vocabulary, seed):
    people, roles = make_borough(seed)
    model = SuitabilityModel().fit(roles, vocabulary)
    rows, columns = (grid.ravel() for grid in np.indices((len(people), len(roles))))
    matches = match_pairs(model, people, roles, rows, columns)
    codes = {reason.code for match in matches for reason in match.reasons}
    assert len(codes) > 8

    for code in codes & set(_INPUTS):
        changed = match_pairs(model, _without(people, code), roles, rows, columns)
        assert not any(reason.code == code for match in changed for reason in match.reasons)
        for before, after in zip(matches, changed, strict=True):
            # Hours, where both said them, count as much as the kind that was chosen.
            if code != "commitment" and code in {reason.code for reason in before.reasons}:
                assert before.contributions != after.contributions


def test_why_not_names_the_rules(make_volunteers, make_roles):
    outcomes = evaluate(
        make_volunteers(n=2, age=[15, 40]), make_roles(dbs_level=[0, 3]), Applied.none(2, 2)
    )

    assert why_not(outcomes, 0, 1) == ("age", "parent_confirmed")
    assert why_not(outcomes, 1, 1) == ()


def test_neutral_values_are_no_reason(make_volunteers, make_roles, vocabulary):
    """However much silence counts, it explains nothing."""
    loud = Neutral(**dict.fromkeys(Neutral().as_dict(), 0.99))
    roles = make_roles(**ROLE)
    model = SuitabilityModel(neutral=loud).fit(roles, vocabulary)

    match = match_pairs(model, make_volunteers(), roles, np.array([0]), np.array([0]))[0]

    assert match.score == pytest.approx(0.99, abs=1e-4)
    assert match.reasons == ()
