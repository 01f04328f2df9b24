"""What a text mentions of the lists of causes and activities."""

import pytest

from core.models import Activity, Cause
from core.models.taxonomy import TermedItem
from core.taxonomy.mentions import Mentions

pytestmark = pytest.mark.django_db


def mentioned(kind: type[TermedItem], text: str) -> list[str]:
    return Mentions.of(kind._default_manager.all()).in_text(text)


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
        ("બાગકામ", set(), set()),
    ],
)
def test_items_are_found_by_whole_words_in_any_case(
    text: str, causes: set[str], activities: set[str]
) -> None:
    assert set(mentioned(Cause, text)) == causes
    assert set(mentioned(Activity, text)) == activities


def test_every_item_is_found_by_its_own_name() -> None:
    for kind in (Cause, Activity):
        for item in kind._default_manager.all():
            assert item.code in mentioned(kind, f"We offer {item.name}, every week.")


def test_more_different_words_come_first() -> None:
    words = "Literacy, phonics and reading; also a park."
    assert mentioned(Cause, words)[0] == "learning-to-read-and-write"
