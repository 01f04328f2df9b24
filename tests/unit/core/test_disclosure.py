"""Counts of people as they may be shown."""

import pytest

from core.disclosure import in_words, rounded


@pytest.mark.parametrize(
    ("people", "shown"),
    [(0, 0), (1, None), (7, None), (8, 10), (12, 10), (13, 15), (37, 35), (38, 40), (1002, 1000)],
)
def test_small_counts_are_hidden_and_others_rounded(people: int, shown: int | None) -> None:
    assert rounded(people) == shown


def test_no_small_count_can_be_told_from_another() -> None:
    assert {in_words(people) for people in range(1, 8)} == {"fewer than 8 people"}
    assert in_words(0) == "nobody"
    assert in_words(33) == "about 35 people"
