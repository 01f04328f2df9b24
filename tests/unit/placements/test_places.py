"""Counts of places: reconciled where they are wrong, left alone where they are right."""

import pytest

from accounts.models import AuditEntry
from opportunities.models import Opportunity
from placements.services import places
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


def test_reconcile_leaves_true_counts_alone() -> None:
    role = OpportunityFactory(places=2)
    for state in ("submitted", "accepted", "declined", "offered", "invited"):
        ApplicationFactory(opportunity=role, state=state)
    assert places.reconcile() == 0
    assert not AuditEntry.objects.exists()


def test_reconcile_mends_and_says_so() -> None:
    role = ApplicationFactory(
        opportunity=OpportunityFactory(places=1), state="accepted"
    ).opportunity
    other = ApplicationFactory().opportunity
    Opportunity.objects.filter(pk=role.pk).update(places_taken=0, applications_pending=7)
    assert places.reconcile() == 1
    role.refresh_from_db()
    assert (role.places_taken, role.applications_pending, role.status) == (1, 0, "full")
    entry = AuditEntry.objects.get()
    assert (entry.subject_id, entry.details) == (role.pk, {"taken": [0, 1], "pending": [7, 0]})
    other.refresh_from_db()
    assert other.applications_pending == 1
