"""The record of service: what it says, the document, the page that confirms it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils.translation import override

from core.clock import now, today
from core.errors import Conflict
from core.models.taxonomy import name_in_words
from placements import service_record
from placements.models import Application, ServiceRecord
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory, HoursEntryFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

PAGE = "/me/volunteering/record/"


@pytest.fixture
def place() -> Application:
    role = OpportunityFactory(
        title="Soup kitchen helper", organisation__name="Example Kitchen", skills_gained=["cooking"]
    )
    place = ApplicationFactory(
        opportunity=role,
        state="ended",
        started_at=now() - timedelta(days=40),
        volunteer__user__first_name="Demo-Ada",
        volunteer__user__last_name="Demo-Byron",
    )
    HoursEntryFactory(
        application=place,
        day=today() - timedelta(days=20),
        minutes=150,
        state="confirmed",
        confirmed_at=now(),
    )
    HoursEntryFactory(application=place, minutes=600)
    return place


@pytest.fixture
def record(place) -> ServiceRecord:
    return service_record.make(volunteer=place.volunteer, by=None)


def test_it_says_what_is_confirmed_and_nothing_else(record):
    (role,) = record.contents["roles"]
    assert record.contents["minutes"] == role["minutes"] == 150
    assert (role["role"], role["group"]) == ("Soup kitchen helper", "Example Kitchen")
    assert role["from"] == role["to"] == (today() - timedelta(days=20)).isoformat()
    assert len(role["learnt"]) == 1


def test_skills_are_named_in_the_language_of_the_record(place):
    with override("pl"):
        record = service_record.make(volunteer=place.volunteer, by=None)
        (named,) = record.contents["roles"][0]["learnt"]
        assert named == name_in_words("Cooking") != "Cooking"


def test_without_a_confirmed_hour_there_is_no_record():
    place = ApplicationFactory(state="started", started_at=now())
    HoursEntryFactory(application=place)
    with pytest.raises(Conflict):
        service_record.make(volunteer=place.volunteer, by=None)


def test_the_document_is_a_pdf_with_the_name(record):
    assert service_record.pdf_of(record).startswith(b"%PDF")


def test_the_page_confirms_with_initials_until_it_is_revoked_or_old(client, record):
    page = client.get(f"/record/{record.code.lower()}/", follow=True)
    words = text_of(page)
    assert "D. D." in words
    assert "2.5 hours confirmed" in words
    assert "Demo-Ada" not in page.text
    assert "Demo-Byron" not in page.text
    with time_machine.travel(record.expires_at + timedelta(minutes=1)):
        assert client.get(f"/record/{record.code}/").status_code == 404
    service_record.revoke(record=record, by=None)
    page = client.get(f"/record/{record.code}/")
    assert page.status_code == 404
    assert "We cannot confirm this record" in text_of(page)


def test_what_was_confirmed_stays_as_the_document_says(client, record, place):
    place.opportunity.title = "Another title"
    place.opportunity.save()
    assert "Soup kitchen helper" in text_of(client.get(f"/record/{record.code}/"))


def test_a_person_makes_opens_and_ends_a_record(client, place):
    client.force_login(place.volunteer.user)
    assert "Soup kitchen helper" in text_of(client.get(PAGE))
    assert "Your record is ready." in text_of(client.post(f"{PAGE}new/", follow=True))
    record = ServiceRecord.objects.get()
    document = client.get(f"{PAGE}{record.pk}/pdf/")
    assert document["Content-Type"] == "application/pdf"
    client.post(f"{PAGE}{record.pk}/revoke/")
    assert not ServiceRecord.objects.valid().exists()
    assert "does not confirm it any more" in text_of(client.get(PAGE))


def test_other_peoples_records_are_not_there(client, record):
    other = ApplicationFactory(state="started").volunteer
    client.force_login(other.user)
    assert client.get(f"{PAGE}{record.pk}/pdf/").status_code == 404
    assert client.post(f"{PAGE}{record.pk}/revoke/").status_code == 404
    assert "There is nothing in your record yet." in text_of(client.get(PAGE))


def test_a_record_can_be_ended_when_there_is_nothing_in_it_any_more(client, record, place):
    place.hours.all().delete()
    client.force_login(place.volunteer.user)
    words = text_of(client.get(PAGE))
    assert "There is nothing in your record yet." in words
    assert "Stop confirming it" in words
