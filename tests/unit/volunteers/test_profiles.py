"""Registering a volunteer and changing a profile."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import AuditEntry
from core.clock import today
from core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from core.models import Fact
from core.week import ALL_SLOTS
from tests.factories.accounts import UserFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
from volunteers.services import profiles

pytestmark = pytest.mark.django_db

ADULT = {"date_of_birth": date(1990, 3, 31)}


def facts() -> list[tuple[str, int]]:
    return list(Fact.objects.values_list("kind", "subject_id"))


def test_register_locates_asks_for_a_role_and_states_one_fact() -> None:
    user = UserFactory()
    person = profiles.register(
        user=user, by=user, postcode="ha1 1bh", causes=["older-people"], about="Tea", **ADULT
    )
    assert person.postcode == "HA1 1BH"
    assert person.latitude is not None
    assert person.ward_code.startswith("E05")
    assert person.waiting_since is not None
    assert [cause.code for cause in person.causes.all()] == ["older-people"]
    assert facts() == [("profile.changed", person.pk)]
    assert AuditEntry.objects.about(person).get().action == "volunteer.registered"


def test_register_twice_is_a_conflict() -> None:
    person = VolunteerFactory()
    with pytest.raises(Conflict):
        profiles.register(user=person.user, by=person.user, **ADULT)


def test_register_needs_an_age_unless_the_volunteer_centre_does_it() -> None:
    with pytest.raises(InvalidInput) as refused:
        profiles.register(user=UserFactory(), by=UserFactory())
    assert "date_of_birth" in refused.value.fields
    person = profiles.register(user=UserFactory(email=None), by=UserFactory(broker=True))
    assert person.date_of_birth is None


def test_nobody_under_13_registers() -> None:
    user = UserFactory()
    with pytest.raises(NotAllowed):
        profiles.register(user=user, by=user, date_of_birth=today() - timedelta(days=12 * 365))
    assert not Volunteer.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("postcode", "not a postcode"),
        ("postcode", "ZZ1 1AA"),
        ("date_of_birth", date(1800, 1, 1)),
        ("date_of_birth", today() + timedelta(days=1)),
        ("hours_a_week", 0),
        ("hours_a_week", 41),
        ("travel_miles", 0),
        ("travel_mode", "rocket"),
        ("dbs_level", "gold"),
        ("availability", ALL_SLOTS + 1),
        ("availability", -1),
        ("about", "x" * 4001),
        ("causes", ["no-such-cause"]),
        ("skills", ["first-aid", "no-such-skill"]),
        ("motives", ["learn", "get rich"]),
        ("motives", "learn"),
        ("motives", [["learn"]]),
    ],
)
def test_bad_input_says_which_field_and_changes_nothing(field: str, value: Any) -> None:
    person = VolunteerFactory(about="As it was", causes=["health"])
    with pytest.raises(DomainError) as refused:
        profiles.update(volunteer=person, by=person.user, **{"experience": "New", field: value})
    assert field in refused.value.fields
    kept = Volunteer.objects.get(pk=person.pk)
    assert (kept.about, kept.experience) == ("As it was", "")
    assert [cause.code for cause in kept.causes.all()] == ["health"]
    assert facts() == []
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    "neither",
    [
        {"helps_in_person": False, "helps_from_home": False},
        {"open_to_one_off": False, "open_to_regular": False},
    ],
)
def test_something_has_to_be_wanted(neither: dict[str, bool]) -> None:
    person = VolunteerFactory()
    with pytest.raises(InvalidInput):
        profiles.update(volunteer=person, by=person.user, **neither)


def test_update_notes_the_names_of_fields_never_what_was_written() -> None:
    person = VolunteerFactory()
    profiles.update(volunteer=person, by=person.user, about="My secret hobby", skills=["first-aid"])
    entry = AuditEntry.objects.about(person).get()
    assert entry.details == {"fields": ["about", "skills"]}
    assert facts() == [("profile.changed", person.pk)]


def test_saving_the_same_again_makes_no_work() -> None:
    person = VolunteerFactory(about="Tea", causes=["health"])
    profiles.update(
        volunteer=person, by=person.user, about="Tea", causes=["health"], postcode=person.postcode
    )
    assert facts() == []
    assert not AuditEntry.objects.exists()


def test_a_hundred_edits_are_one_waiting_fact() -> None:
    person = VolunteerFactory()
    for number in range(100):
        profiles.update(volunteer=person, by=person.user, about=f"Version {number}")
    assert Fact.objects.waiting().count() == 1


def test_a_postcode_outside_harrow_is_located_by_its_area() -> None:
    person = VolunteerFactory()
    profiles.update(volunteer=person, by=person.user, postcode="SW1A 1AA")
    assert (person.location_precision, person.ward_code) == ("outward", "")
    assert person.latitude is not None
    assert 51 < person.latitude < 52


def test_a_postcode_can_be_taken_back() -> None:
    person = VolunteerFactory()
    profiles.update(volunteer=person, by=person.user, postcode="")
    assert (person.latitude, person.longitude, person.ward_code) == (None, None, "")
    assert person.location_precision == ""


def test_unknown_field_is_the_callers_mistake() -> None:
    person = VolunteerFactory()
    with pytest.raises(TypeError):
        profiles.update(volunteer=person, by=person.user, waiting_since=None)


def test_pause_and_resume_once_each() -> None:
    person = VolunteerFactory()
    for __ in range(2):
        profiles.pause(volunteer=person, by=person.user)
    assert not Volunteer.objects.waiting().exists()
    for __ in range(2):
        profiles.resume(volunteer=person, by=person.user)
    assert Volunteer.objects.waiting().get() == person
    actions = [entry.action for entry in AuditEntry.objects.about(person)]
    assert actions == ["volunteer.paused", "volunteer.resumed"]


def test_motives_are_kept_once_each_in_one_order() -> None:
    person = VolunteerFactory()
    profiles.update(volunteer=person, by=person.user, motives=["outdoors", "learn", "outdoors"])
    assert person.motives == ["learn", "outdoors"]
    count = AuditEntry.objects.count()
    profiles.update(volunteer=person, by=person.user, motives=["outdoors", "learn"])
    assert AuditEntry.objects.count() == count
