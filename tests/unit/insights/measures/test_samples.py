"""From rows to numbers."""

import numpy as np

from insights.measures.samples import (
    Cell,
    Counted,
    Divided,
    Shared,
    Summed,
    Table,
    Timed,
    cell_of,
    cells_of,
)

_A, _P, _R = Table.APPLICATIONS, Table.PEOPLE, Table.ROLES
#: Six applications of four people.
_PERSON_OF = {_A: np.array([0, 0, 1, 2, 2, 3]), _P: np.arange(4)}
_ROWS = np.array([0, 1, 2, 5])


def test_counts_know_how_many_people_stand_behind_them() -> None:
    assert cell_of(Counted(_A, _ROWS), _PERSON_OF) == Cell(4.0, 4, 4, 3)
    assert cell_of(Counted(_R, _ROWS), _PERSON_OF).people is None


def test_sums_shares_and_times() -> None:
    assert cell_of(Summed(_A, _ROWS, np.array([1, 2, 3, 4])), _PERSON_OF).value == 10
    share = Shared(_A, _ROWS, np.array([True, False, False, False]))
    assert cell_of(share, _PERSON_OF) == Cell(0.25, 1, 4, 3)
    timed = Timed(_A, _ROWS, np.array([1.0, 2, 3, 4]), np.array([True, True, False, False]))
    assert cell_of(timed, _PERSON_OF) == Cell(2.0, 2, 4, 3)


def test_nothing_is_no_number_for_a_share_and_0_for_a_count() -> None:
    none = np.array([], np.int64)
    assert cell_of(Counted(_A, none), _PERSON_OF) == Cell(0.0, 0, 0, 0)
    assert cell_of(Shared(_A, none, none.astype(bool)), _PERSON_OF).value is None


def test_a_split_puts_rows_into_all_their_categories() -> None:
    pairs = {_A: (np.array([0, 1, 2, 2, 5]), np.array([0, 0, 0, 1, 2]))}
    cells = cells_of(Counted(_A, _ROWS), pairs, 4, _PERSON_OF)
    assert [cell.count for cell in cells] == [3, 1, 1, 0]
    assert [cell.people for cell in cells] == [2, 1, 1, 0]


def test_a_split_keeps_what_belongs_to_each_row() -> None:
    pairs = {_A: (np.array([0, 1, 2, 5]), np.array([0, 1, 0, 1]))}
    summed = Summed(_A, _ROWS, np.array([1, 10, 100, 1000]))
    assert [cell.value for cell in cells_of(summed, pairs, 2, _PERSON_OF)] == [101, 1010]


def test_one_number_by_another() -> None:
    people, places = Counted(_P, np.arange(4)), Summed(_R, np.array([0]), np.array([8]))
    assert cell_of(Divided(people, places), _PERSON_OF) == Cell(0.5, 4, 1, 4)
    nothing = Summed(_R, np.array([], np.int64), np.array([]))
    assert cell_of(Divided(people, nothing), _PERSON_OF).value is None
    pairs = {_P: (np.arange(4), np.array([0, 0, 0, 1])), _R: (np.array([0]), np.array([1]))}
    split = cells_of(Divided(people, places), pairs, 2, _PERSON_OF)
    assert [cell.value for cell in split] == [None, 1 / 8]
