"""People who asked for a role hear what its group did so that more of them have room."""

import pytest

from core.models import Fact
from core.outbox.leases import LeaseLostError
from core.week import SLOTS_BY_CODE
from notifications.models import Notification
from opportunities.models import MoreRoom, Opportunity
from opportunities.services import more_room, roles
from placements.models import Application, WaitingListEntry
from placements.services import room_messages
from tests.factories.core import lease_on, lose
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.waiting import WaitingListEntryFactory
from worker.handlers import handler_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def role() -> Opportunity:
    role = OpportunityFactory(title="Cook lunch", places=1, activities=["cooking"])
    ApplicationFactory.create_batch(2, opportunity=role)
    ApplicationFactory(opportunity=role, state="declined")
    WaitingListEntryFactory(opportunity=role)
    return role


def follow(kind: str, subject_id: int) -> None:
    """Do the work that was stated, twice."""
    assert Fact.objects.filter(kind=kind, subject_id=subject_id).exists()
    for _ in range(2):
        handler_for(kind).work(subject_id, lease_on(kind, subject_id))


def told(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=kind).values_list("recipient", flat=True))


def who_wait(role: Opportunity) -> set[int]:
    pending = Application.objects.pending().filter(opportunity=role)
    return set(pending.values_list("volunteer__user", flat=True))


def test_those_who_wait_for_an_answer_hear_that_places_are_shared(role: Opportunity) -> None:
    done = more_room.share_places(opportunity=role, extra=1, by=None)
    follow("room.made", done.pk)
    assert told("room.made") == who_wait(role)
    words = Notification.objects.filter(kind="room.made").latest("pk")
    assert words.subject == "There is more room in “Cook lunch”"
    assert "two people can share one" in words.body
    assert Notification.objects.filter(kind="room.made").count() == 2


def test_and_that_people_take_turns(role: Opportunity) -> None:
    done = more_room.take_turns(opportunity=role, turns=3, words="One week in 3.", by=None)
    follow("room.made", done.pk)
    assert told("room.made") == who_wait(role)
    assert "people take turns" in Notification.objects.filter(kind="room.made").latest("pk").body


def test_not_of_what_was_undone(role: Opportunity) -> None:
    done = more_room.share_places(opportunity=role, extra=1, by=None)
    more_room.undo(done=done, by=None)
    follow("room.made", done.pk)
    assert not told("room.made")


def test_of_a_shift_they_hear_when_it_is_open(role: Opportunity) -> None:
    slot = SLOTS_BY_CODE["sat_morning"]
    done = more_room.add_shifts(opportunity=role, slots=[slot], by=None)
    shift = done.drafts.get()
    assert not Fact.objects.filter(kind="shift.opened").exists()

    roles.publish(opportunity=shift, by=None)
    follow("shift.opened", shift.pk)
    listed = WaitingListEntry.objects.get(opportunity=role).volunteer.user_id
    assert told("room.shift") == who_wait(role) | {listed}
    words = Notification.objects.filter(kind="room.shift").latest("pk")
    assert words.link == f"/roles/{shift.pk}/"
    assert "Saturday" in words.subject


def test_a_role_that_is_no_shift_tells_nobody() -> None:
    role = OpportunityFactory(draft=True, activities=["cooking"])
    roles.publish(opportunity=role, by=None)
    assert not Fact.objects.filter(kind="shift.opened").exists()
    assert room_messages.tell_of_shift(role.pk, lease_on("shift.opened", role.pk)) == 0


def test_a_worker_that_lost_its_lease_tells_nobody(role: Opportunity) -> None:
    done = more_room.share_places(opportunity=role, extra=1, by=None)
    lease = lease_on("room.made", done.pk)
    lose(lease)
    with pytest.raises(LeaseLostError):
        room_messages.tell_of_room(done.pk, lease)
    assert not told("room.made")
    assert MoreRoom.objects.standing().count() == 1
