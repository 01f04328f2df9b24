"""A person's places: times to come, being there, hours, the record of them, the calendar."""

from datetime import timedelta

import pytest

from accounts.models import AuditEntry
from core.clock import now, today
from placements import calendar
from placements.check_in import code_of
from placements.models import Attendance, CalendarFeed, HoursEntry
from placements.occasions import Occasion
from tests.integration.api.answers import errors

pytestmark = pytest.mark.django_db

PLACES, HOURS = "/api/v1/placements/", "/api/v1/hours/"
RECORDS, FEED = "/api/v1/service-records/", "/api/v1/calendar-feed/"


@pytest.fixture
def session(full_cast):
    starts = now() + timedelta(days=2)
    return full_cast.placed.opportunity.sessions.create(
        starts_at=starts, ends_at=starts + timedelta(hours=2)
    )


def coming(cast, when, answer=True):
    sent = {"when": str(when), "coming": answer}
    return cast["volunteer"].post(f"{PLACES}{cast.placed.pk}/coming/", sent)


def test_person_reads_their_places_with_the_times_to_come(full_cast, session):
    (place,) = full_cast["volunteer"].get(PLACES).json()["results"]
    assert place["application"] == full_cast.placed.pk
    assert (place["hours_confirmed"], place["hours_open"]) == (2, 2)
    (time,) = place["times"]
    assert (time["occasion"]["code"], time["said"]) == (str(session.pk), "")
    assert coming(full_cast, session.pk).json()["state"] == "coming"
    assert coming(full_cast, session.pk, answer=False).json()["state"] == "not_coming"
    (place,) = full_cast["volunteer"].get(PLACES).json()["results"]
    assert place["times"][0]["said"] == "not_coming"


def test_time_that_has_begun_cannot_be_promised(full_cast, session):
    session.starts_at = now() - timedelta(minutes=5)
    session.save()
    answer = coming(full_cast, session.pk)
    assert answer.status_code == 409
    assert errors(answer) == {None: "has_begun"}
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("when", ["999999", "someday", "2027-13-40"])
def test_time_that_is_none_is_not_found(full_cast, session, when):
    assert coming(full_cast, when).status_code == 404


def test_code_says_that_somebody_is_there_once(full_cast):
    code = code_of(Occasion(full_cast.placed.opportunity, today())).lower()
    for _again in range(2):
        answer = full_cast["volunteer"].post("/api/v1/check-in/", {"code": code})
        assert (answer.json()["state"], answer.json()["how"]) == ("attended", "code")
    assert Attendance.objects.count() == 1
    wrong = full_cast["volunteer"].post("/api/v1/check-in/", {"code": "AAAAAA"})
    assert wrong.status_code == 404
    assert errors(wrong) == {None: "no_such_code"}


# -- hours -----------------------------------------------------------------------------------------


def test_person_writes_down_changes_and_takes_out_hours(full_cast):
    client = full_cast["volunteer"]
    sent = {"application": full_cast.placed.pk, "day": str(today()), "hours": 2.5, "what": "Lunch"}
    answer = client.post(HOURS, sent)
    assert answer.status_code == 201, answer.json()
    said = answer.json()
    assert (said["hours"], said["state"], said["what"]) == (2.5, "logged", "Lunch")
    assert HoursEntry.objects.get(pk=said["id"]).minutes == 150
    changed = client.put(f"{HOURS}{said['id']}/", {"day": str(today()), "hours": 1})
    assert (changed.json()["hours"], changed.json()["what"]) == (1, "")
    assert client.delete(f"{HOURS}{said['id']}/").status_code == 204
    assert client.delete(f"{HOURS}{said['id']}/").status_code == 404


@pytest.mark.parametrize(
    ("hours", "attr"),
    [(0, "hours"), (0.1, "hours"), (17, "hours"), (14, "hours"), ("2", "hours"), (True, "hours")],
)
def test_hours_that_cannot_be_are_said(full_cast, hours, attr):
    sent = {"application": full_cast.placed.pk, "day": str(today()), "hours": hours}
    answer = full_cast["volunteer"].post(HOURS, sent)
    assert answer.status_code == 400
    assert set(errors(answer)) == {attr}
    assert HoursEntry.objects.count() == 2


def test_confirmed_hours_are_not_changed_but_doubted(full_cast):
    confirmed = full_cast.things["confirmed"]
    client, address = full_cast["volunteer"], f"{HOURS}{confirmed.pk}/"
    for answer in (
        client.put(address, {"day": str(today()), "hours": 1}),
        client.delete(address),
    ):
        assert answer.status_code == 409
        assert errors(answer) == {None: "confirmed"}
    confirmed.refresh_from_db()
    assert (confirmed.minutes, confirmed.state) == (120, "confirmed")
    said = client.post(f"{address}object/", {"words": "It was three."}).json()
    assert (said["state"], said["question"], said["questioned_by"]) == (
        "questioned",
        "It was three.",
        "volunteer",
    )
    assert client.post(f"{address}object/", {"words": "Again."}).status_code == 409


def test_hours_are_added_up_by_month(full_cast):
    (month,) = full_cast["volunteer"].get(f"{HOURS}months/").json()["results"]
    first = today().replace(day=1)
    assert month == {"month": str(first), "confirmed": 2, "open": 2}


# -- the record of service -------------------------------------------------------------------------


def test_record_says_what_is_confirmed(full_cast):
    said = full_cast["volunteer"].get(f"{RECORDS}now/").json()
    assert said["hours"] == 2
    (role,) = said["roles"]
    assert (role["role"], role["hours"], role["to"]) == ("Placed", 2, "")
    assert role["from"] == str(today())


def test_record_is_made_read_as_a_document_and_ended(full_cast):
    client = full_cast["volunteer"]
    made = client.post(RECORDS)
    assert made.status_code == 201
    record = made.json()
    assert record["is_confirmed"]
    path = record["document"].partition("/api/")[2]
    document = client.get(f"/api/{path}", HTTP_ACCEPT="application/pdf")
    assert document["Content-Type"] == "application/pdf"
    assert "no-store" in document["Cache-Control"]
    assert document.content.startswith(b"%PDF")
    assert not client.post(f"{RECORDS}{record['id']}/revoke/").json()["is_confirmed"]
    missing = client.get(f"{RECORDS}999999/document/", HTTP_ACCEPT="application/pdf")
    assert missing.status_code == 404
    assert errors(missing) == {None: "not_found"}


def test_record_of_nothing_is_not_made(full_cast):
    answer = full_cast["other_volunteer"].post(RECORDS)
    assert answer.status_code == 409
    assert errors(answer) == {None: "nothing_yet"}


# -- the calendar ----------------------------------------------------------------------------------


def test_calendar_has_an_address_another_one_and_none(full_cast, client):
    person, old = full_cast["volunteer"], full_cast.things["feed"]
    first = person.get(FEED).json()["address"]
    assert first.endswith(f"/calendar/{calendar.token_of(old)}.ics")
    second = person.post(FEED).json()["address"]
    path = {
        name: f"/calendar{of.partition('/calendar')[2]}"
        for name, of in {"first": first, "second": second}.items()
    }
    assert client.get(path["first"]).status_code == 404
    assert client.get(path["second"]).status_code == 200
    assert person.delete(FEED).status_code == 204
    assert client.get(path["second"]).status_code == 404
    assert not CalendarFeed.objects.exists()
    assert AuditEntry.objects.filter(action="calendar.stopped").count() == 1
    assert person.delete(FEED).status_code == 404
