"""What a text mentions of the lists of causes, activities and skills, in nine languages.

`tests/data/mentions/` holds sentences with the codes that a reader would give them: `expected`,
and `allowed` (close enough not to be wrong). They were written before the terms were, or without
looking at them, and by no fluent speaker of every language.
"""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from core.models import Activity, Cause, Skill
from core.models.taxonomy import TermedItem
from core.taxonomy.loading import DATA_DIR, read_list
from core.taxonomy.mentions import Mentions
from core.taxonomy.terms import KINDS, TermsError, concepts, grammar

MODELS: dict[str, type[TermedItem]] = {"causes": Cause, "activities": Activity, "skills": Skill}
SENTENCES = Path("tests/data/mentions")
LANGUAGES = ("ar", "de", "es", "gu", "hi", "pl", "ro", "ta")


@cache
def mentions(kind: str) -> Mentions:
    items = read_list(DATA_DIR / f"{kind}.csv")
    names = ("code", "name", "terms")
    return Mentions.of(MODELS[kind](**{name: item[name] for name in names}) for item in items)


def said(text: str, kind: str = "activities") -> set[str]:
    return set(mentions(kind).in_text(text))


def labelled(text: str) -> set[str]:
    return {f"{kind[0]}:{code}" for kind in MODELS for code in said(text, kind)}


def sentences(file: str) -> list[dict[str, str]]:
    with (SENTENCES / file).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


@pytest.mark.parametrize(
    ("text", "causes", "activities"),
    [
        (
            "I want to plant trees and clean parks",
            {"parks-and-green-spaces", "trees-nature-and-wildlife"},
            {"tree-planting"},
        ),
        ("GARDENING, and growing vegetables!", {"community-gardens"}, {"gardening"}),
        ("I was kidding about the parkour", set(), set()),
        ("", set(), set()),
        ("બાગકામ", {"community-gardens"}, {"gardening"}),
        ("મને બાગકામ ગમે છે", {"community-gardens"}, {"gardening"}),
    ],
)
def test_items_are_found_by_whole_words_in_any_case(
    text: str, causes: set[str], activities: set[str]
) -> None:
    assert said(text, "causes") == causes
    assert said(text, "activities") == activities


@pytest.mark.parametrize("kind", MODELS)
def test_every_item_is_found_by_its_own_name(kind: str) -> None:
    for item in read_list(DATA_DIR / f"{kind}.csv"):
        assert item["code"] in said(f"We offer {item['name']}, every week.", kind)


def test_more_different_words_come_first() -> None:
    words = "Literacy, phonics and reading; also a park."
    assert mentions("causes").in_text(words)[0] == "learning-to-read-and-write"


@pytest.mark.parametrize("file", ["held_out.csv", "second_round.csv", "third_round.csv"])
def test_sentences_in_each_language_are_understood(file: str) -> None:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in sentences(file):
        found, expected = labelled(row["text"]), set(row["expected"].split())
        right = found & (expected | set(row["allowed"].split()))
        numbers = (len(found & expected), len(expected), len(right), len(found))
        counts[row["language"]] = [
            old + new for old, new in zip(counts[row["language"]], numbers, strict=True)
        ]
    assert set(LANGUAGES) <= counts.keys()
    for language, (hit, wanted, correct, named) in counts.items():
        assert hit / wanted >= 0.8, f"{language}: recall {hit} of {wanted}"
        assert correct / named >= 0.9, f"{language}: precision {correct} of {named}"


def test_each_language_has_sentences_enough_and_some_that_say_nothing() -> None:
    rows = sentences("held_out.csv")
    for language in LANGUAGES:
        own = [row for row in rows if row["language"] == language]
        assert sum(bool(row["expected"]) for row in own) >= 12
        assert sum(not row["expected"] for row in own) >= 3


