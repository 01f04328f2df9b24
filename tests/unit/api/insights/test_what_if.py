"""What would happen if, through the API: ask, and read what came of it."""

from typing import Any

import pytest
from django.test import Client

from core.clock import now
from core.models import Fact
from insights.models import Simulation
from tests.factories.insights import WARD, planned_role
from tests.unit.api.insights.reading import broker, own_queries, read, send, steerer

pytestmark = pytest.mark.django_db

ROLE = {"activity": "gardening", "time": "saturday", "ward": WARD, "places": 12}


@pytest.fixture
def client() -> Client:
    return steerer()


def simulation(**fields: Any) -> Simulation:
    given: dict[str, Any] = {
        "asked_at": now(),
        "seasons_wanted": 10,
        "roles": [{**ROLE, "places": 30}],
        "seasons": [[101, 123, 22]] * 10,
        "gain": {"without": 101.2, "with_it": 123.4, "low": 15.1, "high": 29.2},
        "finished_at": now(),
    }
    return Simulation.objects.create(**given | fields)


def test_roles_of_ones_own_are_simulated(client: Client) -> None:
    answer = send(client, "what-if/", {"roles": [ROLE], "answer_soon": True})
    assert answer.status_code == 201, answer.content
    made = Simulation.objects.get()
    assert (made.roles, made.answer_soon, made.of_plan) == ([ROLE], True, False)
    assert answer["Location"].endswith(f"/api/v1/insights/what-if/{made.pk}/")
    assert Fact.objects.filter(kind="simulation.asked", subject_id=made.pk).exists()
    waits = client.get(answer["Location"])
    assert waits["Retry-After"] == "10"
    assert (waits.json()["seasons_done"], waits.json()["outcome"]) == (0, None)
    assert waits.json()["roles"][0]["title"].startswith("Gardening, Saturdays,")


def test_the_plan_is_simulated(client: Client) -> None:
    assert send(client, "what-if/", {"of_plan": True}).status_code == 409
    planned_role()
    assert send(client, "what-if/", {"of_plan": True}).status_code == 201
    assert Simulation.objects.get().of_plan


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"roles": []},
        {"of_plan": True, "roles": [ROLE]},
        {"roles": [{**ROLE, "places": 101}]},
        {"roles": [{**ROLE, "activity": "made-up"}]},
        {"roles": [{**ROLE, "ward": "E99999999"}]},
        {"roles": [{**ROLE, "time": "never"}]},
        {"roles": [ROLE] * 11},
        {"places": 3},
    ],
)
def test_what_cannot_be_is_refused(client: Client, body: Any) -> None:
    planned_role()
    assert send(client, "what-if/", body).status_code == 400
    assert not Simulation.objects.exists()


def test_only_two_at_once(client: Client) -> None:
    codes = [send(client, "what-if/", {"answer_soon": True}).status_code for _ in range(3)]
    assert codes == [201, 201, 409]


def test_the_volunteer_centre_reads_and_does_not_ask() -> None:
    simulation()
    assert read(broker(), "what-if/")["count"] == 1
    assert send(broker(), "what-if/", {"answer_soon": True}).status_code == 404
    assert Simulation.objects.count() == 1


def test_what_came_of_it(client: Client) -> None:
    found = read(client, f"what-if/{simulation().pk}/")
    assert found["finding"] == "About 20 more people placed (between 15 and 30)"
    outcome = found["outcome"]
    assert (outcome["without"]["value"], outcome["with_it"]["words"]) == (100, "about 125")
    assert (outcome["difference"]["value"], outcome["low"], outcome["high"]) == (20, 15, 30)
    assert (outcome["is_sure"], outcome["is_fewer"]) == (True, False)


def test_no_more_is_said_than_the_places_can_do(client: Client) -> None:
    outcome = read(client, f"what-if/{simulation(roles=[ROLE]).pk}/")["outcome"]
    assert (outcome["is_capped"], outcome["difference"]["value"], outcome["high"]) == (True, 10, 12)


@pytest.mark.parametrize(
    "gain",
    [
        {"without": 101.2, "with_it": 104.4, "low": 1.1, "high": 5.2},
        {"without": 101.2, "with_it": 123.4, "low": -3.1, "high": 31.2},
    ],
)
def test_nothing_is_claimed_where_it_is_not_sure(client: Client, gain: dict[str, float]) -> None:
    found = read(client, f"what-if/{simulation(gain=gain).pk}/")
    assert found["finding"] == "Too small a change to tell"
    outcome = found["outcome"]
    assert (outcome["is_sure"], outcome["difference"]) == (False, None)
    assert (outcome["low"], outcome["high"]) == (None, None)


def test_the_newest_comes_first(client: Client) -> None:
    first, second = simulation(), simulation()
    rows = read(client, "what-if/")["results"]
    assert [one["id"] for one in rows] == [second.pk, first.pk]


def test_queries(client: Client) -> None:
    one = simulation()
    few = own_queries(client, "what-if/")
    simulation()
    simulation()
    assert own_queries(client, "what-if/") == few == 3
    assert own_queries(client, f"what-if/{one.pk}/") == 2


def test_one_that_goes_on_is_called_off(client: Client) -> None:
    made = simulation(finished_at=None, gain={}, seasons=[])
    assert send(client, f"what-if/{made.pk}/call-off/", {"why": "x"}).status_code == 400
    assert send(client, f"what-if/{made.pk}/call-off/", {}).status_code == 204
    assert not Simulation.objects.exists()
    finished = simulation()
    assert send(client, f"what-if/{finished.pk}/call-off/", {}).status_code == 409
    assert Simulation.objects.exists()
