import pytest

from matching.ranking.words import fold, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Plant TREES, and clean-up!", ["plant", "trees", "clean"]),
        ("I would like to read with children's groups", ["read", "children", "groups"]),
        ("IT support", ["it", "support"]),
        ("Grădinărit și curățenie", ["gradinarit", "si", "curatenie"]),
        ("Żółw pomaga ludziom", ["zołw", "pomaga", "ludziom"]),
        ("બાગકામ અને વૃક્ષો", ["બાગકામ", "અને", "વૃક્ષો"]),
        ("बागवानी और पेड़।", ["बागवानी", "और", "पेड़"]),
        ("தோட்டக்கலை, மரங்கள்", ["தோட்டக்கலை", "மரங்கள்"]),
        ("العمل في الحديقة، والأشجار؟", ["العمل", "في", "الحديقة", "والأشجار"]),
        ("a b c 1 2", []),
        ("", []),
        ("… — “” !!!", []),
    ],
)
def test_words_of_finds_whole_words_in_any_script(text, words):
    assert words_of(text) == [fold(word) for word in words]


def test_fold_makes_equal_what_people_type_in_different_ways():
    assert fold("CAFÉ") == fold("cafe\u0301") == fold("cafe")
    assert fold("co\u00adoperate") == "cooperate"
    assert fold("STRASSE") == fold("straße")


def test_fold_keeps_vowel_signs_of_other_scripts():
    assert fold("पेड़ों") != fold("पड़")
