"""Stopping a person's account."""

import pytest
from django.test import Client

from accounts.models import AuditEntry
from accounts.services import suspensions
from core.errors import Conflict
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_a_stopped_account_is_signed_out_and_can_go_on_again(client: Client) -> None:
    person, broker = UserFactory(), UserFactory(broker=True)
    client.force_login(person)
    assert client.get("/me/account/").status_code == 200

    suspensions.suspend(user=person, reason="concern", by=broker)
    suspensions.suspend(user=person, reason="concern", by=broker)

    assert client.get("/me/account/").status_code == 302
    entry = AuditEntry.objects.get(action="user.suspended")
    assert (entry.actor, entry.details) == (broker, {"reason": "concern"})
    suspensions.reinstate(user=person, by=broker)
    suspensions.reinstate(user=person, by=broker)
    person.refresh_from_db()
    assert person.is_active
    assert AuditEntry.objects.filter(action="user.reinstated").count() == 1


def test_people_of_the_centre_are_not_stopped_from_the_desk() -> None:
    other = UserFactory(broker=True)
    with pytest.raises(Conflict):
        suspensions.suspend(user=other, reason="concern", by=UserFactory(broker=True))
    other.refresh_from_db()
    assert other.is_active
