from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from core.clock import LONDON
from core.week import (
    ALL_SLOTS,
    SLOTS,
    SLOTS_BY_CODE,
    Slot,
    _blocks_by_day,
    _blocks_by_part,
    describe,
    mask_between,
    mask_of,
    slots_in,
)

MASKS = st.integers(0, ALL_SLOTS)


def mask(codes: str) -> int:
    return mask_of(SLOTS_BY_CODE[code] for code in codes.split())


def every(part: str, days: str = "mon tue wed thu fri") -> str:
    return " ".join(f"{day}_{part}" for day in days.split())


def codes(value: int) -> set[str]:
    return {slot.code for slot in slots_in(value)}


def london(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in the week of Monday 2 March 2026."""
    return datetime(2026, 3, 2 + day, hour, minute, tzinfo=LONDON)


# -- masks -----------------------------------------------------------------------------------------


def test_there_are_21_slots_monday_morning_first():
    assert [slot.bit for slot in SLOTS] == list(range(21))
    assert (SLOTS[0].code, SLOTS[17].code, SLOTS[-1].code) == (
        "mon_morning",
        "sat_evening",
        "sun_evening",
    )
    assert len(SLOTS_BY_CODE) == 21
    assert mask_of(SLOTS) == ALL_SLOTS == 2**21 - 1
    assert Slot(day=5, part=0).bit == 15


@given(MASKS)
def test_a_mask_comes_back_from_its_slots(value):
    assert mask_of(slots_in(value)) == value


@given(st.lists(st.sampled_from(SLOTS)))
def test_slots_come_back_from_their_mask_in_order_and_once(slots):
    assert slots_in(mask_of(slots)) == tuple(sorted(set(slots)))


@pytest.mark.parametrize("value", [-1, ALL_SLOTS + 1])
def test_what_is_no_mask_is_refused(value):
    with pytest.raises(ValueError, match="between 0 and 2097151"):
        slots_in(value)
    with pytest.raises(ValueError, match="between 0 and 2097151"):
        describe(value)


# -- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slots", "words"),
    [
        ("", ""),
        ("sat_morning", "Saturday mornings"),
        (every("evening"), "weekday evenings"),
        (every("afternoon", "sat sun"), "weekend afternoons"),
        (every("morning", "mon tue wed thu fri sat sun"), "mornings all week"),
        ("mon_morning wed_morning", "Monday and Wednesday mornings"),
        ("mon_morning wed_afternoon", "Monday mornings and Wednesday afternoons"),
        (every("evening", "mon tue wed"), "Monday to Wednesday evenings"),
        (every("evening", "mon wed thu fri"), "Monday, Wednesday, Thursday and Friday evenings"),
        ("sun_morning sun_evening", "Sunday mornings and evenings"),
        ("sat_morning sat_afternoon sat_evening", "any time on Saturdays"),
        (" ".join(every(p) for p in ("morning", "afternoon", "evening")), "any time on weekdays"),
        (
            " ".join(every(p, "sat sun") for p in ("morning", "afternoon", "evening")),
            "any time at weekends",
        ),
        (every("evening") + " sat_morning", "weekday evenings and Saturday mornings"),
        (
            every("morning") + " " + every("afternoon") + " sat_morning",
            "Monday to Saturday mornings and weekday afternoons",
        ),
        (
            every("morning") + " " + every("afternoon") + " sun_evening",
            "weekday mornings and afternoons, and Sunday evenings",
        ),
        (
            every("morning", "mon tue wed thu fri sat sun") + " sat_evening",
            "mornings all week and Saturday evenings",
        ),
    ],
)
def test_describe_says_it_in_plain_words(slots, words):
    assert describe(mask(slots)) == words


def test_describe_says_any_time_for_the_whole_week():
    assert describe(ALL_SLOTS) == "any time"


@given(MASKS)
@pytest.mark.parametrize("cut", [_blocks_by_day, _blocks_by_part])
def test_blocks_hold_each_slot_once(cut, value):
    slots = [Slot(day, part) for days, parts in cut(value) for day in days for part in parts]
    assert tuple(sorted(slots)) == slots_in(value)


@settings(deadline=None)
@given(MASKS, MASKS)
def test_describe_tells_a_mask_from_any_other_and_from_all_that_differ_by_a_slot(value, other):
    others = {value ^ (1 << bit) for bit in range(21)} | ({other} - {value})
    assert describe(value) not in {describe(other) for other in others}


def test_describe_speaks_the_language_that_is_active():
    with translation.override("de"):
        assert "Montag" in describe(mask("mon_morning"))


# -- sessions --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "slots"),
    [
        (london(0, 9), london(0, 11), "mon_morning"),
        (london(0, 9), london(0, 12), "mon_morning"),
        (london(0, 9), london(0, 12, 1), "mon_morning mon_afternoon"),
        (london(0, 12), london(0, 17), "mon_afternoon"),
        (london(5, 10), london(5, 20), "sat_morning sat_afternoon sat_evening"),
        (london(6, 22), london(7, 4), "sun_evening"),
        (london(0, 2), london(0, 4), "sun_evening"),
        (london(0, 4), london(0, 6), "sun_evening mon_morning"),
        (london(4, 18), london(5, 13), "fri_evening sat_morning sat_afternoon"),
        (london(2, 10), london(2, 10), "wed_morning"),
    ],
)
def test_mask_between_gives_the_slots_a_session_touches(start, end, slots):
    assert codes(mask_between(start, end)) == set(slots.split())


def test_mask_between_reads_the_clock_of_london_in_summer():
    start = datetime(2026, 7, 1, 11, 30, tzinfo=UTC)  # half past twelve on a Wednesday
    assert codes(mask_between(start, start + timedelta(hours=1))) == {"wed_afternoon"}


def test_mask_between_over_a_week_is_any_time():
    assert mask_between(london(0, 9), london(0, 9) + timedelta(days=7)) == ALL_SLOTS


def test_mask_between_refuses_an_end_before_the_start():
    with pytest.raises(ValueError, match="before it starts"):
        mask_between(london(0, 9), london(0, 8))


@given(
    st.timedeltas(timedelta(0), timedelta(days=330)),
    st.lists(st.timedeltas(timedelta(0), timedelta(days=2)), min_size=2, max_size=4),
)
def test_mask_between_is_made_of_the_masks_of_its_pieces(start, lengths):
    """Cut anywhere, the pieces together touch what the whole touches."""
    moments = [datetime(2026, 1, 1, tzinfo=UTC) + start]
    for length in lengths:
        moments.append(moments[-1] + length)
    whole = mask_between(moments[0], moments[-1])
    pieces = 0
    for one, other in pairwise(moments):
        pieces |= mask_between(one, other)
    # A cut just where a part begins makes the next piece start in it, as the whole goes on in it.
    touched = whole | mask_between(moments[-1], moments[-1])
    assert whole & ~pieces == 0
    assert pieces & ~touched == 0


def test_session_in_the_hour_that_autumn_repeats_is_in_its_slot():
    # From 1.30 by summer time to 1.10 by winter time: forty minutes of Saturday night.
    starts_at = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    mask = mask_between(starts_at, starts_at + timedelta(minutes=40))
    assert [slot.code for slot in slots_in(mask)] == ["sat_evening"]
