import json
from datetime import timedelta

import pytest

from accounts.models import AuditEntry
from core import clock
from core.models import Fact
from tests.factories.accounts import UserFactory
from tests.factories.volunteers import VolunteerFactory
from tests.integration.api.answers import errors
from tests.integration.api.cast import client_of
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

MINE = "/api/v1/volunteers/me/"
SAID = {
    "date_of_birth": "1990-02-03",
    "postcode": "ha1 1bh",
    "travel_miles": None,
    "travel_mode": "cycle",
    "helps_from_home": False,
    "hours_a_week": 3,
    "availability": ["sat_morning", "mon_evening"],
    "about": "I like to cook.",
    "languages": ["gu", "en"],
    "causes": ["health"],
    "activities": ["cooking"],
    "skills": ["listening"],
    "motives": ["outdoors", "learn"],
}


def test_person_registers_reads_and_changes_their_profile():
    user = UserFactory(first_name="Demo")
    client = client_of(user)
    assert errors(client.get(MINE)) == {None: "no_profile"}

    made = client.post(MINE, SAID)
    assert made.status_code == 201, made.json()
    said = client.get(MINE).json()
    assert said == made.json()
    assert said["first_name"] == "Demo"
    assert said["email"] == user.email
    assert said["postcode"] == "HA1 1BH"
    assert said["ward_code"].startswith("E05")
    assert said["availability"] == ["mon_evening", "sat_morning"]
    assert sorted(said["languages"]) == ["en", "gu"]
    assert said["motives"] == ["learn", "outdoors"]
    assert said["waiting_since"] is not None

    changed = client.patch(MINE, {"about": "I like to bake.", "causes": []}).json()
    assert (changed["about"], changed["causes"]) == ("I like to bake.", [])
    assert changed["activities"] == ["cooking"]
    own = Volunteer.objects.get(user=user)
    assert list(AuditEntry.objects.about(own).values_list("action", flat=True)) == [
        "volunteer.registered",
        "volunteer.changed",
    ]
    assert Fact.objects.filter(kind="profile.changed", subject_id=own.pk).exists()


def test_put_takes_back_what_is_left_out():
    user = UserFactory()
    client = client_of(user)
    client.post(MINE, SAID)
    client.put(MINE, {"date_of_birth": "1990-02-03", "skills": ["listening"]})
    said = client.get(MINE).json()
    fresh = Volunteer()
    for name in ("travel_miles", "travel_mode", "helps_from_home", "hours_a_week", "about"):
        assert said[name] == getattr(fresh, name), name
    assert (said["postcode"], said["ward_code"], said["availability"]) == ("", "", [])
    assert (said["causes"], said["languages"], said["skills"]) == ([], [], ["listening"])
    assert said["motives"] == []


def test_second_registration_is_a_conflict_and_changes_nothing():
    own = VolunteerFactory(about="as it was")
    answer = client_of(own.user).post(MINE, SAID)
    assert answer.status_code == 409
    assert errors(answer) == {None: "registered"}
    own.refresh_from_db()
    assert own.about == "as it was"


def test_under_13_is_not_registered():
    born = clock.today() - timedelta(days=12 * 365)
    answer = client_of(UserFactory()).post(MINE, SAID | {"date_of_birth": str(born)})
    assert answer.status_code == 403
    assert errors(answer) == {None: "too_young"}
    assert not Volunteer.objects.exists()


@pytest.mark.parametrize("send", ["put", "patch"])
def test_date_of_birth_cannot_be_taken_back(send):
    own = VolunteerFactory()
    answer = getattr(client_of(own.user), send)(MINE, {"date_of_birth": None})
    assert answer.status_code == 400
    assert errors(answer) == {"date_of_birth": "required"}
    before = own.date_of_birth
    own.refresh_from_db()
    assert own.date_of_birth == before is not None


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"date_of_birth": "yesterday"}, {"date_of_birth": "invalid"}),
        ({"date_of_birth": "1800-01-01"}, {"date_of_birth": "invalid"}),
        ({"postcode": "nowhere"}, {"postcode": "unknown_postcode"}),
        ({"postcode": "HA1 1BH HA1"}, {"postcode": "max_length"}),
        ({"travel_miles": 51}, {"travel_miles": "max_value"}),
        ({"travel_miles": 0}, {"travel_miles": "min_value"}),
        ({"hours_a_week": 1e999}, {"hours_a_week": "invalid"}),
        ({"availability": ["monday"]}, {"availability": "invalid_choice"}),
        ({"causes": ["no-such-cause"]}, {"causes": "invalid"}),
        ({"causes": ["health"] * 101}, {"causes": "max_length"}),
        ({"causes": [{}]}, {"causes.0": "invalid"}),
        ({"languages": ["xx"]}, {"languages": "invalid"}),
        (
            {"helps_in_person": False, "helps_from_home": False},
            {"helps_in_person": "invalid"},
        ),
        ({"dbs_level": "gold"}, {"dbs_level": "invalid_choice"}),
        ({"motives": ["riches"]}, {"motives.0": "invalid_choice"}),
        ({"motives": "learn"}, {"motives": "not_a_list"}),
        ({"about": "x" * 4001}, {"about": "max_length"}),
        ({"waiting_since": None}, {"waiting_since": "unknown_field"}),
        ({"user": 1}, {"user": "unknown_field"}),
        ({"parent_confirmed_at": "2026-01-01T00:00Z"}, {"parent_confirmed_at": "unknown_field"}),
    ],
)
def test_wrong_fields_are_said_and_nothing_is_changed(sent, expected):
    own = VolunteerFactory()
    before = Volunteer.objects.values().get(pk=own.pk)
    answer = client_of(own.user).generic(
        "PATCH", MINE, _json(sent), content_type="application/json"
    )
    assert answer.status_code == 400
    assert errors(answer) == expected
    assert Volunteer.objects.values().get(pk=own.pk) == before
    assert not Fact.objects.exists()


def test_pause_and_resume():
    own = VolunteerFactory()
    client = client_of(own.user)
    assert client.post(f"{MINE}pause/").json()["paused_at"] is not None
    assert client.post(f"{MINE}pause/", {"for": "ever"}).status_code == 400
    assert client.post(f"{MINE}resume/").json()["paused_at"] is None


def test_answers_about_a_person_are_not_stored_by_anybody():
    own = VolunteerFactory()
    answer = client_of(own.user).get(MINE)
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def _json(sent) -> str:
    return json.dumps(sent).replace("Infinity", "1e999")


def test_when_somebody_can_start_is_said_and_taken_back():
    client = client_of(VolunteerFactory().user)
    day = (clock.today() + timedelta(days=20)).isoformat()
    assert client.patch(MINE, {"can_start_from": day}).json()["can_start_from"] == day
    assert client.patch(MINE, {"can_start_from": None}).json()["can_start_from"] is None
    far = (clock.today() + timedelta(days=900)).isoformat()
    assert "can_start_from" in errors(client.patch(MINE, {"can_start_from": far}))


def test_whoever_uses_the_api_uses_the_service():
    volunteer = VolunteerFactory(last_used_at=clock.now() - timedelta(days=70))
    client_of(volunteer.user).get(MINE)
    volunteer.refresh_from_db()
    assert clock.now() - volunteer.last_used_at < timedelta(minutes=1)
