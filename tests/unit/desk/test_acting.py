import pytest

from accounts.models import AuditEntry, User
from core.errors import Conflict, InvalidInput, NotAllowed
from desk.services import acting
from notifications.models import Notification
from opportunities.models import Organisation
from placements.services import applications
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db

CALLER = {"first_name": "Demo", "last_name": "Caller", "phone": "07700 900111"}
OBJECT = "Tell the volunteer centre, and we put it right."


@pytest.fixture
def broker():
    return UserFactory(broker=True)


def told(person):
    return {message.kind: message for message in Notification.objects.filter(recipient=person)}


def test_a_person_without_email_is_registered_and_told(broker):
    person = acting.register_person(by=broker, agreed=True, **CALLER)

    assert (person.email, person.phone, person.has_usable_password()) == (
        None,
        "07700 900111",
        False,
    )
    assert person.volunteer.waiting_since is not None
    assert OBJECT in told(person)["centre.registered"].body
    entry = AuditEntry.objects.about(person.volunteer).get(action="volunteer.registered")
    assert entry.actor == broker


def test_nobody_is_registered_who_did_not_say_yes_or_cannot_be_reached(broker):
    with pytest.raises(InvalidInput) as no_consent:
        acting.register_person(by=broker, agreed=False, **CALLER)
    with pytest.raises(InvalidInput) as no_phone:
        acting.register_person(by=broker, agreed=True, **CALLER | {"phone": " "})

    assert "agreed" in no_consent.value.fields
    assert "phone" in no_phone.value.fields
    assert User.objects.filter(last_name="Caller").count() == 0


def test_no_child_under_13_is_registered_by_phone(broker):
    from datetime import timedelta

    from core import clock

    born = clock.today() - timedelta(days=12 * 365)
    with pytest.raises(NotAllowed):
        acting.register_person(by=broker, agreed=True, date_of_birth=born, **CALLER)
    assert not User.objects.filter(last_name="Caller").exists()


def test_a_changed_profile_is_told_once_a_day_and_only_if_it_changed(broker):
    volunteer = VolunteerFactory(user__email=None, hours_a_week=2)

    acting.change_profile(volunteer=volunteer, by=broker, hours_a_week=2)
    assert not told(volunteer.user)
    for hours in (3, 4):
        acting.change_profile(volunteer=volunteer, by=broker, hours_a_week=hours)

    assert OBJECT in told(volunteer.user)["centre.profile_changed"].body
    assert AuditEntry.objects.about(volunteer).latest("pk").actor == broker


def test_asking_for_a_role_for_somebody_is_told_as_that(broker):
    volunteer = VolunteerFactory(user__email=None)
    role = OpportunityFactory()

    applications.submit(volunteer=volunteer, opportunity=role, message="Hello", by=broker)

    assert set(told(volunteer.user)) == {"application.submitted_for_you"}
    applications.submit(volunteer=volunteer, opportunity=OpportunityFactory(), by=volunteer.user)
    assert "application.submitted" in told(volunteer.user)


def test_withdrawing_and_saying_yes_for_somebody_are_told(broker):
    volunteer = VolunteerFactory(user__email=None)
    asked = ApplicationFactory(volunteer=volunteer)
    offered = ApplicationFactory(volunteer=volunteer, state="offered")

    acting.withdraw(application=asked, reason="no_time", by=broker)
    acting.take_up(application=offered, by=broker)

    asked.refresh_from_db()
    offered.refresh_from_db()
    assert (asked.state, offered.state) == ("withdrawn", "accepted")
    assert OBJECT in told(volunteer.user)["centre.withdrew"].body
    assert OBJECT in told(volunteer.user)["centre.took_up"].body
    assert AuditEntry.objects.about(offered).latest("pk").actor == broker


def test_what_cannot_be_done_is_not_told(broker):
    application = ApplicationFactory(state="declined")

    with pytest.raises(Conflict):
        acting.take_up(application=application, by=broker)

    assert not told(application.volunteer.user)


GROUP = {
    "name": "Example Gardeners",
    "legal_form": "unincorporated",
    "description": "We garden.",
    "postcode": "HA1 1AA",
}


def test_a_group_is_registered_for_two_people_with_a_phone(broker):
    known = UserFactory(email="known@example.org")

    group = acting.register_group(
        trustees=[CALLER, {"first_name": "Known", "email": "Known@Example.org"}],
        by=broker,
        **GROUP,
    )

    people = [membership.user for membership in group.memberships.order_by("pk")]
    assert people[0].phone == CALLER["phone"]
    assert people[1] == known
    for person in people:
        assert OBJECT in told(person)["centre.group_registered"].body
    assert AuditEntry.objects.about(group).first().actor == broker


def test_somebody_who_is_named_twice_acts_once(broker):
    UserFactory(email="known@example.org")
    known = {"first_name": "Known", "email": "known@example.org"}

    group = acting.register_group(trustees=[known, known], by=broker, **GROUP)

    assert group.memberships.count() == 1


def test_a_group_that_is_refused_leaves_nobody_behind(broker):
    with pytest.raises(InvalidInput):
        acting.register_group(trustees=[CALLER], by=broker, **GROUP | {"postcode": "nowhere"})

    assert not Organisation.objects.exists()
    assert not User.objects.filter(last_name="Caller").exists()


def test_a_role_that_the_centre_sends_is_told_to_the_group(broker):
    from opportunities.services import roles

    membership = MembershipFactory()
    role = OpportunityFactory(
        organisation=membership.organisation, draft=True, causes=["loneliness"]
    )

    roles.submit_for_review(opportunity=role, by=broker)

    assert "We wrote the role" in told(membership.user)["centre.role_sent"].subject


def test_an_address_is_asked_only_for_who_has_none_and_if_it_is_free(broker):
    person = UserFactory(email=None)
    UserFactory(email="taken@example.org")
    asked = []

    def send(whom, address):
        asked.append((whom, address))

    acting.ask_for_email(person=person, email="New@Example.org ", by=broker, send=send)
    with pytest.raises(Conflict):
        acting.ask_for_email(person=person, email="Taken@example.org", by=broker, send=send)
    with pytest.raises(Conflict):
        acting.ask_for_email(person=UserFactory(), email="b@example.org", by=broker, send=send)

    assert asked == [(person, "new@example.org")]
    person.refresh_from_db()
    assert person.email is None
