"""The pages of simulations: ask, watch, read."""

import re
from typing import Any

import pytest

from core.clock import now
from core.places.wards import WARDS
from insights.models import Simulation
from tests.factories.accounts import UserFactory
from tests.unit.web.queries import own_queries

pytestmark = pytest.mark.django_db

ALL, ASK = "/insights/what-if/", "/insights/what-if/ask/"
OWN = {
    "change": "own",
    "activity": "gardening",
    "time": "saturday",
    "ward": WARDS[0].code,
    "places": "12",
}


@pytest.fixture
def steerer(client: Any) -> Any:
    client.force_login(UserFactory(delivery_group=True))
    return client


def simulation(**fields: Any) -> Simulation:
    given: dict[str, Any] = {
        "asked_at": now(),
        "seasons_wanted": 10,
        "roles": [{"activity": "gardening", "time": "saturday", "ward": "", "places": 50}],
        "seasons": [[101, 123, 22]] * 10,
        "gain": {"without": 101.2, "with_it": 123.4, "low": 13.1, "high": 31.2},
        "finished_at": now(),
    }
    return Simulation.objects.create(**given | fields)


def text(page: Any) -> str:
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_places_that_one_chooses_are_simulated(steerer: Any) -> None:
    answer = steerer.post(ASK, OWN)
    made = Simulation.objects.get()
    assert answer["Location"] == f"{ALL}{made.pk}/"
    assert made.roles[0]["places"] == 12
    page = steerer.get(answer["Location"])
    assert page["Refresh"] == "10"
    assert "0 of 40 seasons are done." in text(page)
    assert "Gardening, Saturdays," in text(page)


def test_it_says_when_the_questions_of_own_places_count(steerer: Any) -> None:
    """They stand there for every choice: radios that show more carry what axe calls a fault."""
    page = text(steerer.get(ASK))
    assert "the time, the place and the number only if you choose places yourself." in page


def test_who_has_as_many_as_can_be_reads_it_before_the_form(steerer: Any) -> None:
    assert "Wait for one of them" not in text(steerer.get(ASK))
    steerer.post(ASK, OWN)
    page = text(steerer.get(ASK))
    assert "You can have 2 that are not finished at once." in page
    assert "This one of yours is not finished: 12 new places" in page
    steerer.post(ASK, OWN)
    simulation(finished_at=None)
    page = steerer.get(ASK).content.decode()
    assert page.index("You have as many as that now.") < page.index("<form method")
    assert {int(pk) for pk in re.findall(r"/insights/what-if/(\d+)/", page)} == set(
        Simulation.objects.filter(asked_by__isnull=False).values_list("pk", flat=True)
    )


def test_the_question_says_how_many_seasons_are_run(steerer: Any) -> None:
    """As many as are asked for then: forty of few places, ten of many or of quick answers."""
    page = text(steerer.get(ASK))
    assert "For fewer than 50 places there are 40 seasons" in page
    assert "For 50 or more, and where every group answers soon, there are 10." in page
    for places, soon, seasons in (("49", "", 40), ("50", "", 10), ("12", "on", 10)):
        steerer.post(ASK, {**OWN, "places": places} | ({"answer_soon": soon} if soon else {}))
        assert Simulation.objects.latest("pk").seasons_wanted == seasons
        Simulation.objects.update(finished_at=now())


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"change": "none"}, "Choose places, or that every group answers"),
        ({"change": "own", "places": "3"}, "Choose a kind of work."),
        ({**OWN, "places": "1000"}, "1000"),
        ({"change": "plan"}, "There is no plan of roles yet."),
        ({}, "Choose which places would be added."),
    ],
)
def test_what_is_missing_is_said(steerer: Any, answers: dict[str, str], sentence: str) -> None:
    page = steerer.post(ASK, answers)
    assert sentence in page.content.decode()
    assert not Simulation.objects.exists()


