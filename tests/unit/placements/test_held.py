"""Answers that a group can take back for ten minutes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import AuditEntry
from core.clock import now
from core.errors import Conflict, InvalidInput
from core.models import Fact
from notifications.models import Notification
from opportunities.services import roles
from placements.models import Application
from placements.services import applications, held, unanswered
from placements.states import Move, State
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


def hold_no(application: Application, **also: Any) -> Application:
    return held.hold(
        application=application, move=Move.DECLINE, reason="no_place", words="Sorry.", by=None
    )


def hold_invitation(application: Application) -> Application:
    return held.hold(application=application, move=Move.INVITE, words="Let us talk.", by=None)


def after_it_was_sent(until: datetime | None) -> datetime:
    assert until is not None
    return until + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("hold", "state"), [(hold_no, State.DECLINED), (hold_invitation, State.INVITED)]
)
def test_an_answer_is_made_when_it_cannot_be_taken_back_any_more(
    hold: Callable[[Application], Application], state: State
) -> None:
    application = hold(ApplicationFactory())
    until = application.held_until
    fact = Fact.objects.get(kind="answer.held")
    assert (fact.subject_id, fact.not_before) == (application.pk, until)
    assert application.state == State.SUBMITTED
    assert not held.send(application.pk)
    assert not Notification.objects.exists()

    with time_machine.travel(after_it_was_sent(until), tick=False):
        assert held.send(application.pk)
        assert not held.send(application.pk)

    application.refresh_from_db()
    assert (application.state, application.held_move) == (state, "")
    assert application.words in ("Sorry.", "Let us talk.")
    assert AuditEntry.objects.about(application).filter(details__to=state.value).count() == 1
    application.opportunity.refresh_from_db()
    assert application.opportunity.applications_pending == int(state == State.INVITED)


def test_taken_back_nothing_happened() -> None:
    application = hold_no(ApplicationFactory())
    until = application.held_until

    held.take_back(application=application, by=None)

    with time_machine.travel(after_it_was_sent(until)):
        assert not held.send(application.pk)
    application.refresh_from_db()
    assert (application.state, application.held_words, application.held_by) == (
        State.SUBMITTED,
        "",
        None,
    )
    actions = list(AuditEntry.objects.about(application).values_list("action", flat=True))
    assert actions == ["application.answer_held", "application.answer_taken_back"]


def test_given_anew_it_is_sent_at_its_own_time_only() -> None:
    application = hold_no(ApplicationFactory())
    first = application.held_until
    held.take_back(application=application, by=None)
    with time_machine.travel(now() + timedelta(minutes=5)):
        hold_invitation(application)

    with time_machine.travel(after_it_was_sent(first)):
        assert not held.send(application.pk)
    with time_machine.travel(after_it_was_sent(application.held_until)):
        assert held.send(application.pk)
    application.refresh_from_db()
    assert application.state == State.INVITED


def test_after_its_time_it_cannot_be_taken_back() -> None:
    application = hold_no(ApplicationFactory())

    with (
        time_machine.travel(after_it_was_sent(application.held_until)),
        pytest.raises(Conflict) as refused,
    ):
        held.take_back(application=application, by=None)

    assert refused.value.code == "not_held"
    application.refresh_from_db()
    assert application.held_move == "decline"


@pytest.mark.parametrize(
    "other",
    [
        hold_no,
        hold_invitation,
        lambda a: applications.accept(application=a, by=None),
        lambda a: applications.offer(application=a, by=None),
        lambda a: applications.acknowledge(application=a, by=None),
        lambda a: applications.decline(application=a, reason="too_far", by=None),
    ],
)
def test_no_other_answer_while_one_is_on_its_way(other: Callable[[Application], object]) -> None:
    application = hold_no(ApplicationFactory())

    with pytest.raises(Conflict) as refused:
        other(application)

    assert refused.value.code == "answer_held"
    application.refresh_from_db()
    assert (application.state, application.held_move) == (State.SUBMITTED, "decline")
    application.opportunity.refresh_from_db()
    assert application.opportunity.places_taken == 0


def test_who_withdraws_meanwhile_is_not_told_no() -> None:
    application = hold_no(ApplicationFactory())
    until = application.held_until

    applications.withdraw(application=application, by=None)

    with time_machine.travel(after_it_was_sent(until)):
        assert not held.send(application.pk)
    application.refresh_from_db()
    assert (application.state, application.held_move) == (State.WITHDRAWN, "")


@pytest.mark.parametrize("state", [State.ACCEPTED, State.DECLINED, State.WITHDRAWN, State.LAPSED])
def test_who_has_been_answered_gets_no_other_answer(state: State) -> None:
    with pytest.raises(Conflict):
        hold_no(ApplicationFactory(state=state))


def test_a_no_needs_a_reason_of_the_group() -> None:
    application = ApplicationFactory()
    for reason in ("", "found_other"):
        with pytest.raises(InvalidInput):
            held.hold(application=application, move=Move.DECLINE, reason=reason, by=None)
    assert not Fact.objects.exists()


def test_a_place_is_not_held_back() -> None:
    with pytest.raises(ValueError, match="not held"):
        held.hold(application=ApplicationFactory(), move=Move.ACCEPT, by=None)


def test_a_no_on_its_way_is_sent_although_the_role_closes_meanwhile() -> None:
    no = hold_no(ApplicationFactory())
    role = no.opportunity
    talk = hold_invitation(ApplicationFactory(opportunity=role))
    roles.close(opportunity=role, because="other", by=None)

    assert unanswered.lapse_unanswered(opportunity=role) == 1

    talk.refresh_from_db()
    assert talk.state == State.LAPSED
    with time_machine.travel(after_it_was_sent(no.held_until), tick=False):
        assert held.send(no.pk)
        assert not held.send(talk.pk)
    no.refresh_from_db()
    assert (no.state, no.words) == (State.DECLINED, "Sorry.")


def test_who_has_their_no_taken_back_on_a_closed_role_is_told_that_it_closed() -> None:
    no = hold_no(ApplicationFactory())
    roles.close(opportunity=no.opportunity, because="other", by=None)
    unanswered.lapse_unanswered(opportunity=no.opportunity)
    Fact.objects.filter(kind="role.changed").delete()

    held.take_back(application=Application.objects.get(pk=no.pk), by=None)

    assert Fact.objects.filter(kind="role.changed", subject_id=no.opportunity_id).exists()
    assert unanswered.lapse_unanswered(opportunity=no.opportunity) == 1
