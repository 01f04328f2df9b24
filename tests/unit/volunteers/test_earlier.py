"""What profiles said before is kept for as long as somebody needs it."""

from datetime import date, timedelta

import pytest
import time_machine

from core.clock import now
from placements.services import applications
from placements.states import Mover
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import EarlierProfile, EarlierUse
from volunteers.services import earlier, profiles

pytestmark = pytest.mark.django_db


def test_a_change_keeps_what_was_said_and_no_postcode() -> None:
    person = VolunteerFactory(postcode="HA1 1BH", availability=5, causes=["health"])
    ward = person.ward_code
    profiles.update(
        volunteer=person, by=None, postcode="HA5 3AB", availability=7, causes=["environment"]
    )
    kept = EarlierProfile.objects.get()
    assert kept.volunteer == person
    assert kept.said == {"ward_code": ward, "availability": 5, "causes": ["health"]}


def test_the_day_on_which_somebody_could_start_is_kept_when_it_has_come() -> None:
    person = VolunteerFactory(can_start_from=date(2026, 11, 5))
    with time_machine.travel("2026-11-05 12:00Z"):
        profiles.welcome_starters()
    assert EarlierProfile.objects.get().said == {"can_start_from": "2026-11-05"}
    assert person.earlier.count() == 1


def test_since_when_somebody_waited_is_kept_when_they_are_placed_and_when_they_wait_again() -> None:
    row = ApplicationFactory(opportunity=OpportunityFactory())
    since = row.volunteer.waiting_since
    applications.accept(application=row, by=None)
    applications.end(application=row, reason="no_time", side=Mover.VOLUNTEER, by=None)
    said = [kept.said["waiting_since"] for kept in EarlierProfile.objects.order_by("pk")]
    assert said == [since.isoformat(), None]


def test_what_was_so_until_later_stays() -> None:
    person, at = VolunteerFactory(), now()
    for hours in (-1, 0, 1):
        until = at + timedelta(hours=hours)
        EarlierProfile.objects.create(volunteer=person, until=until, said={"availability": 1})
        EarlierUse.objects.create(volunteer=person, used_at=at, until=until)
    assert earlier.forget(until=at) == 4
    assert EarlierProfile.objects.get().until == EarlierUse.objects.get().until > at
    assert earlier.forget(until=at) == 0
