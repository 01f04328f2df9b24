import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.ranking.columns import tag_matrix
from matching.ranking.pairs import Pairs
from matching.ranking.parts import (
    FROM_HOME,
    PARENT_LIKENESS,
    SIBLING_LIKENESS,
    TagKnowledge,
    cause_likeness,
    covered_tags,
    practical_parts,
    rarity,
    shared_causes,
    shared_tags,
    tag_parts,
)

NATURE, PARKS, RIVERS, LITERACY = range(4)
WALK, CYCLE, BUS, CAR = range(4)
NAN = float("nan")


def _value(part):
    """What the part says of one pair, None where it is not known."""
    known = np.broadcast_to(part.known, part.value.shape)
    return float(part.value[0, 0]) if known[0, 0] else None


@pytest.fixture
def causes(vocabulary):
    likeness = cause_likeness(vocabulary)

    def compare(person, role):
        return _value(shared_causes(tag_matrix([person], 4), tag_matrix([role], 4), likeness))

    return compare


def test_causes_count_the_same_parent_child_and_sibling(causes):
    assert causes([PARKS], [PARKS]) == 1
    assert causes([NATURE], [PARKS]) == PARENT_LIKENESS
    assert causes([PARKS], [NATURE]) == PARENT_LIKENESS
    assert causes([PARKS], [RIVERS]) == SIBLING_LIKENESS
    assert causes([PARKS], [LITERACY]) == 0


def test_causes_count_the_nearest_of_the_persons(causes):
    assert causes([LITERACY, RIVERS, PARKS], [PARKS]) == 1


def test_causes_count_less_for_one_of_several_of_the_role(causes):
    assert causes([LITERACY], [LITERACY, PARKS]) == pytest.approx(1 / np.sqrt(2))
    assert causes([LITERACY, PARKS], [LITERACY, PARKS]) == 1


def test_causes_are_not_known_where_one_named_none(causes):
    assert causes([], [PARKS]) is None
    assert causes([PARKS], []) is None


def test_two_top_causes_are_not_siblings(vocabulary):
    assert cause_likeness(vocabulary).toarray()[NATURE, LITERACY] == 0


def test_shared_tags_never_exceed_one():
    part = shared_tags(tag_matrix([[0, 1, 2, 3]], 4), tag_matrix([[0, 1, 2, 3]], 4))

    assert _value(part) == 1


def test_rarity_falls_with_the_roles_that_carry_a_tag():
    rarities = rarity(tag_matrix([[0, 1], [0], [0], [0]], 3))

    assert rarities[1] == pytest.approx(1)
    assert rarities[2] == 1
    assert 0 < rarities[0] < rarities[1]


def test_rarity_of_no_roles_is_one_for_all():
    assert rarity(tag_matrix([], 3)).tolist() == [1, 1, 1]


def _covered(person, role, rarities):
    return _value(
        covered_tags(tag_matrix([person], 3), tag_matrix([role], 3), np.array(rarities, np.float32))
    )


def test_covering_a_rare_tag_counts_more_than_a_common_one():
    rarities = [1.0, 0.3, 0.3]

    assert _covered([0], [0, 1], rarities) > 3 * _covered([1], [0, 1], rarities)
    assert _covered([0], [0], rarities) == pytest.approx(1)
    assert _covered([1], [1], rarities) == pytest.approx(0.3)


def test_covering_more_of_the_needed_tags_counts_more():
    rarities = [0.5, 0.5, 0.5]

    one, two = _covered([0], [0, 1, 2], rarities), _covered([0, 1], [0, 1, 2], rarities)
    assert two == pytest.approx(2 * one)


