"""Segments are where people stand closer together than by chance, and stay from week to week."""

from dataclasses import replace

import numpy as np
import pytest

from insights.analysis.segments import (
    Cell,
    Found,
    Index,
    Offers,
    SegmentSettings,
    areas,
    named_as_before,
    segments,
)

#: Six wards in a row.
ROW = np.abs(np.subtract.outer(np.arange(6), np.arange(6))) == 1
ROUNDS = [areas(ROW, 3), [()]]
KINDS, TIMES, PEOPLE = 5, 4, 600


def borough(seed: int = 1) -> Offers:
    """People with one kind, one time and one ward each, at random."""
    chance = np.random.default_rng(seed)
    return Offers(
        ids=np.arange(100, 100 + PEOPLE),
        kinds=np.eye(KINDS, dtype=np.bool_)[chance.integers(KINDS, size=PEOPLE)],
        slots=np.eye(TIMES)[chance.integers(TIMES, size=PEOPLE)],
        ward=chance.integers(6, size=PEOPLE),
    )


def with_shortage(offers: Offers, rows: Index, cell: Cell) -> Offers:
    """The same in which some people want one kind, at the first of its times, in its wards."""
    kinds, slots, ward = offers.kinds.copy(), offers.slots.copy(), offers.ward.copy()
    kinds[rows] = np.eye(KINDS, dtype=np.bool_)[cell.kind]
    slots[rows] = np.eye(TIMES)[cell.times[0]]
    ward[rows] = np.resize(cell.wards, len(rows))
    return replace(offers, kinds=kinds, slots=slots, ward=ward)


SHORTAGE = Cell(2, (1,), (3, 4))
PLANTED = np.arange(0, 300, 10)


def found_in(offers: Offers, before: tuple[Cell, ...] = ()) -> list[Found]:
    return segments(offers, ROUNDS, before)


class TestWhatIsFound:
    def test_a_shortage_with_its_kind_time_and_wards(self) -> None:
        first = found_in(with_shortage(borough(), PLANTED, SHORTAGE))[0]
        assert first.cell == SHORTAGE
        assert set(PLANTED) <= set(first.rows.tolist())

    @pytest.mark.parametrize("seed", range(5))
    def test_next_to_nothing_by_chance(self, seed: int) -> None:
        assert len(found_in(borough(seed))) <= 1

    def test_everybody_in_it_fits_its_name(self) -> None:
        offers = with_shortage(borough(), PLANTED, SHORTAGE)
        for one in found_in(offers):
            assert offers.kinds[one.rows, one.cell.kind].all()
            assert (offers.slots[one.rows][:, list(one.cell.times)].sum(axis=1) > 0).all()
            assert np.isin(offers.ward[one.rows], one.cell.wards or range(6)).all()

    def test_nobody_is_in_two(self) -> None:
        offers = with_shortage(borough(), PLANTED, SHORTAGE)
        offers.kinds[PLANTED, 0] = True
        rows = np.concatenate([one.rows for one in found_in(offers)])
        assert len(rows) == len(np.unique(rows))

    def test_none_of_fewer_than_eight(self) -> None:
        alone = replace(borough(), kinds=np.zeros((PEOPLE, KINDS), np.bool_))
        assert not found_in(with_shortage(alone, PLANTED[:7], SHORTAGE))
        assert len(found_in(with_shortage(alone, PLANTED[:8], SHORTAGE))) == 1

    def test_who_is_mostly_free_at_other_times_is_not_in_it(self) -> None:
        offers = with_shortage(borough(), PLANTED, SHORTAGE)
        offers.slots[PLANTED[0]] = [3, 1, 3, 3]
        first = found_in(offers)[0]
        assert PLANTED[0] not in first.rows
        assert PLANTED[1] in first.rows

    def test_nobody_waits(self) -> None:
        nobody = borough()
        nothing = np.zeros(0, np.int64)
        empty = Offers(nothing, nobody.kinds[:0], nobody.slots[:0], nothing)
        assert found_in(empty) == []


class TestWeekToWeek:
    def test_last_weeks_is_held_while_it_is_nearly_as_good(self) -> None:
        offers = with_shortage(borough(), PLANTED, SHORTAGE)
        wider = replace(SHORTAGE, wards=(2, 3, 4))
        assert found_in(offers)[0].cell == SHORTAGE
        assert found_in(offers, (wider,))[0].cell == wider

    def test_but_not_one_that_has_become_much_worse(self) -> None:
        offers = with_shortage(borough(), PLANTED, SHORTAGE)
        elsewhere = replace(SHORTAGE, wards=(0, 1))
        assert found_in(offers, (elsewhere,))[0].cell == SHORTAGE

    def test_a_name_goes_with_most_of_the_people(self) -> None:
        before = {7: np.arange(10), 8: np.arange(20, 40)}
        now = [np.arange(22, 44), np.arange(4, 16), np.arange(50, 60)]
        assert named_as_before(now, before) == [8, None, None]
        loose = SegmentSettings(kept=0.3)
        assert named_as_before(now, before, loose) == [8, 7, None]

    def test_no_two_have_the_same_name(self) -> None:
        halves = [np.arange(10), np.arange(10, 20)]
        assert sorted(map(str, named_as_before(halves, {1: np.arange(20)}))) == ["1", "None"]


def test_areas_hang_together() -> None:
    assert areas(ROW, 2) == [
        *[(ward,) for ward in range(6)],
        *[(ward, ward + 1) for ward in range(5)],
    ]
    assert (0, 1, 2) in areas(ROW, 3)
    assert (0, 2) not in areas(ROW, 3)
