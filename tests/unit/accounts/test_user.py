"""Accounts: one for each address, and some without any."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from accounts.services import audit
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_address_is_kept_in_lower_case_and_found_in_any() -> None:
    user = User.objects.create_user(" Demo.Person@Example.ORG ")
    assert user.email == "demo.person@example.org"
    assert User.objects.get_by_natural_key("DEMO.person@example.org") == user


def test_one_account_for_each_address_whatever_its_case() -> None:
    UserFactory(email="demo@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="Demo@example.org")


def test_several_people_without_address() -> None:
    people = [User.objects.create_user(None, first_name="Demo") for __ in range(2)]
    assert [person.email for person in people] == [None, None]
    assert not people[0].has_usable_password()


def test_first_administrator_is_a_broker() -> None:
    admin = User.objects.create_superuser("admin@example.org", "a long password")
    assert admin.is_staff
    assert admin.is_broker
    admin.is_active = False
    assert not admin.is_broker


def test_audit_entries_are_never_changed() -> None:
    user = UserFactory()
    entry = audit.record(by=user, action="demo.changed", subject=user, fields=["phone"])
    with pytest.raises(TypeError):
        AuditEntry.objects.filter(pk=entry.pk).update(action="nothing.happened")
    assert list(AuditEntry.objects.about(user)) == [entry]


def test_an_erased_actor_leaves_the_entry() -> None:
    actor, subject = UserFactory(), UserFactory()
    entry = audit.record(by=actor, action="demo.changed", subject=subject)
    actor.delete()
    entry.refresh_from_db()
    assert entry.actor is None
