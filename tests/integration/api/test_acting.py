"""What the volunteer centre does for a group through the API is told to the group."""

import pytest
from django.db import transaction

from accounts.models import AuditEntry
from api.v1 import organisations as organisation_views
from core.errors import Conflict
from desk.services.acted import CODES
from notifications.models import Notification
from tests.integration.api.access_table import ROWS
from tests.integration.api.test_access import ask

pytestmark = pytest.mark.django_db

WRITES = [
    (name, method)
    for name, method, statuses in ROWS
    if method != "GET" and statuses["broker"] < 300
]


@pytest.fixture
def cast(full_cast):
    full_cast.group.memberships.update(role="owner")
    full_cast.unverified_group.memberships.update(role="owner")
    return full_cast


def told():
    return Notification.objects.filter(kind="centre.acted_for_group")


def done_by(user):
    return set(AuditEntry.objects.filter(actor=user).values_list("action", flat=True))


def test_whatever_a_broker_does_for_a_group_its_owner_is_told(cast):
    done = set()
    for name, method in WRITES:
        with transaction.atomic():
            assert ask(cast, "broker", name, method).status_code < 300
            acts = done_by(cast.users["broker"]) & set(CODES)
            assert bool(acts) == told().filter(recipient=cast.users["member"]).exists(), (
                name,
                acts,
            )
            done |= acts
            transaction.set_rollback(True)
    assert len(done) >= 18, done


def test_what_a_group_does_itself_is_not_told(cast):
    for name in ("organisation-detail", "opportunity-detail"):
        assert ask(cast, "member", name, "PATCH").status_code == 200
    assert not told().exists()


def test_what_ends_in_an_error_is_undone_and_told_to_nobody(cast, monkeypatch):
    change = organisation_views.organisations.update

    def change_and_fail(**fields):
        change(**fields)
        raise Conflict("Somebody else changed it.", code="changed")

    monkeypatch.setattr(organisation_views.organisations, "update", change_and_fail)
    assert ask(cast, "broker", "organisation-detail", "PATCH").status_code == 409
    assert not told().exists()
    cast.group.refresh_from_db()
    assert cast.group.description != "We sing together."
