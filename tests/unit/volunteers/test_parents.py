"""A parent's word for somebody under 16: asked by mail, given, refused, taken back, forgotten."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail as outbox

from accounts.models import AuditEntry
from core.clock import now, today
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.models import Fact
from notifications.models import Notification
from placements.disclosure import seen_by_group
from placements.models import Application
from placements.services import applications, guardians, timed_offers
from tests.factories.core import lease_on
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from volunteers.models import ParentRequest
from volunteers.services import parents, profiles

pytestmark = pytest.mark.django_db

PARENT = "parent@example.org"


@pytest.fixture
def child():
    born = today() - timedelta(days=14 * 366)
    return VolunteerFactory(date_of_birth=born, user__first_name="Demo", user__phone="07700 900001")


def ask(child, **changes):
    fields = {"name": "Demo Parent", "email": PARENT} | changes
    return parents.ask(volunteer=child, by=child.user, **fields)


def send(request):
    return parents.mail(request.pk, lease_on("parent.asked", request.pk))


def test_the_parent_gets_one_mail_with_a_link_that_confirms(child):
    request = ask(child)
    assert Fact.objects.filter(kind="parent.asked", subject_id=request.pk).exists()
    assert send(request)
    assert not send(request)

    (message,) = outbox.outbox
    assert message.to == [PARENT]
    token = parents.token_of(request)
    assert f"/parents/{token}/" in message.body
    assert "take your word back" in message.body

    role = OpportunityFactory(minimum_age=13)
    with pytest.raises(NotAllowed):
        applications.submit(volunteer=child, opportunity=role, by=child.user)
    parents.confirm(token=token, is_parent=True)
    child.refresh_from_db()
    assert child.parent_confirmed_at is not None
    applications.submit(volunteer=child, opportunity=role, by=child.user)
    assert Notification.objects.filter(recipient=child.user, kind="parent.confirmed").count() == 1
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert {"parent.asked", "parent.confirmed"} <= set(actions)


def test_who_does_not_say_that_they_are_the_parent_confirms_nothing(child):
    token = parents.token_of(ask(child))
    with pytest.raises(InvalidInput):
        parents.confirm(token=token, is_parent=False)
    child.refresh_from_db()
    assert child.parent_confirmed_at is None


def test_a_no_deletes_the_address(child):
    request = ask(child)
    guardians.take_back(token=parents.token_of(request))
    request.refresh_from_db()
    assert (request.state, request.name, request.email) == ("refused", "", "")


def test_a_word_taken_back_withdraws_and_ends_everything_and_tells_groups_nothing_else(child):
    token = parents.token_of(ask(child))
    parents.confirm(token=token, is_parent=True)
    roles = OpportunityFactory.create_batch(3, minimum_age=13)
    MembershipFactory(organisation=roles[0].organisation)
    states = ["submitted", "accepted", "started"]
    rows = [
        ApplicationFactory(volunteer=child, opportunity=role, state=state)
        for role, state in zip(roles, states, strict=True)
    ]

    guardians.take_back(token=token)

    child.refresh_from_db()
    assert child.parent_confirmed_at is None
    found = Application.objects.in_bulk([row.pk for row in rows])
    assert [found[row.pk].state for row in rows] == ["withdrawn", "withdrawn", "ended"]
    told = Notification.objects.exclude(recipient=child.user)
    assert told.exists()
    assert not any("parent" in (row.subject + row.body).lower() for row in told)
    # The same link says yes again.
    parents.confirm(token=token, is_parent=True)
    child.refresh_from_db()
    assert child.parent_confirmed_at is not None


def test_a_word_taken_back_passes_on_a_place_that_is_kept(child):
    token = parents.token_of(ask(child))
    parents.confirm(token=token, is_parent=True)
    role = OpportunityFactory(minimum_age=13, places=1)
    entry = WaitingListEntryFactory(volunteer=child, opportunity=role)
    offer = timed_offers.make(entry=entry, opportunity=role)
    assert offer is not None

    guardians.take_back(token=token)

    offer.refresh_from_db()
    entry.refresh_from_db()
    role.refresh_from_db()
    assert (offer.state, entry.state, role.places_taken) == ("ended", "waiting", 0)
    assert Fact.objects.filter(kind="place.free", subject_id=role.pk).exists()


def test_only_the_link_of_the_last_mail_works(child):
    with time_machine.travel(now(), tick=False) as clock:
        old = parents.token_of(ask(child, email="wrong@example.org"))
        clock.shift(timedelta(hours=1))
        new = parents.token_of(ask(child))
        assert parents.request_of(new).email == PARENT
        with pytest.raises(NotFound):
            parents.request_of(old)


def test_a_link_works_for_14_days_and_made_up_ones_do_not(child):
    with time_machine.travel(now(), tick=False) as clock:
        request = ask(child)
        token = parents.token_of(request)
        clock.shift(timedelta(days=14))
        assert parents.request_of(token)
        assert parents.forget() == 0
        clock.shift(timedelta(minutes=1))
        for wrong in (token, token + "x", f"{request.pk}-1", "x"):
            with pytest.raises(NotFound):
                parents.request_of(wrong)
        assert parents.forget() == 1
        request.refresh_from_db()
        assert (request.name, request.email) == ("", "")


def test_mails_are_not_sent_again_and_again(child):
    with time_machine.travel(now(), tick=False) as clock:
        ask(child)
        with pytest.raises(Conflict):
            ask(child)
        for _ in range(parents.MOST_MAILS - 1):
            clock.shift(timedelta(hours=1))
            ask(child)
        clock.shift(timedelta(hours=1))
        with pytest.raises(Conflict):
            ask(child)


@pytest.mark.parametrize("wrong", [{"name": " "}, {"email": "x"}, {"email": ""}])
def test_a_name_and_an_address_are_needed(child, wrong):
    with pytest.raises(InvalidInput):
        ask(child, **wrong)
    with pytest.raises(InvalidInput):
        ask(child, email=child.user.email.upper())
    assert not ParentRequest.objects.exists()


def test_nobody_of_16_needs_a_parent_and_what_was_known_of_one_is_deleted():
    with pytest.raises(Conflict):
        ask(VolunteerFactory())
    day = today()
    nearly = VolunteerFactory(date_of_birth=day.replace(day=1, year=day.year - 15))
    token = parents.token_of(ask(nearly))
    parents.confirm(token=token, is_parent=True)
    assert parents.forget() == 0
    with time_machine.travel(now() + timedelta(days=366)):
        with pytest.raises(NotFound):
            parents.request_of(token)
        assert parents.forget() == 1
    assert not ParentRequest.objects.exists()


def test_nobody_under_16_does_without_by_another_date_of_birth(child):
    with pytest.raises(InvalidInput):
        profiles.update(
            volunteer=child, by=child.user, date_of_birth=today() - timedelta(days=20 * 366)
        )
    child.refresh_from_db()
    profiles.update(
        volunteer=child, by=child.user, date_of_birth=child.date_of_birth - timedelta(days=1)
    )


def test_how_to_reach_a_child_no_group_sees_whatever_is_shared(child):
    application = ApplicationFactory(
        volunteer=child, state="accepted", share_email=True, share_phone=True
    )
    seen = seen_by_group(application)
    assert (seen.email, seen.phone) == ("", "")
    grown = ApplicationFactory(
        state="accepted", share_email=True, share_phone=True, volunteer__user__phone="07700 900002"
    )
    assert seen_by_group(grown).phone == "07700 900002"