def test_needed_useful_and_gained_skills_are_told_apart(make_volunteers, make_roles, vocabulary):
    person = make_volunteers(skills=[[2]])
    roles = make_roles(skills_needed=[[2], [0], [0]], skills_useful=[[0], [2], [0]])
    parts = tag_parts(Pairs(person, roles), TagKnowledge.of(roles, vocabulary))

    assert (parts["skills_needed"].value[0] > 0).tolist() == [True, False, False]
    assert (parts["skills_useful"].value[0] > 0).tolist() == [False, True, False]
    assert not parts["skills_gained"].known.any()


@pytest.fixture
def practical(make_volunteers, make_roles):
    def compare(name, person, role):
        pairs = Pairs(make_volunteers(**person), make_roles(**role))
        return _value(practical_parts(pairs)[name])

    return compare


@pytest.mark.parametrize(
    ("availability", "slots", "share"),
    [(0b0001, 0b1111, 0.25), (0b1111, 0b0011, 1), (0b1100, 0b0011, 0), (0, 1, None), (1, 0, None)],
)
def test_time_is_the_share_of_the_roles_slots(practical, availability, slots, share):
    assert practical("time", {"availability": availability}, {"slots": slots}) == share


def _at_km(kilometres):
    return {"latitude": 51.58 + kilometres / 111.195, "longitude": -0.33}


def _pull(practical, kilometres, **person):
    person = {"travel_mode": BUS, "travel_km": 8} | _at_km(0) | person
    return practical("distance", person, _at_km(kilometres))


def test_distance_pulls_less_the_further_it_is(practical):
    pulls = [_pull(practical, km) for km in (0, 1, 3, 8)]

    assert pulls[0] == pytest.approx(1)
    assert pulls == sorted(pulls, reverse=True)
    assert pulls[3] < 0.3


def test_distance_respects_the_way_of_travelling(practical):
    on_foot, by_bike, by_bus, by_car = (_pull(practical, 3, travel_mode=mode) for mode in range(4))

    assert on_foot < by_bike < by_bus < by_car


def test_distance_respects_how_far_somebody_would_go(practical):
    assert _pull(practical, 5, travel_km=16) > _pull(practical, 5, travel_km=6)
    assert _pull(practical, 5, travel_km=np.inf) > _pull(practical, 5, travel_km=16)


def test_distance_of_a_role_from_home_is_neutral_good(practical):
    role = {"from_home": True} | _at_km(20)

    assert practical("distance", _at_km(0), role) == FROM_HOME
    assert practical("distance", {}, {"from_home": True}) == FROM_HOME


def test_distance_is_not_known_without_a_place(practical):
    assert practical("distance", {}, _at_km(0)) is None
    assert practical("distance", _at_km(0), {}) is None


@pytest.mark.parametrize(
    ("person", "role", "value"),
    [
        ({"hours_a_week": 2}, {"hours_a_week": 4}, 0.5),
        ({"hours_a_week": 9}, {"hours_a_week": 4}, 1),
        ({"hours_a_week": NAN}, {"hours_a_week": 4}, None),
        ({"regular": False}, {"one_off": True}, 1),
        ({"regular": False}, {"one_off": False}, 0),
        ({"regular": False, "hours_a_week": 2}, {"one_off": True, "hours_a_week": 8}, 0.25),
        ({}, {"one_off": True}, None),
    ],
)
def test_commitment_is_about_kind_and_hours(practical, person, role, value):
    assert practical("commitment", person, role) == value


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_every_part_lies_between_0_and_1_and_is_0_where_not_known(make_borough, vocabulary, seed):
    people, roles = make_borough(seed)
    pairs = Pairs(people, roles)
    parts = tag_parts(pairs, TagKnowledge.of(roles, vocabulary)) | practical_parts(pairs)

    for name, part in parts.items():
        known = np.broadcast_to(part.known, pairs.shape)
        assert part.value.shape == pairs.shape, name
        assert part.value.dtype == np.float32, name
        assert part.value.min() >= 0, name
        assert part.value.max() <= 1 + 1e-6, name
        assert not part.value[~known].any(), name
        assert known.any(), name
