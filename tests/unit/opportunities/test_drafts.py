from datetime import timedelta

import pytest

from accounts.models import AuditEntry
from core import clock
from core.errors import NotFound
from opportunities.models import Opportunity
from opportunities.services import drafts
from tests.factories.opportunities import (
    OpportunityFactory,
    OrganisationFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


def test_a_code_that_is_no_templates_is_not_found():
    with pytest.raises(NotFound):
        drafts.from_template(organisation=OrganisationFactory(), code="astronaut", by=None)


def test_a_copy_says_the_same_and_holds_nobody():
    role = OpportunityFactory(
        places=4,
        places_taken=3,
        applications_pending=2,
        weekly_slots=5,
        access=["quiet"],
        can_be_shared=True,
        causes=["health"],
        activities=["cooking"],
        languages=["gu"],
        skills_needed=["driving"],
        skills_useful=["teamwork"],
    )

    copy = drafts.copy_of(opportunity=role, by=None)

    assert copy.pk != role.pk
    assert copy.status == Opportunity.Status.DRAFT
    assert (copy.places, copy.places_taken, copy.applications_pending) == (4, 0, 0)
    assert (copy.title, copy.description, copy.weekly_slots) == (
        role.title,
        role.description,
        5,
    )
    assert (copy.access, copy.can_be_shared) == (["quiet"], True)
    assert copy.latitude == role.latitude
    assert [cause.code for cause in copy.causes.all()] == ["health"]
    assert [item.code for item in copy.languages.all()] == ["gu"]
    assert {(link.need, link.skill.code) for link in copy.role_skills.all()} == {
        ("needed", "driving"),
        ("useful", "teamwork"),
    }
    assert AuditEntry.objects.about(copy).get().action == "opportunity.drafted"


def test_dates_that_are_over_are_not_copied():
    role = OpportunityFactory(closes_on=clock.today() - timedelta(days=1))
    SessionFactory(
        opportunity=role,
        starts_at=clock.now() - timedelta(days=7),
        ends_at=clock.now() - timedelta(days=6),
    )
    coming = SessionFactory(opportunity=role)

    copy = drafts.copy_of(opportunity=role, by=None)

    assert copy.closes_on is None
    assert [session.starts_at for session in copy.sessions.all()] == [coming.starts_at]


def test_a_last_day_to_come_is_copied():
    last_day = clock.today() + timedelta(days=9)

    copy = drafts.copy_of(opportunity=OpportunityFactory(closes_on=last_day), by=None)

    assert copy.closes_on == last_day
