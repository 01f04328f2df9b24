import numpy as np
import pytest

from matching.ranking.columns import tag_matrix
from matching.ranking.parts import covered_tags
from matching.ranking.skill_likeness import MOST, beyond_chance, skill_likeness

FIRST_AID, NURSING, DRIVING, COOKING = range(4)
#: First aid and nursing are asked for together, driving by half of all roles whatever else.
ASKED = [[FIRST_AID, NURSING], [COOKING]] * 30 + [[DRIVING], [DRIVING, COOKING]] * 30


def test_skills_asked_for_together_are_near_and_count_at_most_half():
    near = skill_likeness(tag_matrix(ASKED, 4)).toarray()

    assert 0 < near[FIRST_AID, NURSING] <= MOST
    assert near[FIRST_AID, NURSING] == near[NURSING, FIRST_AID]
    assert (np.diag(near) == 1).all()


def test_common_skills_that_meet_by_accident_are_not_near():
    near = skill_likeness(tag_matrix(ASKED, 4)).toarray()

    assert near[DRIVING, COOKING] == 0
    assert near[DRIVING, FIRST_AID] == 0


def test_what_happened_once_says_little():
    once = tag_matrix([[FIRST_AID, NURSING]] + [[DRIVING]] * 50, 4)

    assert skill_likeness(once).toarray()[FIRST_AID, NURSING] == 0
    assert beyond_chance(once)[FIRST_AID, NURSING] < 0.2


def test_names_of_one_meaning_are_near_where_roles_say_nothing():
    meaning = np.array([[1, 0.1, 0.3], [1, 0.15, 0.3], [0, 1, 0.3], [0.4, 0.2, 1]], np.float32)

    near = skill_likeness(tag_matrix([], 4), meaning).toarray()

    assert near[FIRST_AID, NURSING] > 0.4
    assert near[FIRST_AID, DRIVING] == 0


def test_few_neighbours_are_kept():
    size = 12
    near = skill_likeness(tag_matrix([list(range(size))] * 10 + [[]] * 90, size)).toarray()
    rng = np.random.default_rng(0)
    spread = rng.standard_normal((size, 3)).astype(np.float32) * 0.2 + [1, 0, 0]
    apart = skill_likeness(tag_matrix([], size), spread.astype(np.float32)).toarray()

    assert near.shape == apart.shape == (size, size)
    assert ((apart > 0).sum(axis=1) - 1).mean() <= 8


def test_no_skills_are_near_nothing():
    assert skill_likeness(tag_matrix([], 0)).shape == (0, 0)


def test_near_skills_count_in_part_and_exact_ones_in_full():
    near = skill_likeness(tag_matrix(ASKED, 4))
    rarities = np.ones(4, np.float32)
    wanted = tag_matrix([[FIRST_AID]], 4)

    def covered(skill):
        return float(covered_tags(tag_matrix([[skill]], 4), wanted, rarities, near).value[0, 0])

    assert covered(FIRST_AID) == pytest.approx(1)
    assert 0 < covered(NURSING) <= MOST
    assert covered(COOKING) == 0
