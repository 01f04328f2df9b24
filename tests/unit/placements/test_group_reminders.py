"""Groups are reminded of people who wait on the third and the fifth day, once a day, by a list."""

from datetime import datetime, timedelta

import pytest
import time_machine

from core.clock import LONDON, now
from notifications.models import Notification
from placements.models import Application
from placements.services import applications, conversations, group_reminders, held
from placements.states import Move, Mover
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 9, tzinfo=LONDON)


def at(days: float) -> time_machine.travel:
    return time_machine.travel(START + timedelta(days=days), tick=False)


@pytest.fixture
def asked() -> list[Application]:
    """Two people ask a group of two members on the same day, for two roles."""
    group = MembershipFactory().organisation
    MembershipFactory(organisation=group)
    with at(0):
        return [
            ApplicationFactory(opportunity=OpportunityFactory(organisation=group))
            for _turn in range(2)
        ]


def told() -> list[str]:
    return [one.body for one in Notification.objects.filter(kind="answers.due").order_by("pk")]


def test_on_the_third_and_the_fifth_day_each_member_gets_one_list(
    asked: list[Application],
) -> None:
    sent = []
    for day in range(9):
        with at(day + 0.01):
            group_reminders.remind()
            group_reminders.remind()
        sent.append(len(told()))
    assert sent == [0, 0, 0, 2, 2, 4, 4, 4, 4]
    for application in asked:
        name = application.volunteer.user.first_name
        role = application.opportunity.title
        assert all(f"{name} has waited" in body and role in body for body in told())
    assert "has waited 3 days" in told()[0]


def test_a_day_that_was_missed_is_made_up_for_once(asked: list[Application]) -> None:
    for day in (6, 7):
        with at(day):
            group_reminders.remind()
    assert len(told()) == 2


def test_who_is_answered_or_about_to_be_is_not_named(asked: list[Application]) -> None:
    with at(2.999):
        held.hold(application=asked[0], move=Move.INVITE, by=None)
    Application.objects.filter(pk=asked[1].pk).update(state="withdrawn")
    with at(3):
        assert group_reminders.remind() == 0


def test_who_falls_due_later_on_a_day_is_named_on_the_next(asked: list[Application]) -> None:
    with at(0.2):
        later = ApplicationFactory(opportunity=asked[0].opportunity)
    with at(3):
        assert group_reminders.remind() == 1
    with at(3.3):
        assert group_reminders.remind() == 0
    with at(4):
        assert group_reminders.remind() == 1
    name = later.volunteer.user.first_name
    assert [name in body for body in told()] == [False, False, True, True]


def test_whom_the_group_asked_to_talk_waits_again_once_they_have_written(
    asked: list[Application],
) -> None:
    talking, other = asked
    with at(0.1):
        Application.objects.filter(pk=other.pk).update(state="declined")
    with at(3):
        assert group_reminders.remind() == 1
        talking.refresh_from_db()
        applications.invite(application=talking, by=None)
    with at(6):
        assert group_reminders.remind() == 0
        write(talking, Mover.VOLUNTEER)
    with at(9):
        assert group_reminders.remind() == 1
        write(talking, Mover.GROUP)
    with at(20):
        assert group_reminders.remind() == 0
        write(talking, Mover.VOLUNTEER)
    with at(22):
        write(talking, Mover.VOLUNTEER)
    with at(23):
        assert group_reminders.remind() == 1
    assert ["has waited 3 days" in body for body in told()] == [True] * 6


def write(application: Application, side: Mover) -> None:
    conversations.write(application=application, side=side, words=f"Hello at {now()}", by=None)


def test_groups_do_not_hear_of_each_others_people(asked: list[Application]) -> None:
    other = MembershipFactory()
    with at(0):
        theirs = ApplicationFactory(opportunity__organisation=other.organisation)
    with at(3):
        assert group_reminders.remind() == 2
    message = Notification.objects.get(recipient=other.user)
    assert theirs.volunteer.user.first_name in message.body
    assert asked[0].volunteer.user.first_name not in message.body
