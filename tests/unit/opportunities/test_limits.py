from datetime import UTC, datetime

import pytest
import time_machine

from accounts.models import AuditEntry
from core.errors import Conflict, InvalidInput
from notifications.models import Notification
from opportunities.models import CapacityLimit
from opportunities.services import limits
from tests.factories.opportunities import MembershipFactory, OpportunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return MembershipFactory().organisation


def test_what_is_said_again_is_brought_up_to_date(group):
    first = limits.say(organisation=group, by=None, reason="premises", cost_pounds=100)
    limits.say(organisation=group, by=None, reason="premises", cost_pounds=300, words=" Rent ")

    limit = CapacityLimit.objects.get()
    assert limit.pk == first.pk
    assert (limit.cost_pounds, limit.words) == (300, "Rent")
    assert [entry.action for entry in AuditEntry.objects.about(limit)] == ["limit.said"] * 2
    assert "Rent" not in str(AuditEntry.objects.values_list("details"))


def test_words_may_be_shown_only_where_there_are_any(group):
    limit = limits.say(
        organisation=group, by=None, reason="premises", words=" ", words_may_be_shown=True
    )
    limits.change(limit=limit, by=None, more_people=3, words="Rent", words_may_be_shown=True)
    changed = CapacityLimit.objects.get()
    assert (limit.words_may_be_shown, changed.words_may_be_shown) == (False, True)
    assert changed.more_people == 3


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": "weather"}, "reason"),
        ({"cost_pounds": 2_000_000}, "cost_pounds"),
        ({"more_people": 0}, "more_people"),
    ],
)
def test_what_is_wrong_is_refused(group, wrong, field):
    with pytest.raises(InvalidInput) as refused:
        limits.say(organisation=group, by=None, **{"reason": "premises"} | wrong)

    assert field in refused.value.fields
    assert not CapacityLimit.objects.exists()


def test_what_has_ended_is_not_changed_and_can_be_said_anew(group):
    limit = limits.say(organisation=group, by=None, reason="training")
    limits.end(limit=limit, by=None)
    limits.end(limit=limit, by=None)

    with pytest.raises(Conflict):
        limits.change(limit=limit, by=None, cost_pounds=1)
    assert not CapacityLimit.objects.standing().exists()
    limits.say(organisation=group, by=None, reason="training")
    assert CapacityLimit.objects.count() == 2
    assert AuditEntry.objects.filter(action="limit.ended").count() == 1


def test_groups_are_asked_once_a_quarter(group):
    OpportunityFactory(organisation=group)
    with time_machine.travel(datetime(2027, 1, 5, tzinfo=UTC), tick=False):
        assert limits.ask_groups() == 1
        limits.ask_groups()
    with time_machine.travel(datetime(2027, 3, 30, tzinfo=UTC), tick=False):
        limits.ask_groups()
    assert Notification.objects.filter(kind="limits.asked").count() == 1
    with time_machine.travel(datetime(2027, 4, 1, 12, tzinfo=UTC), tick=False):
        limits.ask_groups()
    assert Notification.objects.filter(kind="limits.asked").count() == 2


def test_who_has_said_it_or_never_had_a_role_is_not_asked(group):
    said = OpportunityFactory(organisation=MembershipFactory().organisation).organisation
    limits.say(organisation=said, by=None, reason="insurance")
    OpportunityFactory(organisation=group, draft=True)
    OpportunityFactory(organisation=MembershipFactory(organisation__unverified=True).organisation)

    assert limits.ask_groups() == 0
    assert not Notification.objects.exists()


def test_a_full_role_asks_its_group_once(group):
    role = OpportunityFactory(organisation=group, full=True)

    limits.ask_when_full(role)
    limits.ask_when_full(role)
    limits.ask_after_decline(role)

    asked = Notification.objects.get()
    assert asked.link == f"/groups/{group.pk}/limits/new/?asked=full&role={role.pk}"
    assert asked.subject.startswith("“Helper")


def test_an_open_role_asks_nothing(group):
    limits.ask_when_full(OpportunityFactory(organisation=group))

    assert not Notification.objects.exists()
