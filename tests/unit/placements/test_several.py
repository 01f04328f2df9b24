"""The same answer for several people."""

import pytest

from core.errors import InvalidInput
from placements.models import Application
from placements.services import applications, several
from placements.states import Move, State
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


def states_of(*asked: Application) -> list[str]:
    return [Application.objects.get(pk=one.pk).state for one in asked]


def test_places_go_to_who_asked_first_and_the_others_stay_as_they_are() -> None:
    role = OpportunityFactory(places=2)
    first, second, third = ApplicationFactory.create_batch(3, opportunity=role)

    outcome = several.answer(people=[third, second, first], move=Move.ACCEPT, by=None)

    assert outcome.done == [first, second]
    assert outcome.refused == [(third, "All places of this role are taken.")]
    assert states_of(first, second, third) == ["accepted", "accepted", "submitted"]
    role.refresh_from_db()
    assert (role.places_taken, role.applications_pending, role.status) == (2, 1, "full")


def test_who_was_answered_meanwhile_keeps_that_answer() -> None:
    role = OpportunityFactory(places=3)
    asked = ApplicationFactory.create_batch(2, opportunity=role)
    as_seen = [Application.objects.get(pk=one.pk) for one in asked]
    applications.offer(application=asked[0], by=None)

    outcome = several.answer(people=as_seen, move=Move.DECLINE, reason="no_place", by=None)

    assert [one.pk for one in outcome.done] == [asked[1].pk]
    assert "it now says “Place offered”" in outcome.refused[0][1]
    assert states_of(*asked) == ["offered", "submitted"]
    assert Application.objects.get(pk=asked[1].pk).held_move == "decline"


def test_two_people_of_the_group_who_say_no_to_the_same_people() -> None:
    role = OpportunityFactory()
    asked = ApplicationFactory.create_batch(2, opportunity=role)
    again = [Application.objects.get(pk=one.pk) for one in asked]

    several.answer(people=asked, move=Move.DECLINE, reason="no_place", words="First", by=None)
    outcome = several.answer(people=again, move=Move.INVITE, words="Second", by=None)

    assert not outcome.done
    assert {sentence for _one, sentence in outcome.refused} == {
        "An answer is on its way already. Take it back first to give another one."
    }
    assert set(Application.objects.values_list("held_words", flat=True)) == {"First"}


def test_a_wrong_reason_answers_nobody() -> None:
    asked = ApplicationFactory.create_batch(2, opportunity=OpportunityFactory())
    with pytest.raises(InvalidInput):
        several.answer(people=asked, move=Move.DECLINE, reason="found_other", by=None)
    assert states_of(*asked) == [State.SUBMITTED, State.SUBMITTED]
