"""A group that the volunteer centre has stopped sees, answers and writes to nobody."""

from datetime import timedelta

import pytest

from core.clock import now
from core.errors import NotAllowed, NotFound
from notifications.models import Notification
from opportunities.models import Opportunity
from opportunities.services import organisations
from placements.models import Application
from placements.selectors import visible_to
from placements.services import applications, catching_up, conversations, held, unanswered
from placements.sides import check_can_make, sides_of
from placements.states import Move, Mover, State
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


def of_a_stopped_group(**also: object) -> Application:
    return ApplicationFactory(opportunity__organisation__suspended=True, **also)


def test_who_acts_for_it_stands_on_no_side_and_sees_nobody() -> None:
    application = of_a_stopped_group()
    member = MembershipFactory(organisation=application.opportunity.organisation).user

    assert not sides_of(member, application)
    assert not visible_to(member).exists()
    with pytest.raises(NotFound):
        check_can_make(member, application, Move.ACCEPT)
    assert sides_of(UserFactory(broker=True), application) == {Mover.VOLUNTEER, Mover.GROUP}


@pytest.mark.parametrize("act", [applications.acknowledge, applications.offer, applications.accept])
def test_it_answers_nobody_and_the_centre_may(act) -> None:
    application = of_a_stopped_group()
    member = MembershipFactory(organisation=application.opportunity.organisation).user

    with pytest.raises(NotAllowed) as refused:
        act(application=application, by=member)
    assert refused.value.code == "group_stopped"
    application.refresh_from_db()
    assert application.state == State.SUBMITTED

    act(application=application, by=UserFactory(broker=True))


def test_an_answer_on_its_way_is_not_sent_any_more() -> None:
    application = ApplicationFactory()
    held.hold(application=application, move=Move.INVITE, words="Come to my house.", by=None)
    Application.objects.filter(pk=application.pk).update(held_until=now())
    organisations.suspend(
        organisation=application.opportunity.organisation, by=UserFactory(broker=True)
    )

    assert not held.send(application.pk)

    application.refresh_from_db()
    assert (application.state, application.held_move) == (State.SUBMITTED, "")
    assert not Notification.objects.filter(recipient=application.volunteer.user).exists()
    with pytest.raises(NotAllowed):
        held.hold(application=application, move=Move.INVITE, by=None)


@pytest.mark.parametrize("side", [Mover.GROUP, Mover.VOLUNTEER])
def test_nobody_writes_to_the_other(side: Mover) -> None:
    application = of_a_stopped_group(state=State.ACCEPTED)
    with pytest.raises(NotAllowed):
        conversations.write(application=application, side=side, words="Hello", by=None)
    broker = UserFactory(broker=True)
    assert conversations.write(application=application, side=side, words="Hello", by=broker)


def test_an_offer_waits_and_does_not_run_out() -> None:
    at = now()
    application = of_a_stopped_group(
        state=State.OFFERED, answer_by=at - timedelta(hours=1), remind_at=at - timedelta(days=1)
    )
    assert unanswered.end_offers() == 0
    assert unanswered.remind_of_offers() == 0
    with pytest.raises(NotAllowed):
        applications.take_up(application=application, by=application.volunteer.user)


def test_its_roles_are_not_paused_for_what_it_cannot_do() -> None:
    late = [of_a_stopped_group(created_at=now() - timedelta(days=11))]
    role = late[0].opportunity
    late += [
        ApplicationFactory(opportunity=role, created_at=now() - timedelta(days=11))
        for _n in range(catching_up.MOST_LATE - 1)
    ]
    assert catching_up.follow_all() == 0
    assert Opportunity.objects.get(pk=role.pk).catching_up_since is None
