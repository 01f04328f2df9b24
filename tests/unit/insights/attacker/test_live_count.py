"""Who asks everything that can be asked beside a role's form has not read a person.

The attacker asks from every square of the grid, adds one requirement at a time, and does so month
after month. The more they ask the better they know the rows of the board, so the attacker of these
tests has the rows. The controls do the same to the rows of the people themselves, with no more than
the rounded counts that a form shows.
"""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.disclosure import STEP, rounded
from core.taxonomy.mentions import Mentions
from matching.datasets.taxonomy import Tags
from matching.datasets.waiting import GRID, left_out
from matching.ranking.board import board_columns
from matching.ranking.columns import Applied, Vocabulary, VolunteerColumns, tag_matrix
from matching.ranking.eligibility import EligibilitySettings, evaluate_pairs
from matching.ranking.mixing import TOGETHER, mixed, neighbourhoods
from matching.ranking.pairs import Pairs
from matching.recommender.asked import Asked, columns_of

pytestmark = pytest.mark.sqlite

PEOPLE, SLOTS, LANGUAGES = 700, 21, 60
TAGS = Tags(
    Vocabulary((), np.empty(0, np.int32), (), (), tuple(f"l{n}" for n in range(LANGUAGES))),
    Mentions.of([]),
    {},
    {},
    {},
    {},
)
MILE_KM = 1.609


def borough(seed: int) -> VolunteerColumns:
    """People in a hundred squares, most of whom speak a language of few others."""
    rng = np.random.default_rng(seed)
    squares = rng.integers(0, 10, (2, PEOPLE))
    nothing = tag_matrix([[]] * PEOPLE, 0)
    return board_columns(
        {
            "age": rng.integers(16, 80, PEOPLE).astype(np.float32),
            "latitude": 51.55 + GRID[0] * squares[0],
            "longitude": -0.42 + GRID[1] * squares[1],
            "travel_km": np.full(PEOPLE, np.inf, np.float32),
            "availability": rng.integers(1, 1 << SLOTS, PEOPLE).astype(np.uint32),
            "wants_company": np.zeros(PEOPLE, np.bool_),
            "dbs_level": np.zeros(PEOPLE, np.int8),
            "languages": tag_matrix(
                [[int(n)] for n in rng.integers(0, LANGUAGES, PEOPLE)], LANGUAGES
            ),
            "causes": nothing,
            "activities": nothing,
            "skills": nothing,
            **{
                name: np.ones(PEOPLE, np.bool_)
                for name in (
                    *("parent_confirmed", "helps_in_person", "helps_from_home", "one_off"),
                    *("regular", "willing_dbs"),
                )
            },
        }
    )


def board_of(people: VolunteerColumns, seed: int) -> VolunteerColumns:
    rng = np.random.default_rng(seed)
    return board_columns(mixed(people, left_out(people.ids), STEP, rng))


def spoken(people: VolunteerColumns) -> NDArray[np.int64]:
    return people.languages.indices.astype(np.int64)


def week_of(board: VolunteerColumns, target: dict[str, Any]) -> int:
    """When somebody is free, read off 21 questions: of who could do a role within a mile of them,
    in their language, at one time, a form says that there is nobody, or not (`live_count`, which
    counts the same of one role at a time).
    """
    roles = columns_of([Asked(slots=1 << slot, **target) for slot in range(SLOTS)], TAGS)
    pairs = Pairs(board, roles)
    nobody_asked = Applied.none(len(board), SLOTS)
    possible = evaluate_pairs(pairs, nobody_asked, EligibilitySettings()).eligible
    counts = (possible & (pairs.kilometres <= MILE_KM)).sum(axis=0)
    return sum(1 << slot for slot in range(SLOTS) if rounded(int(counts[slot])) != 0)


def alone_in_their_language(people: VolunteerColumns) -> list[int]:
    """People who alone speak their language within a mile: who knows them can ask about them."""
    found, language = [], spoken(people)
    for row in range(len(people)):
        near = np.abs(people.latitude - people.latitude[row]) < 2.5 * GRID[0]
        near &= np.abs(people.longitude - people.longitude[row]) < 2.5 * GRID[1]
        if (language[near] == language[row]).sum() == 1:
            found.append(row)
    return found[:40]


