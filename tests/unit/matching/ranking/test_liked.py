"""Who likes which roles, and where each of these stands on their list."""

from typing import Any

import numpy as np

from matching.ranking.columns import Applied, RoleColumns, VolunteerColumns
from matching.ranking.eligibility import EligibilitySettings
from matching.ranking.liked import Liked, liked_and_possible
from tests.unit.matching.ranking.conftest import borough_of, roles_of, volunteers_of

HERE, A_WAY_OFF, FAR = (
    {"latitude": latitude, "longitude": -0.334} for latitude in (51.58, 51.59, 51.7)
)


def side_by_side(*places: dict[str, float]) -> dict[str, list[float]]:
    return {name: [place[name] for place in places] for name in ("latitude", "longitude")}


def liked(people: VolunteerColumns, known: RoleColumns, proposed: RoleColumns) -> Liked:
    nothing = Applied.none(len(people), len(known))
    return liked_and_possible(people, known, proposed, nothing, EligibilitySettings())


def person(**what: Any) -> VolunteerColumns:
    return volunteers_of(**HERE | {"travel_km": 10.0, "activities": [[0]]} | what)


def test_a_role_that_is_nearer_comes_before_one_of_the_same_kind() -> None:
    known = roles_of(**side_by_side(A_WAY_OFF, HERE), activities=[[0], [0]])
    found = liked(person(), known, roles_of(**HERE, activities=[[0]]))
    # One that is proposed where the nearest is would share its place.
    assert found.ranks.toarray().tolist() == [[2, 1, 1]]


def test_what_shares_nothing_comes_last_but_is_on_the_list() -> None:
    known = roles_of(**side_by_side(HERE, HERE), activities=[[1], [1]])
    found = liked(person(), known, roles_of(**A_WAY_OFF, activities=[[0]]))
    assert found.could_do.toarray().tolist() == [[False, False, True]]
    assert found.ranks.toarray().tolist() == [[0, 0, 1]]
    strangers = person(activities=[[]])
    found = liked(strangers, known, roles_of(**A_WAY_OFF, activities=[[0]]))
    assert found.ranks.toarray().tolist() == [[1, 1, 3]]


def test_what_the_rules_do_not_allow_is_not_on_the_list() -> None:
    known = roles_of(**side_by_side(HERE, FAR, HERE), activities=[[0]] * 3, places_left=[0, 2, 2])
    found = liked(person(), known, roles_of(**A_WAY_OFF, activities=[[0]]))
    assert found.could_do.toarray().tolist() == [[False, False, True, True]]
    assert found.ranks.toarray().tolist() == [[0, 0, 1, 2]]


def test_a_rank_is_one_more_than_what_is_before_it_and_everybody_has_a_first() -> None:
    people, known = borough_of(3)
    __, proposed = borough_of(4)
    found = liked(people, known, proposed)
    assert (found.could_do.toarray() == (found.ranks.toarray() > 0)).all()
    of_known = found.ranks.toarray()[:, : len(known)]
    assert of_known.max() <= len(known)
    best = np.where(of_known > 0, of_known, len(known))[(of_known > 0).any(axis=1)].min(axis=1)
    assert (best == 1).mean() > 0.8


def test_what_stands_first_is_looked_at_most_and_nothing_past_the_end_of_a_list() -> None:
    number = 60
    everywhere = [{"latitude": 51.58 + 0.0002 * n, "longitude": -0.334} for n in range(number)]
    known = roles_of(**side_by_side(*everywhere), activities=[[0]] * number)
    looks = liked(person(), known, roles_of(**FAR, activities=[[0]])).looks.toarray()[0, :number]
    assert looks[0] == 1
    assert (np.diff(looks[:50]) < 0).all()
    assert looks[49] > 0
    assert (looks[50:] == 0).all()
