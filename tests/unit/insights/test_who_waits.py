"""Everywhere the same people are counted as waiting: in the figures, in the plan of roles, in unmet
supply.
"""

from datetime import timedelta

import pytest

from accounts.services import audit
from core.clock import now, today
from insights.datasets import tables
from insights.periods import Period
from matching.recommender.could_do import who_waits
from matching.recommender.suiting import everybody_waiting
from placements.models import Application
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
from volunteers.policies import CONFIRMED_WITHIN

pytestmark = pytest.mark.django_db


def test_the_same_people_are_counted_everywhere() -> None:
    at = now()
    past = {"created_at": at - timedelta(days=300), "waiting_since": at - timedelta(days=200)}
    lately, long_ago = at - timedelta(days=3), at - timedelta(days=61)
    waits = VolunteerFactory(**past, last_used_at=lately)
    soon = VolunteerFactory(**past, last_used_at=lately, can_start_from=today())
    asked = ApplicationFactory(volunteer=VolunteerFactory(**past, last_used_at=lately)).volunteer
    answered = VolunteerFactory(**past, last_used_at=long_ago)
    audit.record(by=answered.user, action="role.hidden", subject=answered)
    # Of these none is.
    VolunteerFactory(**past, last_used_at=long_ago)
    VolunteerFactory(**past, last_used_at=lately, paused_at=lately)
    VolunteerFactory(**past, last_used_at=lately, can_start_from=today() + timedelta(days=9))
    VolunteerFactory(**past | {"waiting_since": None}, last_used_at=lately)
    VolunteerFactory(**past, last_used_at=lately, user__is_active=False)
    # Who has left one of two places.
    for state in (Application.State.ACCEPTED, Application.State.STARTED):
        has = ApplicationFactory(
            volunteer=VolunteerFactory(**past, last_used_at=lately), state=state
        )
        audit.record(by=None, action="application.accepted", subject=has)
    Volunteer.objects.update(created_at=past["created_at"])
    people = tables(Period.month_of(today())).people
    expected = {waits.pk, soon.pk, asked.pk, answered.pk}
    assert set(people.ids[people.waiting].tolist()) == expected
    assert set(who_waits(at - CONFIRMED_WITHIN).ids.tolist()) == expected
    assert set(everybody_waiting(at - CONFIRMED_WITHIN).people.ids.tolist()) == expected
