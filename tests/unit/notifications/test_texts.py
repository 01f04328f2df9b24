"""A text message is one and not several, in every script, with a link that is whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.text_length import fits, is_shared, without_marks
from notifications.texts import in_one_message

SITE = "https://volunteering.harrow.gov.uk"
SHORT = f"\n{SITE}/t/1abcdabcdefgh/"
BOTH = f"\n{SITE}/me/applications/12345/\nSTOP: {SHORT.strip()}"


def text(subject: str) -> str:
    return in_one_message(subject, BOTH, SHORT)


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("a" * 160, True),
        ("a" * 161, False),
        ("é" * 160, True),
        ("€" * 80, True),
        ("€" * 80 + "a", False),
        ("[]" * 40 + "a", False),
        ("અ" * 70, True),
        ("અ" * 71, False),
        ("a" * 70 + "ł", False),
        ("a" * 69 + "ł", True),
        ("😀" * 35, True),
        ("😀" * 36, False),
    ],
)
def test_so_much_is_one_message(words: str, whole: bool) -> None:
    assert fits(words) == whole


def test_a_short_one_has_both_links() -> None:
    assert text("You have a place: “Pour tea”") == f'You have a place: "Pour tea"{BOTH}'


def test_a_long_one_of_latin_letters_is_cut_behind_a_word() -> None:
    words = text("Somebody asked for “Helper with the garden and the kitchen of the old hall”")
    assert words.startswith('Somebody asked for "Helper')
    assert words.endswith(f"...{BOTH}")
    assert fits(words)


def test_another_script_has_one_link_and_as_many_words_as_fit() -> None:
    words = text("તમને “ચા પીરસવી” માં જગ્યા આપવામાં આવી છે")
    assert words.startswith("તમને")
    assert words.endswith(f"…{SHORT}")
    assert fits(words)
    assert text("જગ્યા મળી") == f"જગ્યા મળી{SHORT}"


def test_marks_stay_where_there_is_room_and_go_where_words_would() -> None:
    assert text("Masz miejsce: Łódź") == f"Masz miejsce: Łódź{SHORT}"
    assert text("Masz miejsce: „Pomoc przy świętach”") == (
        f'Masz miejsce: "Pomoc przy swietach"{BOTH}'
    )


def test_beside_a_long_link_there_is_one_link_and_all_that_it_is_about() -> None:
    long = f"\n{SITE}/groups/1234/roles/12345/applicants/\nSTOP: {SHORT.strip()}"
    subject = "Somebody asked for the role of helper with the garden"
    assert in_one_message(subject, long, SHORT) == f"{subject}{SHORT}"


@pytest.mark.parametrize(
    ("words", "plain"),
    [("Łódź, Şcoală", "Lodz, Scoala"), ("café à Öl", "café à Öl"), ("ગુજરાતી", ""), ("عربي", "")],
)
def test_latin_letters_without_their_marks(words: str, plain: str) -> None:
    assert without_marks(words) == plain
    assert is_shared(plain)


@given(st.text(max_size=100))
def test_whatever_is_said_it_is_one_message_with_a_whole_link(subject: str) -> None:
    words = text(subject)
    assert fits(words)
    assert words.endswith((SHORT, BOTH))
