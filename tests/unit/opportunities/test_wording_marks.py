"""The marks on the words of a role, against labelled sentences."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from opportunities.role_templates import families
from opportunities.wording_marks import marks_of, marks_of_role, reading_age

SENTENCES = tomllib.loads(
    (Path(__file__).parents[2] / "data/wording/sentences.toml").read_text(encoding="utf-8")
)
LABELLED = {code: entries[0] for code, entries in SENTENCES.items() if code != "held_back"}
HELD_BACK = SENTENCES["held_back"][0]["sentences"]
HARD = (
    "The successful candidate will undertake responsibility for the coordination of "
    "multidisciplinary interventions. Documentation of organisational activities necessitates "
    "considerable administrative familiarity. Communication with participating professionals "
    "constitutes an indispensable responsibility. Collaboration facilitates sustainable "
    "community participation and organisational transformation throughout neighbourhoods. "
    "Consequently, candidates demonstrate professional accountability and independence."
)


def codes(text: str) -> set[str]:
    return {mark.code for mark in marks_of(text)}


@pytest.mark.parametrize("code", LABELLED)
def test_each_rule_marks_its_sentences_and_leaves_the_harmless_ones(code):
    missed = [text for text in LABELLED[code]["marked"] if code not in codes(text)]
    false_alarms = [text for text in LABELLED[code]["harmless"] if codes(text)]

    assert not missed
    assert not false_alarms


def test_precision_and_recall_on_sentences_that_the_rules_never_saw(capsys):
    counted: Counter[str] = Counter()
    for sentence in HELD_BACK:
        due, found = set(sentence["codes"]), codes(sentence["text"])
        counted["right"] += len(due & found)
        counted["missed"] += len(due - found)
        counted["wrong"] += len(found - due)
    precision = counted["right"] / (counted["right"] + counted["wrong"])
    recall = counted["right"] / (counted["right"] + counted["missed"])
    with capsys.disabled():
        print(f"\nwording marks, held back: precision {precision:.2f}, recall {recall:.2f}")

    assert precision >= 0.8
    assert recall >= 0.7


def test_a_mark_says_where_it_is():
    text = "Come along. You must have your own car, please."
    (mark,) = marks_of(text, field="description")

    assert (mark.code, mark.field) == ("car", "description")
    assert text[mark.start : mark.end] == mark.quote == "must have your own car"
    assert mark.sentence
    assert mark.suggestion


@pytest.mark.parametrize(
    "template",
    [template for family in families() for template in family.templates],
    ids=lambda template: template.code,
)
def test_no_template_has_a_mark(template):
    assert marks_of_role(template.role_fields()) == []


def test_what_is_not_said_is_marked_once_it_was_asked():
    nothing = {
        "weekly_slots": 0,
        "hours_a_week": None,
        "expenses": "",
        "supervision": "",
        "training": "",
    }
    missing = {"no_time", "no_expenses", "no_supervision", "no_training"}

    assert {mark.code for mark in marks_of_role(nothing)} == missing
    assert marks_of_role({"title": "Make tea"}) == []
    said = {"description": "One morning a week. We show you how, pay bus fares and sit beside you."}
    assert marks_of_role(nothing | said) == []


def test_limits_that_are_no_words_are_marked():
    marks = marks_of_role({"maximum_age": 25, "skills_needed": ["cooking", "music", "law"]})

    assert [mark.code for mark in marks] == ["maximum_age", "many_skills"]


def test_reading_age_goes_up_with_long_words_and_waits_for_enough_text():
    easy = "You will sit with a child and read. " * 8
    assert reading_age("You will read.") is None
    assert reading_age(easy) < 9
    assert reading_age(HARD) > 18
    assert "hard_to_read" in codes(HARD)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "!!!", "ક ખ ગ", "x" * 6000, "A " * 3000])
def test_any_text_is_taken(text):
    marks_of(text)
