"""A role pauses when its group does not answer, and goes on when it does."""

from datetime import timedelta

import pytest
import time_machine

from accounts.models import AuditEntry
from core.clock import now
from core.errors import Conflict
from core.models import Fact
from notifications.models import Notification
from opportunities.models import Opportunity
from placements import policies
from placements.models import Application
from placements.services import applications, catching_up, conversations, held
from placements.states import Move, Mover
from placements.time_limits import ANSWER_WITHIN
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db


def role_with(*, late: int, state: str = "submitted") -> Opportunity:
    role = OpportunityFactory(places=9, organisation=MembershipFactory().organisation)
    ApplicationFactory.create_batch(late, opportunity=role, state=state)
    Application.objects.update(created_at=now() - ANSWER_WITHIN - timedelta(hours=1))
    return role


def actions_on(role: Opportunity) -> list[str]:
    return [entry.action for entry in AuditEntry.objects.about(role)]


def test_it_pauses_at_the_number_once_and_tells_the_group() -> None:
    role = role_with(late=catching_up.MOST_LATE)

    assert catching_up.follow_all() == 1
    assert catching_up.follow_all() == 0

    role.refresh_from_db()
    assert role.catching_up_since is not None
    assert actions_on(role) == ["opportunity.catching_up"]
    assert Fact.objects.filter(kind="role.changed", subject_id=role.pk).exists()
    told = Notification.objects.get(kind="opportunity.catching_up")
    assert f"{catching_up.MOST_LATE} people who asked" in told.body


@pytest.mark.parametrize(
    ("late", "state"), [(catching_up.MOST_LATE - 1, "submitted"), (5, "invited"), (5, "withdrawn")]
)
def test_below_the_number_or_answered_it_goes_on(late: int, state: str) -> None:
    role_with(late=late, state=state)
    assert catching_up.follow_all() == 0


def role_in_talks() -> Opportunity:
    """A role that pauses because people wrote to the group that asked them to talk."""
    role = role_with(late=catching_up.MOST_LATE, state="invited")
    Application.objects.update(state_since=now() - ANSWER_WITHIN - timedelta(hours=1))
    for application in Application.objects.all():
        with time_machine.travel(now() - ANSWER_WITHIN - timedelta(minutes=1)):
            conversations.write(application=application, side=Mover.VOLUNTEER, words="Hi", by=None)
    assert catching_up.follow_all() == 1
    return role


def test_what_the_group_writes_back_lets_it_go_on() -> None:
    role = role_in_talks()
    first = role.applications.earliest("pk")

    conversations.write(application=first, side=Mover.VOLUNTEER, words="Hello?", by=None)
    role.refresh_from_db()
    assert role.catching_up_since is not None  # what the person writes is no answer
    conversations.write(application=first, side=Mover.GROUP, words="On Friday.", by=None)

    role.refresh_from_db()
    assert role.catching_up_since is None
    assert actions_on(role) == ["opportunity.catching_up", "opportunity.caught_up"]


def test_who_wrote_to_a_group_that_would_like_to_talk_waits_too() -> None:
    role = role_in_talks()
    application = role.applications.latest("pk")

    applications.decline(application=application, reason="too_far", by=None)

    role.refresh_from_db()
    assert role.catching_up_since is None


def test_nobody_can_ask_for_it_meanwhile() -> None:
    role = role_with(late=catching_up.MOST_LATE)
    catching_up.follow_all()
    role.refresh_from_db()

    with pytest.raises(Conflict) as refused:
        applications.submit(volunteer=VolunteerFactory(), opportunity=role, by=None)

    assert refused.value.code == "group_answers"
    assert "catching up on answers" in refused.value.message


def test_the_first_answer_below_the_number_lets_it_go_on() -> None:
    role = role_with(late=catching_up.MOST_LATE)
    catching_up.follow_all()

    first = role.applications.earliest("pk")
    applications.acknowledge(application=first, by=None)
    role.refresh_from_db()
    assert role.catching_up_since is not None  # seen is not answered
    applications.invite(application=first, by=None)

    role.refresh_from_db()
    assert role.catching_up_since is None
    assert actions_on(role) == ["opportunity.catching_up", "opportunity.caught_up"]
    assert policies.can_apply(policies.door(VolunteerFactory(), role))


def test_an_answer_that_is_on_its_way_is_one() -> None:
    role = role_with(late=catching_up.MOST_LATE)
    catching_up.follow_all()

    first = role.applications.earliest("pk")
    held.hold(application=first, move=Move.INVITE, words="Welcome.", by=None)
    role.refresh_from_db()
    assert role.catching_up_since is None
    assert catching_up.follow_all() == 0

    held.take_back(application=first, by=None)
    assert catching_up.follow_all() == 1, "they wait again"


def test_the_group_lets_it_go_on_for_a_week() -> None:
    role = role_with(late=catching_up.MOST_LATE)
    catching_up.follow_all()

    catching_up.go_on(opportunity=role, by=None)

    assert role.catching_up_since is None
    assert catching_up.follow_all() == 0
    with pytest.raises(Conflict):
        catching_up.go_on(opportunity=role, by=None)
    with time_machine.travel(now() + catching_up.WAIVED_FOR + timedelta(minutes=1)):
        assert catching_up.follow_all() == 1


def test_a_closed_role_does_not_pause() -> None:
    role = role_with(late=catching_up.MOST_LATE)
    Opportunity.objects.update(status="closed")
    assert catching_up.follow_all() == 0
    assert not catching_up.follow(role.pk)
