"""What people do, followed up by workers: lists, mail, applications to closed roles."""

import time
from collections import Counter
from functools import partial

import pytest
from django.db import transaction

from core.models import Fact
from matching.models import RankingRun, Recommendation
from matching.services import runs
from notifications.models import Notification, SentMail
from opportunities.services import roles
from placements.models import Application
from tests.factories.accounts import UserFactory
from tests.factories.messages import notified
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.integration.worker.service import Service, until
from volunteers.services import profiles


def nothing_to_do() -> bool:
    return not Fact.objects.filter(state__in=[Fact.State.WAITING, Fact.State.CLAIMED]).exists()


@pytest.mark.usefixtures("service")
def test_profile_edit_changes_the_list_within_two_seconds() -> None:
    food = OpportunityFactory.create(causes=["food-banks-and-meals"])
    health = OpportunityFactory.create(causes=["mental-health"])
    person = VolunteerFactory.create(causes=["mental-health"])
    run = runs.request(by=None)
    until(lambda: RankingRun.objects.get(pk=run.pk).state == RankingRun.State.DONE, "the ranking")
    assert first_role(person.pk) == health.pk

    for cause, role in (("food-banks-and-meals", food), ("mental-health", health)):
        profiles.update(volunteer=person, by=person.user, causes=[cause])
        seconds = until(partial(is_first, role.pk, person.pk), "the list to change")
        assert seconds < 2

    until(nothing_to_do, "the rest")
    assert not Fact.objects.set_aside().exists()


@pytest.mark.usefixtures("service")
def test_closed_role_leaves_the_lists_and_its_applications_lapse() -> None:
    role = OpportunityFactory.create()
    application = ApplicationFactory.create(opportunity=role)
    other = VolunteerFactory.create()
    run = runs.request(by=None)
    until(lambda: RankingRun.objects.get(pk=run.pk).state == RankingRun.State.DONE, "the ranking")
    assert first_role(other.pk) == role.pk

    roles.close(opportunity=role, by=None)
    until(lambda: first_role(other.pk) is None, "the list to change")
    until(nothing_to_do, "the rest")

    application.refresh_from_db()
    assert application.state == Application.State.LAPSED


@pytest.mark.slow
@pytest.mark.parametrize("number", [50, pytest.param(1_000, marks=pytest.mark.full)])
def test_messages_are_mailed_once_though_a_worker_dies(service: Service, number: int) -> None:
    people = UserFactory.create_batch(number)
    with transaction.atomic():
        for person in people:
            notified(
                recipient=person,
                kind="application.invite",
                key=f"test:{person.pk}",
                subject="Hello",
                body="…",
            )
    until(SentMail.objects.exists, "the first mail")
    service.kill("worker")
    service.start_worker()
    until(nothing_to_do, "all mail", within=120)

    mailed = Counter(address for mail in SentMail.objects.all() for address in mail.recipients)
    assert mailed == {person.email: 1 for person in people}
    assert set(Notification.objects.values_list("email_state", flat=True)) == {"sent"}


@pytest.mark.full
def test_two_beats_state_one_heartbeat_a_minute(service: Service) -> None:
    service.start_beat("beat")
    service.start_beat("other beat")
    beats = Fact.objects.filter(kind="heartbeat")
    time.sleep(130)
    service.kill("beat")
    service.kill("other beat")
    until(nothing_to_do, "what they stated")

    minutes = list(beats.order_by("subject_id").values_list("subject_id", flat=True))
    assert len(minutes) in (2, 3)
    assert minutes == list(range(minutes[0], minutes[0] + len(minutes)))
    nightly = Fact.objects.filter(kind__startswith="night.")
    assert max(Counter(nightly.values_list("kind", flat=True)).values()) == 1
    assert not Fact.objects.set_aside().exists()


def is_first(role_id: int, volunteer_id: int) -> bool:
    return first_role(volunteer_id) == role_id


def first_role(volunteer_id: int) -> int | None:
    """The role at the top of somebody's list; None if the list is empty or missing."""
    lists = Recommendation.objects.filter(volunteer=volunteer_id)
    held = "".join(lists.values_list("role_ids", flat=True))
    return int(held.split(",")[1]) if held else None
