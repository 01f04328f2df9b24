from datetime import timedelta

import pytest

from core.clock import now
from core.models import Fact
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
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