def test_quick_answers_alone_can_be_tried(steerer: Any) -> None:
    steerer.post(ASK, {"change": "none", "answer_soon": "on"})
    assert Simulation.objects.get().answer_soon


def test_what_came_of_it_is_rounded_and_marked_as_a_simulation(steerer: Any) -> None:
    page = steerer.get(f"{ALL}{simulation().pk}/")
    words = text(page)
    assert "Refresh" not in page
    assert "About 20 more people placed (between 10 and 35)" in words
    assert "This is a simulation, not a count." in words
    assert "about 100" in words
    assert "about 125" in words
    assert not {"101", "123", "22.2", "13.1"} & set(words.split())


@pytest.mark.parametrize(
    "gain",
    [
        {"without": 100.0, "with_it": 112.0, "low": -1.0, "high": 25.0},
        {"without": 100.0, "with_it": 104.0, "low": 1.0, "high": 7.0},
        {"without": 100.0, "with_it": 114.5, "low": 2.2, "high": 26.8},
        {"without": 114.5, "with_it": 100.0, "low": -26.8, "high": -2.2},
    ],
)
def test_nothing_is_claimed_where_chance_or_few_people_could_be_all(
    steerer: Any, gain: dict[str, float]
) -> None:
    words = text(steerer.get(f"{ALL}{simulation(gain=gain).pk}/"))
    assert "Too small a change to tell" in words
    assert "more people placed" not in words
    assert "fewer people placed" not in words


def test_no_more_people_are_said_to_be_placed_than_places_are_added(steerer: Any) -> None:
    role = {"activity": "gardening", "time": "saturday", "ward": "", "places": 12}
    words = text(steerer.get(f"{ALL}{simulation(roles=[role]).pk}/"))
    assert "About 10 more people placed (between 10 and 12)" in words
    assert "about 115" in words
    assert "about 125" not in words
    assert "The rest is chance" in words
    soon = text(steerer.get(f"{ALL}{simulation(roles=[role], answer_soon=True).pk}/"))
    assert "About 20 more people placed (between 10 and 35)" in soon


def test_who_only_reads_sees_what_was_tried_and_cannot_ask(client: Any) -> None:
    simulation(asked_by=UserFactory(first_name="Asha"))
    client.force_login(UserFactory(broker=True))
    words = text(client.get(ALL))
    assert "50 new places" in words
    assert "Try a change" not in words
    assert client.get(ASK).status_code == 404


def test_as_many_queries_for_many(steerer: Any) -> None:
    def counted() -> int:
        return len(own_queries(steerer, ALL))

    simulation(asked_by=UserFactory())
    few = counted()
    for __ in range(12):
        simulation(asked_by=UserFactory())
    assert counted() == few <= 5


def test_the_list_says_each_change_as_a_line_begins(steerer: Any) -> None:
    simulation(roles=[], answer_soon=True)
    simulation(
        roles=[{"activity": "", "time": "sunday", "ward": "", "places": 5}], answer_soon=True
    )
    said = text(steerer.get(ALL))
    assert "Every group answers within five days" in said
    assert "5 new places; every group answers within five days" in said


def test_one_that_goes_on_can_be_called_off(steerer: Any) -> None:
    steerer.post(ASK, {"change": "none", "answer_soon": "on"})
    page = f"{ALL}{Simulation.objects.get().pk}/"
    assert f'href="{page}call-off/"' in steerer.get(page).content.decode()
    assert "What it found so far is not kept." in text(steerer.get(f"{page}call-off/"))
    answer = steerer.post(f"{page}call-off/", follow=True)
    assert "The simulation is called off." in text(answer)
    assert not Simulation.objects.exists()


def test_one_that_is_finished_cannot(steerer: Any) -> None:
    page = f"{ALL}{simulation().pk}/"
    assert "call-off" not in steerer.get(page).content.decode()
    steerer.post(f"{page}call-off/")
    assert Simulation.objects.exists()
