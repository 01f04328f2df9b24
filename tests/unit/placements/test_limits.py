import pytest

from notifications.models import Notification
from opportunities.models import Opportunity
from placements.services import limits
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "reason", "full", "asked"),
    [
        ("declined", "no_place", False, True),
        ("declined", "no_answer", False, False),
        ("accepted", "", True, True),
        ("accepted", "", False, False),
        ("submitted", "", False, False),
    ],
)
def test_a_group_is_asked_after_what_shows_that_it_has_no_room(state, reason, full, asked):
    role = OpportunityFactory(organisation=MembershipFactory().organisation, places=1)
    application = ApplicationFactory(opportunity=role, state=state, reason=reason)
    if full:
        Opportunity.objects.update(status=Opportunity.Status.FULL)

    limits.ask_after(application.pk)

    assert Notification.objects.filter(kind="limits.asked").exists() == asked


def test_an_application_that_is_gone_does_no_harm():
    limits.ask_after(0)
