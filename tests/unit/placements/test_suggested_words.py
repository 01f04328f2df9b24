import pytest

from placements.models import GROUP_REASONS
from placements.services.moves import MESSAGE_LENGTH
from placements.states import Move
from placements.suggested_words import words_for


@pytest.mark.parametrize("reason", [*(reason.value for reason in GROUP_REASONS), ""])
def test_each_refusal_thanks_explains_and_wishes_well(reason):
    thanks, why, after = words_for(Move.DECLINE, reason).split("\n\n")

    assert thanks == "Thank you for offering your time."
    assert why
    assert after == "We hope that you find a role that suits you."
    assert len(words_for(Move.DECLINE, reason)) < MESSAGE_LENGTH


def test_each_reason_has_words_of_its_own():
    said = {words_for(Move.DECLINE, reason) for reason in GROUP_REASONS}

    assert len(said) == len(GROUP_REASONS)


@pytest.mark.parametrize("move", [Move.INVITE, Move.OFFER, Move.ACCEPT])
def test_a_friendly_answer_begins_with_thanks(move):
    assert words_for(move).startswith("Thank you for offering your time.")


def test_nothing_need_be_written_to_say_that_it_was_seen():
    assert words_for(Move.ACKNOWLEDGE) == ""
