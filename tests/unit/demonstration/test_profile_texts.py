"""What made-up people write."""

from collections import Counter
from random import Random
from unicodedata import name

import pytest

from demonstration import profile_texts
from demonstration.kinds import role_kinds
from demonstration.lives import LIVES, free_slots

SCRIPTS = {"gu": "GUJARATI", "ta": "TAMIL", "hi": "DEVANAGARI", "ar": "ARABIC"}


def test_lengths_run_from_nothing_to_a_page() -> None:
    chance = Random(1)
    kinds = list(role_kinds().values())[:2]
    older = LIVES[-1]
    words = {
        length: len(profile_texts.about(chance, length, older, kinds).split())
        for length in profile_texts.LENGTHS
        if length != "other language"
    }
    assert words["nothing"] == 0
    assert 2 <= words["few words"] <= 4
    assert words["few words"] < words["sentence"] < words["paragraph"] < words["page"]
    assert words["page"] > 150
    drawn = Counter(profile_texts.length(chance) for _ in range(2000))
    assert drawn.keys() == profile_texts.LENGTHS.keys()


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.code)
def test_nobody_writes_what_does_not_suit_their_time_of_life(life) -> None:
    chance = Random(2)
    said = " ".join(
        profile_texts.about(chance, "page", life, list(role_kinds().values())) for _ in range(60)
    )
    assert "{" not in said
    assert ("retired" in said) == (life.why == "older")
    assert ("at school or college" in said) == (life.why == "young")
    assert ("My children are at school" in said) == (life.why == "working")


def test_no_page_is_longer_than_a_profile_takes() -> None:
    chance = Random(3)
    kinds = list(role_kinds().values())
    pages = [profile_texts.about(chance, "page", LIVES[-1], kinds[i : i + 3]) for i in range(29)]
    assert max(map(len, pages)) < 4000


@pytest.mark.parametrize("text", profile_texts.other_languages(), ids=lambda text: text.code)
def test_other_languages_are_in_their_own_script(text) -> None:
    letters = {name(letter).split()[0] for letter in text.words if letter.isalpha()}
    assert letters == {SCRIPTS.get(text.code, "LATIN")}


def test_all_the_languages_asked_for_are_there() -> None:
    assert {text.code for text in profile_texts.other_languages()} == {
        *("gu", "ta", "hi", "ro", "pl", "ar", "es", "de")
    }


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.code)
def test_everybody_is_free_at_some_time_of_their_life(life) -> None:
    chance = Random(4)
    assert all(free_slots(chance, life.times) > 0 for _ in range(100))
