"""Registering many people at once does what registering them one by one does."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.forms.models import model_to_dict
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry
from core import clock
from core.errors import InvalidInput, NotAllowed
from core.models import Fact
from tests.factories.accounts import UserFactory
from volunteers.models import Volunteer
from volunteers.services import profiles
from volunteers.services.bulk import Registration, register_many

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, Any] = {
    "date_of_birth": date(1990, 3, 31),
    "postcode": "ha1 1bh",
    "about": "  I like trees ",
    "availability": 7,
    "causes": ["environment", "older-people"],
    "activities": ["gardening"],
    "skills": ["driving"],
    "languages": ["en", "gu"],
}


def registration(**other: Any) -> Registration:
    user = UserFactory()
    at = clock.now() - timedelta(days=40)
    options: dict[str, Any] = {"user": user, "fields": ANSWERS, "at": at, "by": user} | other
    return Registration(**options)


def seen(person: Volunteer) -> dict[str, Any]:
    """Everything but who, and since when."""
    row = model_to_dict(Volunteer.objects.get(pk=person.pk), exclude=["id", "user"])
    times = {"waiting_since", "last_used_at"}
    lists = {name: {item.pk for item in row[name]} for name in profiles.LISTS}
    return {name: value for name, value in row.items() if name not in times} | lists


def test_people_are_registered_as_one_by_one() -> None:
    user = UserFactory()
    single = profiles.register(user=user, by=user, **ANSWERS)
    (bulk,) = register_many([registration()])
    assert seen(bulk) == seen(single)
    assert len(seen(bulk)["causes"]) == 2
    assert bulk.postcode == "HA1 1BH"
    assert bulk.about == "I like trees"


def test_times_are_those_of_the_registration() -> None:
    one = registration()
    (person,) = register_many([one])
    person.refresh_from_db()
    assert person.created_at == person.waiting_since == person.last_used_at == one.at
    entry = AuditEntry.objects.about(person).get()
    assert (entry.at, entry.actor, entry.action) == (one.at, one.user, "volunteer.registered")


def test_the_last_use_of_each_month_is_kept() -> None:
    at = datetime(2026, 8, 3, 12, tzinfo=UTC)
    days = (5, 30, 31, 33, 99)
    used = [at + timedelta(days=day) for day in days]
    (person,) = register_many([registration(at=at, used_at=used[:-1], last_used_at=used[-1])])
    assert list(person.earlier_uses.order_by("until").values_list("used_at", "until")) == [
        (used[0], used[1]),
        (used[3], used[4]),
    ]


def test_a_pause_is_kept_with_its_own_entry() -> None:
    paused_at = clock.now() - timedelta(days=3)
    (person,) = register_many([registration(paused_at=paused_at)])
    last = AuditEntry.objects.about(person).last()
    assert last is not None
    assert (last.action, last.at) == ("volunteer.paused", paused_at)


def test_no_fact_is_stated() -> None:
    register_many([registration()])
    assert not Fact.objects.exists()


def test_one_bad_answer_refuses_all_and_writes_nothing() -> None:
    bad = registration(fields=ANSWERS | {"hours_a_week": 400})
    with pytest.raises(InvalidInput) as refused:
        register_many([registration(), bad])
    assert "hours_a_week" in refused.value.fields
    assert not Volunteer.objects.exists()
    assert not AuditEntry.objects.exists()


def test_unknown_codes_are_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        register_many([registration(fields=ANSWERS | {"causes": ["nonsense"]})])
    assert "nonsense" in str(refused.value)


def test_age_counts_on_the_day_of_the_registration() -> None:
    at = clock.now() - timedelta(days=365)
    born = clock.today() - timedelta(days=round(13.5 * 365.25))
    with pytest.raises(NotAllowed):
        register_many([registration(fields=ANSWERS | {"date_of_birth": born}, at=at)])


def test_the_age_is_needed_unless_the_volunteer_centre_registers() -> None:
    without = {name: value for name, value in ANSWERS.items() if name != "date_of_birth"}
    with pytest.raises(InvalidInput):
        register_many([registration(fields=without)])
    (person,) = register_many([registration(fields=without, by=UserFactory(broker=True))])
    assert person.date_of_birth is None


def test_rows_are_written_together_whatever_their_number(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    many = [registration() for _ in range(20)]
    # 4 lists read, 6 tables written, a savepoint, and for each person the database asked whether a
    # constraint holds, inside a savepoint of its own.
    with django_assert_max_num_queries(12 + 3 * len(many)):
        register_many(many)
