"""Of which new roles in a saved search a person is told."""

from datetime import timedelta

import pytest

from core.clock import now
from matching.models import HiddenRole
from matching.services import alerts
from notifications.models import Notification
from opportunities.models import Opportunity
from opportunities.services import saved_searches
from placements.models import Block
from tests.factories.opportunities import OpportunityFactory, SavedSearchFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db


def found(search, **fields) -> Opportunity:
    role = OpportunityFactory(published_at=now() + timedelta(seconds=1), **fields)
    assert saved_searches.follow_role(role.pk)
    return role


def test_nobody_is_told_of_what_they_hid_blocked_or_asked_for_now_or_later():
    person = VolunteerFactory()
    search = SavedSearchFactory(user=person.user, alerts="now")
    wanted = found(search, title="Wanted")
    hidden = found(search)
    HiddenRole.objects.create(volunteer=person, opportunity=hidden, reason="too_far")
    blocked = found(search)
    Block.objects.create(volunteer=person, organisation=blocked.organisation, side="group")
    asked = found(search)
    ApplicationFactory(volunteer=person, opportunity=asked)

    assert alerts.tell(search.pk) == 1
    assert alerts.tell(search.pk) == 0

    told = Notification.objects.get(recipient=person.user)
    assert f"/roles/{wanted.pk}/" in told.body
    assert told.subject.startswith("1 new role")
    HiddenRole.objects.all().delete()
    assert alerts.tell(search.pk) == 0


def test_who_is_no_volunteer_is_told_all_and_nobody_of_no_search():
    search = SavedSearchFactory(alerts="now")
    found(search)
    assert alerts.tell(search.pk) == 1
    assert alerts.tell(0) == 0
