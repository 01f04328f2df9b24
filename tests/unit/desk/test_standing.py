import pytest

from accounts.models import AuditEntry
from core.errors import Conflict, InvalidInput
from core.models import Fact
from desk.services import standing
from notifications.models import Notification
from placements.models import Application
from placements.services import timed_offers
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker():
    return UserFactory(broker=True)


def test_who_is_suspended_is_out_and_no_longer_asks(client, broker):
    volunteer = VolunteerFactory()
    person = volunteer.user
    member = MembershipFactory()
    for state in ("submitted", "offered", "accepted", "started", "declined"):
        ApplicationFactory(
            volunteer=volunteer, state=state, opportunity__organisation=member.organisation
        )
    client.force_login(person)

    go_on = standing.suspend(person=person, reason="safeguarding", by=broker)

    assert go_on == 1
    assert client.get("/me/").status_code == 302
    states = sorted(Application.objects.values_list("state", flat=True))
    assert states == ["declined", "started", "withdrawn", "withdrawn", "withdrawn"]
    told = Notification.objects.filter(recipient=member.user)
    assert {message.kind for message in told} == {"application.withdraw"}
    assert not any("safeguarding" in message.body for message in told)
    assert Fact.objects.filter(kind="profile.changed", subject_id=volunteer.pk).exists()


def test_a_place_that_is_kept_for_whoever_is_suspended_goes_to_the_next(broker):
    role = OpportunityFactory(places=1)
    entry = WaitingListEntryFactory(opportunity=role)
    offer = timed_offers.make(entry=entry, opportunity=role)

    standing.suspend(person=entry.volunteer.user, reason="conduct", by=broker)

    offer.refresh_from_db()
    role.refresh_from_db()
    assert (offer.state, role.places_taken) == ("ended", 0)


def test_suspending_and_letting_back_in_are_kept_once_each(broker):
    person = UserFactory()

    for _ in range(2):
        standing.suspend(person=person, reason="conduct", by=broker)
    for _ in range(2):
        standing.reinstate(person=person, by=broker)

    assert person.is_active
    entries = standing.history(person)
    assert [entry.action for entry in entries] == ["user.reinstated", "user.suspended"]
    assert entries[1].details == {"reason": "conduct"}
    assert AuditEntry.objects.filter(action__in=["user.suspended", "user.reinstated"]).count() == 2


@pytest.mark.parametrize("staff", [{"broker": True}, {"delivery_group": True}])
def test_staff_are_not_suspended_at_the_desk(broker, staff):
    with pytest.raises(Conflict):
        standing.suspend(person=UserFactory(**staff), reason="other", by=broker)


def test_a_reason_is_one_of_the_list(broker):
    person = UserFactory()
    with pytest.raises(InvalidInput):
        standing.suspend(person=person, reason="", by=broker)
    person.refresh_from_db()
    assert person.is_active
