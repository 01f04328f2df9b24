"""Whoever asks for a role has what they were told of their chances kept, by whatever door."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.personal_data import export
from matching.recommender.odds import odds_of
from matching.services import asking, suggestions
from opportunities.models import Opportunity, Organisation
from placements.models import Application
from placements.services import applications, timed_offers
from tests.factories.accounts import UserFactory
from tests.factories.desk import suggested
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from tests.unit.web.pages import desk_page
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

#: A group that answers fast and takes nearly everybody.
RECORD = {"answered": [45, 5], "accepted": [45, 5], "in_time": [40, 10], "answers": 50}


@pytest.fixture
def role() -> Opportunity:
    role = OpportunityFactory(places=3)
    Organisation.objects.filter(pk=role.organisation_id).update(answering=RECORD)
    return Opportunity.objects.select_related("organisation").get(pk=role.pk)


def said(role: Opportunity) -> tuple[float, float]:
    """What the role's page says before anybody asks."""
    (odds,) = odds_of([role])
    return odds.place.chance, odds.answer.chance


def told(application: Application) -> tuple[float | None, float | None]:
    return application.told_place, application.told_answer


def by_page(role: Opportunity, person: Volunteer) -> None:
    client = Client()
    client.force_login(person.user)
    client.post(f"/roles/{role.pk}/apply/", {"message": ""})


def by_api(role: Opportunity, person: Volunteer) -> None:
    client = Client()
    client.force_login(person.user)
    sent = {"opportunity": role.pk}
    client.post("/api/v1/applications/", sent, content_type="application/json")


def by_suggestion(role: Opportunity, person: Volunteer) -> None:
    suggestions.accept(suggestion=suggested(person, opportunity=role), by=person.user)


def by_desk(role: Opportunity, person: Volunteer) -> None:
    client = Client()
    client.force_login(UserFactory(broker=True))
    client.post(desk_page(person.user, f"roles/{role.pk}/apply/"), {"message": ""})


DOORS = [by_page, by_api, by_suggestion, by_desk]


@pytest.mark.parametrize("door", DOORS)
def test_it_is_kept_by_each_door(role: Opportunity, door: Any) -> None:
    before = said(role)
    door(role, VolunteerFactory(user__email=None) if door is by_desk else VolunteerFactory())
    assert told(Application.objects.get()) == before
    assert before == (0.81, 0.8)


def test_it_is_what_was_said_then_and_not_what_is_said_now(role: Opportunity) -> None:
    first = asking.ask(volunteer=VolunteerFactory(), opportunity=role, by=None)
    for __ in range(4):
        ApplicationFactory(opportunity=role)
    Organisation.objects.update(answering={})
    later = Opportunity.objects.select_related("organisation").get(pk=role.pk)
    second = asking.ask(volunteer=VolunteerFactory(), opportunity=later, by=None)
    first.refresh_from_db()
    assert told(first) == (0.81, 0.8)
    assert told(second) == said(later) != told(first)


def test_who_comes_from_a_waiting_list_was_told_nothing(role: Opportunity) -> None:
    entry = WaitingListEntryFactory(opportunity=role)
    offer = timed_offers.make(entry=entry, opportunity=role)
    assert offer is not None
    assert told(timed_offers.take_up(offer=offer, by=None)) == (None, None)


def test_it_takes_no_further_query(role: Opportunity) -> None:
    people = VolunteerFactory.create_batch(3)
    applications.submit(volunteer=people[0], opportunity=role, by=None)
    with CaptureQueriesContext(connection) as without:
        applications.submit(volunteer=people[1], opportunity=role, by=None)
    with CaptureQueriesContext(connection) as with_it:
        asking.ask(volunteer=people[2], opportunity=role, by=None)
    assert len(with_it) == len(without)


def test_the_person_can_read_it_in_their_own_data(role: Opportunity) -> None:
    person = VolunteerFactory()
    asking.ask(volunteer=person, opportunity=role, by=person.user)
    (row,) = export(person.user)["placements.Application"]
    assert (row["told_place"], row["told_answer"]) == (0.81, 0.8)


def test_one_without_the_other_is_not_kept(role: Opportunity) -> None:
    for wrong in ({"told_place": 0.5}, {"told_place": 1.2, "told_answer": 0.5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApplicationFactory(opportunity=role, **wrong)