@pytest.mark.parametrize(
    ("text", "there", "gone"),
    [
        ("No cooking please, but I like gardening", "gardening", "cooking"),
        ("I don't want to do any cooking. Gardening is fine", "gardening", "cooking"),
        ("Ich möchte nicht kochen, lieber im Garten arbeiten", "gardening", "cooking"),
        ("No quiero cocinar, prefiero la jardinería", "gardening", "cooking"),
        ("Nie chcę gotować, ale lubię ogród", "gardening", "cooking"),
        ("Nu vreau să gătesc, dar îmi place grădina", "gardening", "cooking"),
        ("لا أريد الطبخ لكن أحب البستنة", "gardening", "cooking"),
        ("मुझे खाना बनाना पसंद नहीं है, बागवानी पसंद है", "gardening", "cooking"),
        ("મને રસોઈ ગમતી નથી, પણ બાગકામ ગમે છે", "gardening", "cooking"),
        ("எனக்குச் சமையல் பிடிக்காது, ஆனால் தோட்டம் பிடிக்கும்", "gardening", "cooking"),
    ],
)
def test_what_somebody_does_not_want_is_no_mention(text: str, there: str, gone: str) -> None:
    assert there in said(text)
    assert gone not in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Not only cooking but gardening",
        "Nicht nur kochen",
        "No solo cocinar",
        "Nie tylko gotowanie",
        "I do not mind cooking",
    ],
)
def test_not_only_is_no_refusal(text: str) -> None:
    assert "cooking" in said(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tłumaczę książki", "TLUMACZE KSIAZKI"),  # typed without Polish letters
        ("Grădinărit", "gradinarit"),
        ("الطَّبْخُ", "طبخ"),  # vowel marks, and the article
        ("ولِلأطفال", "اطفال"),  # "and for the children"
        ("المكتبــة", "المكتبه"),  # drawn long, and typed with ha
        ("सफ़ाई", "सफाई"),  # without the dot below
        ("பூங்காவில்", "பூங்கா"),  # "in the park"
        ("கோவிலுக்குச்", "கோவில்"),  # "to the temple"
        ("Ｇａｒｄｅｎｉｎｇ", "gardening"),  # full-width letters
        ("don’t garden", "don't garden"),
    ],
)
def test_ways_of_writing_a_word_make_no_difference(one: str, other: str) -> None:
    assert labelled(one) == labelled(other)


def test_ways_of_writing_find_something() -> None:
    assert "a:cooking" in labelled("الطَّبْخُ")
    assert "c:children-and-young-people" in labelled("ولِلأطفال")
    assert "c:parks-and-green-spaces" in labelled("பூங்காவில்")
    assert "c:places-of-worship" in labelled("கோவிலுக்குச்")


def test_a_vowel_sign_does_not_end_a_word() -> None:
    # "बाल" (child) begins "बालटी" (bucket), "बाग" (garden) "बागी" (rebel): other words.
    assert not labelled("बालटी बागी")
    assert "c:children-and-young-people" in labelled("बाल")


def test_words_that_languages_share_count_in_the_text_s_own() -> None:
    # German "Art" (kind) and "Kind" (child), Romanian "care" (which).
    assert "a:arts-and-crafts" not in labelled("Ich mag diese Art von Arbeit mit einem Kind")
    assert "s:patience" not in labelled("Ich arbeite gern mit einem Kind")
    assert "c:children-and-young-people" in labelled("Ich arbeite gern mit einem Kind")
    assert "a:arts-and-crafts" in labelled("I like art and music")


def test_a_phrase_of_parts_needs_all_in_one_clause() -> None:
    assert "dog-walking" in said("Uwielbiam spacery z naszym psem")
    assert "dog-walking" not in said("Lubię spacery. Mam kontakt z psem")


def test_words_that_mean_nothing_by_themselves_are_not_found() -> None:
    assert "gardening" not in said("I live near Covent Garden")
    assert "gardening" in said("I live near Covent Garden and have a garden")


def test_every_file_of_terms_is_sound() -> None:
    codes = {
        kind: {item["code"] for item in read_list(DATA_DIR / f"{column}.csv")}
        for column, kind in KINDS.items()
    }
    languages = set()
    for concept in concepts():
        languages.add(concept.language)
        for kind, code in concept.items:
            assert code in codes[kind], f"{concept.language}: no {kind} {code!r}"
        assert len(set(concept.terms)) == len(concept.terms)
        for word in " ".join(concept.terms).replace("+", " ").split():
            assert len(word.strip("*")) >= (3 if "*" in word and word.isascii() else 1), word
    assert languages == {*LANGUAGES, "en"}
    assert {row.language for row in grammar()} == languages


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_every_item_has_words_in_each_language(language: str) -> None:
    covered = {
        item for concept in concepts() if concept.language == language for item in concept.items
    }
    for column, kind in KINDS.items():
        missing = [
            item["code"]
            for item in read_list(DATA_DIR / f"{column}.csv")
            if (kind, item["code"]) not in covered
        ]
        assert len(missing) <= 1, missing


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("code,terms\na,b\n", "columns"),
        ("causes,activities,skills,terms\n,gardening,,a||b\n", "row 2: a term is empty"),
        ("causes,activities,skills,terms\n,gardening,garten\n", "row 2: not 4 cells"),
    ],
)
def test_a_file_that_is_not_sound_is_named(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "de.csv").write_text(content, encoding="utf-8")
    with pytest.raises(TermsError, match=problem):
        concepts(tmp_path)
