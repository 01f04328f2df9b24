"""The statistics through the API: the numbers of the pages, from the same place."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from insights.measures import MEASURES
from insights.models import PeriodFigures
from insights.periods import Period
from insights.selectors.published import published
from insights.selectors.unmet import published_segments
from insights.services import figures, targets
from tests.factories.accounts import UserFactory
from tests.factories.insights import SEGMENT_FIGURES, SegmentFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db

OCTOBER = Period.of_code("2026-10")
BASE = "/api/v1/insights"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 10, 20, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def client() -> Client:
    found = Client()
    found.force_login(UserFactory(delivery_group=True))
    return found


@pytest.fixture
def october(clock: time_machine.Traveller) -> None:
    VolunteerFactory.create_batch(12, created_at=datetime(2026, 10, 2, tzinfo=UTC))
    VolunteerFactory.create_batch(
        3, created_at=datetime(2026, 10, 2, tzinfo=UTC), postcode="HA5 3AB"
    )
    clock.move_to(datetime(2026, 11, 5, 12, tzinfo=UTC))
    figures.refresh(OCTOBER)


def read(client: Client, address: str) -> Any:
    answer = client.get(f"{BASE}/{address}")
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def test_every_measure_is_defined(client: Client) -> None:
    found = read(client, "measures/")
    assert [one["code"] for one in found] == [measure.code for measure in MEASURES]
    assert all(one["definition"] and one["base"] and one["source"] for one in found)


def test_periods_come_in_pages(october: None, client: Client) -> None:
    figures.refresh_running()
    found = read(client, "periods/?page_size=2")
    assert found["count"] == PeriodFigures.objects.count() == 4
    assert found["results"][1] == {
        "code": "2026-10",
        "first_day": "2026-10-01",
        "last_day": "2026-10-31",
        "closed": True,
    }


@pytest.mark.parametrize(("true", "said"), [(0, 0), (3, None), (11, 10)])
def test_how_many_have_deleted_their_account_is_rounded(
    october: None, client: Client, true: int, said: int | None
) -> None:
    PeriodFigures.objects.filter(period="2026-10").update(erased_since=true)
    assert read(client, "periods/2026-10/")["erased_since"] == said


def test_figures_are_those_that_are_published(october: None, client: Client) -> None:
    with time_machine.travel(datetime(2026, 10, 20, 12, tzinfo=UTC), tick=False):
        targets.set_target(
            measure="people_waiting",
            value=20,
            begins=date(2026, 10, 1),
            by=UserFactory(delivery_group=True),
        )
    found = read(client, "periods/2026-10/")
    said = published([OCTOBER])[OCTOBER]
    assert [one["measure"] for one in found["figures"]] == [measure.code for measure in MEASURES]
    for one in found["figures"]:
        shown = said.total(one["measure"])
        assert (one["value"], one["why"]) == (shown.value, shown.why)
    waiting = next(one for one in found["figures"] if one["measure"] == "people_waiting")
    assert (waiting["value"], waiting["words"]) == (15, "about 15")
    assert waiting["target"] == {"value": 20, "reached": True}


def test_a_split_has_the_rows_that_are_published(october: None, client: Client) -> None:
    found = read(client, "periods/2026-10/people_waiting/?by=ward")
    said = published([OCTOBER])[OCTOBER].split("people_waiting", "ward")
    assert [(row["code"], row["value"], row["why"]) for row in found["rows"]] == [
        (row.code, row.shown.value, row.shown.why) for row in said
    ]
    assert {row["why"] for row in found["rows"]} >= {"few", ""}


def test_what_runs_is_not_split(client: Client) -> None:
    figures.refresh(OCTOBER)
    assert read(client, "periods/2026-10/people_waiting/?by=ward")["rows"] == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("periods/2026-13/", 404),
        ("periods/2025-10/", 404),
        ("periods/2026-10/none_such/", 404),
        ("periods/2026-10/placed/?by=shoe-size", 400),
        ("periods/2026-10/placed/?with=ward", 400),
        ("periods/?page=99", 404),
    ],
)
def test_what_there_is_none_of(october: None, client: Client, address: str, status: int) -> None:
    assert client.get(f"{BASE}/{address}").status_code == status


def test_targets_say_who_set_them_and_when(client: Client) -> None:
    person = UserFactory(delivery_group=True, first_name="Ada", last_name="Demo")
    made = targets.set_target(measure="placed", value=4, begins=date(2026, 10, 1), by=person)
    targets.end_target(target=made, by=person)
    targets.set_target(measure="placed", value=5, begins=date(2026, 10, 1), by=person)
    last, first = read(client, "targets/")["results"]
    assert (last["measure"], last["value"], last["ends"]) == ("placed", 5, None)
    assert (last["set_by"], last["set_at"][:10], last["ended_by"]) == (
        "Ada Demo",
        "2026-10-20",
        None,
    )
    assert (first["set_by"], first["ended_by"]) == ("Ada Demo", "Ada Demo")
    person.delete()
    assert {one["set_by"] for one in read(client, "targets/")["results"]} == {None}


def test_segments_are_said_as_they_are_published(client: Client) -> None:
    SegmentFactory(published=SEGMENT_FIGURES, published_month="2026-10")
    (found,) = read(client, "segments/")["results"]
    assert (found["month"], found["places"], found["places_for_most"]) == ("2026-10", 5, 3)
    assert found["people_for_each_place"] == 8.3
    assert (found["people"]["value"], found["people"]["words"]) == (25, "about 25")
    assert [row["value"] for row in found["kinds"]][:2] == [25, 15]
    (one,) = published_segments()
    assert [row["why"] for row in found["wards"]] == [row.shown.why for row in one.wards]


def test_few_queries(
    october: None, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    # Two of them are the session and the person.
    with django_assert_max_num_queries(5):
        read(client, "periods/2026-10/")
    with django_assert_max_num_queries(5):
        read(client, "periods/2026-10/people_waiting/?by=ward")
