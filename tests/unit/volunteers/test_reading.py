"""What is read from CVs: a small set, labelled before the reader was tried on it."""

import pytest

from volunteers.reading import MOST_SUGGESTIONS, read

#: Text → what a reader would take from it: skills (s), activities (a), languages (l).
LABELLED = (
    (
        "Retired bookkeeper. 20 years of accounts and payroll in a small firm. I grow vegetables "
        "on my allotment and speak Gujarati and English.",
        {"s:bookkeeping", "a:bookkeeping", "s:gardening", "a:gardening", "l:gu", "l:en"},
    ),
    (
        "Primary school teacher. Reading with children, first aid certificate. Languages: Tamil, "
        "English.",
        {"a:reading-with-children", "s:first-aid", "l:ta", "l:en"},
    ),
    (
        "Web developer. I build websites and manage social media for a local club.",
        {"s:web-design", "a:web-and-tech", "s:social-media", "a:social-media"},
    ),
    (
        "Delivery driver with a full driving licence. Cooking for large groups at the gurdwara. "
        "Punjabi, Hindi.",
        {"s:driving", "a:cooking", "s:cooking", "l:pa", "l:hi"},
    ),
    ("I have no experience yet. Hobbies: football coaching and music.", {"a:sports-coaching"}),
    ("Receptionist at a surgery. Polish and English.", {"a:reception", "l:pl", "l:en"}),
)


def found_in(text):
    found = read(text)
    return {
        *(f"s:{code}" for code in found.skills),
        *(f"a:{code}" for code in found.activities),
        *(f"l:{code}" for code in found.languages),
    }


def test_precision_and_recall_on_the_labelled_texts():
    right = wanted = given = 0
    missed, wrong = [], []
    for text, expected in LABELLED:
        found = found_in(text)
        right += len(found & expected)
        wanted += len(expected)
        given += len(found)
        missed += sorted(expected - found)
        wrong += sorted(found - expected)
    precision, recall = right / given, right / wanted
    said = f"precision {precision:.2f}, recall {recall:.2f}; missed {missed}; wrong {wrong}"
    assert precision >= 0.6, said
    assert recall >= 0.7, said


@pytest.mark.parametrize("text", ["", " ", "xyz 123", "<script>"])
def test_nothing_is_read_from_nothing(text):
    assert not read(text)


def test_a_text_that_mentions_everything_gives_no_more_than_can_be_looked_through():
    text = " ".join(text for text, _ in LABELLED) + " gardening" * 1000
    found = read(text)
    assert max(map(len, (found.skills, found.activities, found.languages))) <= MOST_SUGGESTIONS
