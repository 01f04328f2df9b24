"""Who can start on a later day is left in peace until then, and told when it has come."""

from datetime import timedelta

import pytest
import time_machine

from core.clock import now, today
from core.errors import InvalidInput
from core.models import Fact
from notifications.models import Notification
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
from volunteers.services import profiles

pytestmark = pytest.mark.django_db


def test_who_can_start_later_is_active_and_not_counted_as_waiting_until_then():
    person = VolunteerFactory(can_start_from=today() + timedelta(days=1))
    assert list(Volunteer.objects.active()) == [person]
    assert not Volunteer.objects.waiting().exists()
    with time_machine.travel(now() + timedelta(days=1)):
        assert list(Volunteer.objects.waiting()) == [person]


def test_on_the_day_they_are_told_once_and_their_list_is_made():
    person = VolunteerFactory(can_start_from=today() + timedelta(days=2))
    assert profiles.welcome_starters() == 0
    with time_machine.travel(now() + timedelta(days=2)):
        assert profiles.welcome_starters() == 1
        assert profiles.welcome_starters() == 0
    person.refresh_from_db()
    assert person.can_start_from is None
    assert Notification.objects.filter(kind="volunteer.can_start").count() == 1
    assert Fact.objects.filter(kind="profile.changed", subject_id=person.pk).exists()


def test_a_day_more_than_a_year_ahead_is_a_pause():
    person = VolunteerFactory()
    with pytest.raises(InvalidInput):
        profiles.update(
            volunteer=person, by=person.user, can_start_from=today() + timedelta(days=400)
        )
    profiles.update(volunteer=person, by=person.user, can_start_from=today() + timedelta(days=300))
    person.refresh_from_db()
    assert person.can_start_from is not None
