"""A phone shows a subject whole, and what happened in it, however long a role's title is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.subjects import LONGEST, shortened, subject_line

TITLE = "Helper in the kitchen garden of the Saturday club for older people in Wealdstone"
OFFER = "You are offered a place: “%(role)s”"


def test_the_title_is_shortened_behind_a_word_and_the_rest_stays_whole() -> None:
    assert (
        subject_line(OFFER, {"role": TITLE})
        == "You are offered a place: “Helper in the kitchen garden of…”"
    )


def test_what_fits_stays_as_it_is() -> None:
    assert subject_line(OFFER, {"role": "Walk\ndogs"}) == "You are offered a place: “Walk dogs”"


def test_the_longest_name_is_shortened_first_and_counts_stay() -> None:
    words = "%(name)s takes %(count)s of “%(role)s”"
    subject = subject_line(words, {"name": "Asha", "count": 3, "role": TITLE})
    assert subject.startswith("Asha takes 3 of “Helper in the")
    assert subject.endswith("…”")
    both = subject_line(words, {"name": "Asha " * 20, "count": 3, "role": TITLE})
    assert len(both) <= LONGEST
    assert both.endswith("…”")


def test_a_name_that_the_subject_does_not_say_is_left_alone() -> None:
    assert subject_line("Hello %(name)s", {"name": "Asha", "words": "x" * 500}) == "Hello Asha"


@pytest.mark.parametrize(
    ("words", "room", "cut"),
    [
        ("one two three", 9, "one two…"),
        ("oneandtwo three", 8, "oneandt…"),
        ("one, two three", 6, "one…"),
    ],
)
def test_words_are_cut_between_words_where_there_are_any(words: str, room: int, cut: str) -> None:
    assert shortened(words, room) == cut


@given(st.text(max_size=300), st.text(max_size=300), st.integers())
def test_never_longer_than_a_phone_shows(name: str, role: str, count: int) -> None:
    words = "%(name)s writes %(count)s times about “%(role)s”"
    subject = subject_line(words, {"name": name, "role": role, "count": count})
    assert len(subject) <= LONGEST
    assert "\n" not in subject
