import pytest

from core.clock import now
from desk.services import acted
from insights.services import prospectuses, yearly_question
from notifications.models import Notification
from opportunities.services import more_room, organisations, roles
from placements.services import catching_up
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.insights import ProspectusFactory
from tests.factories.opportunities import (
    MembershipFactory,
    OpportunityFactory,
    OrganisationFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return MembershipFactory(role="owner", user__preferred_language="en")


@pytest.fixture
def broker():
    return UserFactory(broker=True)


def told():
    return Notification.objects.filter(kind="centre.acted_for_group")


def test_the_owners_of_a_group_are_told_what_the_centre_did(owner, broker):
    group = owner.organisation
    MembershipFactory(organisation=group, role="member")
    role = OpportunityFactory(organisation=group, title="Pour tea")

    with acted.and_told(group, by=broker):
        roles.update(opportunity=role, by=broker, places=9)

    message = told().get()
    assert message.recipient == owner.user
    assert "We wrote or changed the role “Pour tea”." in message.body
    assert "did you not ask for this?" in message.body


def test_a_group_hears_that_people_can_ask_again_and_how_room_was_made(owner, broker):
    group = owner.organisation
    role = OpportunityFactory(organisation=group, title="Pour tea", catching_up_since=now())

    with acted.and_told(group, by=broker):
        catching_up.go_on(opportunity=role, by=broker)
    with acted.and_told(group, by=broker):
        more_room.ask_for_second_group(opportunity=role, group=OrganisationFactory(), by=broker)

    again, room = told().order_by("pk")
    assert "We let people ask for “Pour tea” again." in again.body
    assert "We changed how “Pour tea” makes room for more people." in room.body


def test_a_group_hears_what_was_put_aside_and_answered_for_it(owner, broker):
    group = owner.organisation
    prospectus = ProspectusFactory(organisation=group)
    question = yearly_question.ask(by=UserFactory(delivery_group=True))
    yearly_question.tell_groups(question.pk, lease_on("yearly_question.opened", question.pk))

    with acted.and_told(group, by=broker):
        prospectuses.put_aside(prospectus=prospectus, by=broker)
    with acted.and_told(group, by=broker):
        yearly_question.answer(question=question, organisation=group, answer="positive", by=broker)

    aside, answered = told().order_by("pk")
    assert "We put aside a message about people nearby" in aside.body
    assert "We answered this year’s question for the group." in answered.body


def test_the_same_is_told_once_a_day_and_something_else_again(owner, broker):
    group = owner.organisation
    role = OpportunityFactory(organisation=group)

    for places in (7, 8):
        with acted.and_told(group, by=broker):
            roles.update(opportunity=role, by=broker, places=places)
    with acted.and_told(group, by=broker):
        organisations.update(organisation=group, by=broker, phone="020 7946 0001")

    assert told().count() == 2


def test_what_changes_nothing_and_what_others_do_is_not_told(owner, broker):
    group = owner.organisation
    role = OpportunityFactory(organisation=group)

    with acted.and_told(group, by=broker):
        roles.update(opportunity=role, by=broker)
        roles.update(opportunity=role, by=owner.user, places=9)

    assert not told().exists()


def test_what_fails_is_told_to_nobody(owner, broker):
    group = owner.organisation

    def fail():
        with acted.and_told(group, by=broker):
            organisations.update(organisation=group, by=broker, phone="020 7946 0001")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert not told().exists()
    group.refresh_from_db()
    assert group.phone != "020 7946 0001"
