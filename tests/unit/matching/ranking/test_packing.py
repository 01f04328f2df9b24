"""What is stored of a list says the same when it is read again."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.ranking.packing import PackedList, PackingError

PARTS = ("causes", "time", "distance", "not_said")
CODES = {"causes": "shared_causes", "time": "free_on", "distance": "distance"}


@st.composite
def places(draw: st.DrawFn) -> dict[str, Any]:
    values = draw(
        st.dictionaries(
            st.sampled_from(PARTS), st.integers(1, 9999).map(lambda n: n / 10_000), max_size=4
        )
    )
    reasons = [
        {
            "code": CODES[name],
            "value": value,
            "detail": draw(st.lists(st.text(max_size=5) | st.integers(0, 99), max_size=3)),
        }
        for name, value in values.items()
        if name in CODES
    ]
    km = draw(st.none() | st.integers(0, 50_000).map(lambda metres: metres / 1000))
    return {"km": km, "parts": values, "reasons": reasons}


def read(packed: PackedList) -> list[dict[str, Any]]:
    return [packed.place(position) for position in range(len(packed))]


def same(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    assert len(one) == len(other)
    for a, b in zip(one, other, strict=True):
        assert a["km"] == (None if b["km"] is None else pytest.approx(b["km"], abs=0.01))
        assert a["parts"] == pytest.approx(b["parts"], abs=1e-4)
        assert [(r["code"], r["detail"]) for r in a["reasons"]] == [
            (r["code"], r["detail"]) for r in b["reasons"]
        ]
        values = [reason["value"] for reason in b["reasons"]]
        assert [reason["value"] for reason in a["reasons"]] == pytest.approx(values, abs=1e-4)


@given(st.lists(places(), max_size=6))
def test_read_is_what_was_packed(given_places: list[dict[str, Any]]) -> None:
    again = PackedList.unpack(PackedList.of(given_places, PARTS).pack())
    same(read(again), given_places)


@given(st.lists(places(), max_size=4), st.lists(places(), max_size=4))
def test_one_list_after_another(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    turned = tuple(reversed(PARTS))
    both = PackedList.unpack(PackedList.of(one, PARTS).pack()).followed_by(
        PackedList.of(other, turned)
    )
    same(read(PackedList.unpack(both.pack())), one + other)


@given(st.lists(places(), min_size=3, max_size=6))
def test_some_places_in_another_order(given_places: list[dict[str, Any]]) -> None:
    chosen = PackedList.of(given_places, PARTS).take(np.array([2, 0]))
    same(read(PackedList.unpack(chosen.pack())), [given_places[2], given_places[0]])
    assert len(chosen.pack()) <= len(PackedList.of(given_places, PARTS).pack())


def test_equal_numbers_of_two_kinds_stay_what_they_are() -> None:
    reasons = [
        {"code": "free_on", "value": 0.2, "detail": [4]},
        {"code": "hours", "value": 0.1, "detail": [4.0]},
    ]
    packed = PackedList.of([{"km": None, "parts": {}, "reasons": reasons}], ())
    found = PackedList.unpack(packed.pack()).place(0)["reasons"]
    assert [type(reason["detail"][0]) for reason in found] == [int, float]


def test_nothing_is_an_empty_list() -> None:
    assert len(PackedList.unpack(b"")) == 0
    assert len(PackedList.unpack(PackedList.empty().pack())) == 0


@pytest.mark.parametrize("cut", [1, 9, -1])
def test_other_bytes_are_refused(cut: int) -> None:
    packed = PackedList.of([{"km": 1.0, "parts": {"time": 0.1}, "reasons": []}], PARTS).pack()
    with pytest.raises(PackingError):
        PackedList.unpack(packed[:cut])
