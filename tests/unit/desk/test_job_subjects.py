"""Whom failed jobs are about."""

import pytest

from core.clock import now
from core.models import Fact
from desk import job_subjects
from desk.job_subjects import things_of
from tests.factories.accounts import UserFactory
from tests.factories.core import FactFactory
from tests.factories.desk import message_to
from tests.factories.opportunities import OpportunityFactory, SavedSearchFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from worker.handlers import HANDLERS

pytestmark = pytest.mark.django_db


def of(kind: str, subject_id: int) -> list[job_subjects.Thing]:
    job: Fact = FactFactory(kind=kind, subject_id=subject_id, state="set_aside", finished_at=now())
    return things_of([job]).get(job.pk, [])


def test_a_job_is_about_the_people_groups_and_roles_of_its_subject() -> None:
    volunteer = VolunteerFactory()
    application = ApplicationFactory()
    role = OpportunityFactory()
    message = message_to(UserFactory(), "a")
    assert of("profile.changed", volunteer.pk) == [volunteer.user]
    assert of("role.changed", role.pk) == [role]
    assert of("application.refused", application.pk) == [
        application.volunteer.user,
        application.opportunity,
    ]
    assert of("notification.created", message.pk) == [message.recipient]
    assert of("digest.due", message.recipient_id) == [message.recipient]


def test_what_happens_by_the_clock_is_about_nobody_and_so_is_what_has_gone() -> None:
    assert of("hour.digests", 1) == []
    assert of("profile.changed", 987) == []
    follower = SavedSearchFactory(user=None, email="follower@example.org")
    assert of("search.alert", follower.pk) == [], "somebody without an account"


def test_many_jobs_of_a_kind_take_one_query(django_assert_num_queries) -> None:
    jobs = [
        FactFactory(kind="application.changed", subject_id=one.pk)
        for one in ApplicationFactory.create_batch(3)
    ]
    with django_assert_num_queries(1):
        assert len(things_of(jobs)) == 3


def test_kinds_are_those_that_there_is_work_for_and_their_ways_lead_somewhere() -> None:
    assert job_subjects._SUBJECTS.keys() <= HANDLERS.keys()
    for kind in job_subjects._SUBJECTS:
        assert things_of([FactFactory(kind=kind)]) == {}
