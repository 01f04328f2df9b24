"""What is read from CVs and from what people write about themselves."""

import pytest

from benchmarks.reading import found_in, labelled, measured
from core.taxonomy.loading import DATA_DIR, LISTS, read_list
from volunteers.reading import MOST_SUGGESTIONS, read

KINDS = {"s": "Skill", "a": "Activity", "l": "Language"}


@pytest.mark.parametrize(
    ("part", "precision", "recall"),
    [("first", 0.95, 1.0), ("tune", 0.94, 0.95), ("held_back", 0.88, 0.8)],
)
def test_precision_and_recall_on_the_labelled_texts(part, precision, recall):
    of = measured(part)
    assert of.precision >= precision, of
    assert of.recall >= recall, of


def test_enough_texts_are_labelled_and_as_many_are_held_back_as_kinds_are_told_apart():
    texts = labelled()
    held_back = [text for text in texts if text["part"] == "held_back"]
    assert len(texts) >= 24
    assert len(held_back) >= 12
    assert {text["kind"] for text in texts} == {text["kind"] for text in held_back}
    codes = {
        kind: {row["code"] for row in read_list(DATA_DIR / LISTS[name])}
        for kind, name in KINDS.items()
    }
    for text in texts:
        for label in f"{text['expected']} {text.get('allowed', '')}".split():
            assert label[2:] in codes[label[0]], label


@pytest.mark.parametrize(
    ("text", "there", "gone"),
    [
        # The name of a firm, a school, a club.
        ("I work at Green Garden Supplies. I play chess.", "a:games-and-quizzes", "s:gardening"),
        ("Till at Garden & Home Ltd, and I cook", "s:cooking", "s:gardening"),
        # What somebody does not do, also far from the "not", and all of a list.
        (
            "I bake. I have never ever in my long life done any gardening",
            "s:cooking",
            "s:gardening",
        ),
        ("I don't cook, drive, or sing, but I knit", "s:sewing", "s:singing"),
        ("No cooking apart from baking bread; I sing", "s:cooking", "s:gardening"),
        # What somebody does at work is a skill, and no wish to do it.
        ("I am a bus driver", "s:driving", "a:driving-people"),
        # The longer phrase is meant.
        ("Mental health first aider", "s:mental-health-first-aid", "s:first-aid"),
        # Words that in a CV mean other things.
        ("Delivery of training, and gardening", "s:gardening", "a:deliveries"),
    ],
)
def test_mistakes_that_readers_of_cvs_make(text, there, gone):
    found = found_in(text)
    assert there in found
    assert gone not in found


@pytest.mark.parametrize("text", ["", " ", "xyz 123", "<script>"])
def test_nothing_is_read_from_nothing(text):
    assert not read(text)


def test_a_text_that_mentions_everything_gives_no_more_than_can_be_looked_through():
    text = " ".join(text["words"] for text in labelled()) + " gardening" * 1000
    found = read(text)
    assert max(map(len, (found.skills, found.activities, found.languages))) <= MOST_SUGGESTIONS