def about(people: VolunteerColumns, row: int) -> dict[str, Any]:
    return {
        "latitude": float(people.latitude[row]),
        "longitude": float(people.longitude[row]),
        "languages": (f"l{spoken(people)[row]}",),
    }


def slots_right(read: int, true: int) -> float:
    return 1 - (read ^ true).bit_count() / SLOTS


class TestOnePerson:
    """Asked about by what only they are, one requirement more at a time."""

    def test_when_they_are_free_is_not_read(self) -> None:
        people, right, exact = borough(1), [], 0
        board = board_of(people, 2)
        for row in alone_in_their_language(people):
            read, true = week_of(board, about(people, row)), int(people.availability[row])
            exact += read == true
            right.append(slots_right(read, true))
        assert len(right) == 40
        # As often as the toss of a coin, which is how the borough's weeks were drawn.
        assert exact <= 2
        assert abs(np.mean(right) - 0.5) < 0.07

    def test_control_of_people_as_they_are_it_is_read_to_the_slot(self) -> None:
        people = borough(1)
        rows = alone_in_their_language(people)
        read = [week_of(people, about(people, row)) for row in rows]
        assert read == [int(people.availability[row]) for row in rows]


def came_in(
    before: VolunteerColumns, after: VolunteerColumns, place: tuple[float, float]
) -> set[int]:
    """Weeks of people near a place that are in one board more often than in the other."""
    weeks = []
    for board in (before, after):
        here = (board.latitude == place[0]) & (board.longitude == place[1])
        weeks.append(np.sort(board.availability[here]).tolist())
    return {week for week in weeks[1] if weeks[1].count(week) > weeks[0].count(week)}


def guessed(make: Any, trials: int = 30) -> float:
    """How likely an attacker who knows where somebody came to live, and that nobody else came or
    went in the whole borough, names the week of that person, from two boards.
    """
    people, chances = borough(3), []
    every = np.arange(len(people))
    for row in range(trials):
        boards = [make(people.take(every[every != row]), 2 * row), make(people, 2 * row + 1)]
        place = (float(people.latitude[row]), float(people.longitude[row]))
        found = came_in(boards[0], boards[1], place)
        chances.append((int(people.availability[row]) in found) / max(len(found), 1))
    return float(np.mean(chances))


class TestTwoMonths:
    def test_do_not_tell_who_came_between(self) -> None:
        assert guessed(board_of) < 0.2

    def test_control_people_as_they_are_tell(self) -> None:
        assert guessed(lambda people, __: people) == 1


class TestSquares:
    def test_how_many_live_in_a_square_is_not_read_from_all_of_them(self) -> None:
        """Rings from every square, held against each other, give the people of each square."""
        people = borough(4)
        counts = [per_square(board_of(people, seed)) for seed in range(12)]
        true = per_square(people)
        few = [square for square, count in true.items() if 0 < count < 8]
        assert len(few) > 40
        one = np.mean([counts[0].get(square, 0) == true[square] for square in few])
        means = {square: np.mean([count.get(square, 0) for count in counts]) for square in few}
        year = np.mean([round(means[square]) == true[square] for square in few])
        assert one < 0.3
        assert year < 0.4

    def test_neighbourhoods_are_of_enough_people_and_hold_whole_squares(self) -> None:
        people = borough(5)
        areas = neighbourhoods(people.latitude, people.longitude)
        assert min(map(len, areas)) >= TOGETHER
        assert sorted(np.concatenate(areas).tolist()) == list(range(len(people)))
        squares = [set(zip(people.latitude[a], people.longitude[a], strict=True)) for a in areas]
        assert sum(map(len, squares)) == len(set.union(*squares))


def per_square(people: VolunteerColumns) -> dict[tuple[float, float], int]:
    places, counts = np.unique(
        np.stack([people.latitude, people.longitude]), axis=1, return_counts=True
    )
    return {(float(a), float(b)): int(n) for a, b, n in zip(*places, counts, strict=True)}
