from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from core.clock import now
from core.models import Fact
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import EarlierUse, Volunteer
from volunteers.services import presence

pytestmark = pytest.mark.django_db


def kept(volunteer):
    return Volunteer.objects.get(pk=volunteer.pk)


@pytest.mark.parametrize("before", [None, timedelta(days=2)])
def test_use_is_noted_and_changes_nothing_else(before):
    volunteer = VolunteerFactory(last_used_at=before and now() - before)
    changed_at = kept(volunteer).updated_at
    Fact.objects.all().delete()

    presence.note_use(volunteer)

    assert now() - kept(volunteer).last_used_at < timedelta(minutes=1)
    assert kept(volunteer).updated_at == changed_at  # else every visit would remake their list
    assert not Fact.objects.exists()


def test_use_within_a_day_writes_nothing(django_assert_num_queries):
    volunteer = VolunteerFactory(last_used_at=now() - timedelta(hours=23))

    with django_assert_num_queries(0):
        presence.note_use(volunteer)


def test_the_last_use_of_a_month_is_kept_with_the_first_of_another():
    first = datetime(2026, 10, 3, 12, tzinfo=UTC)
    volunteer = VolunteerFactory(last_used_at=first)
    for days in (5, 9, 29, 29.5, 30, 36):
        with time_machine.travel(first + timedelta(days=days), tick=False):
            presence.note_use(kept(volunteer))
    found = EarlierUse.objects.get()
    assert (found.used_at, found.until) == (first + timedelta(days=9), first + timedelta(days=29))
    assert kept(volunteer).last_used_at == first + timedelta(days=36)


def test_two_pages_at_once_note_it_once():
    volunteer = VolunteerFactory(last_used_at=datetime(2026, 10, 3, 12, tzinfo=UTC))
    one, other = kept(volunteer), kept(volunteer)
    with time_machine.travel(datetime(2026, 11, 3, 12, tzinfo=UTC)):
        presence.note_use(one)
        presence.note_use(other)
    assert EarlierUse.objects.count() == 1


def test_who_is_gone_meanwhile_is_not_noted():
    volunteer = VolunteerFactory(last_used_at=datetime(2026, 10, 3, 12, tzinfo=UTC))
    Volunteer.objects.filter(pk=volunteer.pk).delete()
    presence.note_use(volunteer)
    assert not EarlierUse.objects.exists()
