"""People who stand for others: what stays of a neighbourhood, and what goes."""

import numpy as np

from matching.ranking.board import PLAIN, TAGS, board_columns
from matching.ranking.columns import VolunteerColumns, tag_matrix
from matching.ranking.mixing import KEPT_TOGETHER, TOGETHER, mixed, neighbourhoods


def people(number: int, squares: int = 1) -> VolunteerColumns:
    """Person n has n for an age, and alone knows skill n; a parent knows of the odd ones."""
    every = np.arange(number)
    yes, nothing = np.ones(number, np.bool_), tag_matrix([[]] * number, 3)
    flags = ("helps_in_person", "helps_from_home", "one_off", "regular", "wants_company")
    return board_columns(
        dict.fromkeys((*flags, "willing_dbs"), yes)
        | dict.fromkeys(("languages", "causes", "activities"), nothing)
        | {
            "age": every.astype(np.float32),
            "parent_confirmed": every % 2 == 1,
            "latitude": 51.5 + 0.01 * (every % squares),
            "longitude": np.zeros(number),
            "travel_km": np.full(number, np.inf, np.float32),
            "availability": every.astype(np.uint32),
            "dbs_level": np.zeros(number, np.int8),
            "skills": tag_matrix([[n] for n in every.tolist()], number),
        }
    )


def drawn(of: VolunteerColumns, left_out: object = None, seed: int = 1) -> VolunteerColumns:
    out = np.zeros(len(of), np.bool_)
    out[np.array([] if left_out is None else left_out, np.int64)] = True
    return board_columns(mixed(of, out, 5, np.random.default_rng(seed)))


def test_every_column_of_a_board_is_drawn_once() -> None:
    names = [name for together in KEPT_TOGETHER for name in together]
    assert sorted(names) == sorted((*PLAIN, *TAGS))


def test_what_says_something_only_together_stays_together() -> None:
    found = drawn(people(100))
    assert (found.parent_confirmed == (found.age % 2 == 1)).all()


def test_nothing_else_of_a_person_does() -> None:
    found = drawn(people(1000))
    assert (found.age == found.availability).mean() < 0.02
    assert (found.age == found.skills.indices).mean() < 0.02


def test_as_many_to_the_nearest_five_in_each_neighbourhood() -> None:
    assert [len(drawn(people(number))) for number in (0, 2, 23, 22, 8)] == [0, 2, 25, 20, 10]


def test_who_is_left_out_is_not_drawn() -> None:
    assert not np.isin(drawn(people(60), range(30)).age, range(30)).any()


def test_where_all_are_left_out_somebody_stands_for_them_still() -> None:
    assert len(drawn(people(25), range(25))) == 25


def test_neighbours_are_many_and_in_squares_side_by_side() -> None:
    of = people(90, squares=9)
    areas = neighbourhoods(of.latitude, of.longitude)
    squares = [sorted(set((100 * (of.latitude[area] - 51.5)).round())) for area in areas]
    assert squares == [[0, 1], [2, 3], [4, 5], [6, 7, 8]]
    assert min(map(len, areas)) >= TOGETHER


def test_people_of_no_known_place_go_with_others_where_they_are_few() -> None:
    of = people(63)
    of.latitude[60:] = np.nan
    of.longitude[60:] = np.nan
    (area,) = neighbourhoods(of.latitude, of.longitude)
    assert len(area) == 63
    assert 1 <= np.isnan(drawn(of).latitude).sum() < 15
