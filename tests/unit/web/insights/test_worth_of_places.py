"""What one more place is worth: as the page, its file and the API show it."""

from typing import Any

import pytest
from django.test import Client

from core.clock import now
from core.places.wards import WARDS
from insights.models import RolePlan
from tests.factories.accounts import UserFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

PAGE = "/insights/unmet-supply/more-places/"
FILE = "/insights/unmet-supply/worth-of-a-place.csv"
API = "/api/v1/insights/worth-of-a-place/"
HERE, THERE = WARDS[0], WARDS[1]


@pytest.fixture
def client() -> Client:
    found = Client()
    found.force_login(UserFactory(delivery_group=True))
    return found


def row(**fields: Any) -> dict[str, Any]:
    given = {"activity": "gardening", "time": "saturday", "ward": HERE.code}
    return {**given, "people": 33, "weight": 1.63, **fields}


def plan(*rows: dict[str, Any]) -> None:
    RolePlan.objects.create(made_at=now(), waiting=90, placeable=40, worth=list(rows))


def lines(client: Client, asked: str = "") -> list[str]:
    return client.get(FILE + asked).content.decode("utf-8-sig").splitlines()[1:]


def test_kind_time_and_ward_with_rounded_people_and_worth_in_quarters(client: Client) -> None:
    plan(row())
    page = text_of(client.get(PAGE))
    assert f"Gardening Saturdays, {HERE.name} about 35 1.75" in page
    assert lines(client) == [f"Gardening,Saturdays,{HERE.name},35,1.75"]
    (found,) = client.get(API).json()["results"]
    assert (found["activity"], found["ward"], found["worth"]) == ("gardening", HERE.code, 1.75)
    assert found["people"]["value"] == 35


def test_the_address_narrows_it_to_a_ward_or_to_what_is_done_from_home(client: Client) -> None:
    plan(row(), row(ward=THERE.code, time="sunday"), row(ward="", activity="phone-calls"))
    for area, where in ((HERE.code, HERE.name), (THERE.code, THERE.name), ("home", "from home")):
        (line,) = lines(client, f"?area={area}")
        assert f",{where}," in line
        page = client.get(f"{PAGE}?area={area}")
        assert f"worth-of-a-place.csv?area={area}" in page.content.decode()
        assert text_of(page).count(" about 35 1.75") == 1
        assert client.get(f"{API}?area={area}").json()["results"][0]["where"] == where
    assert len(lines(client)) == len(lines(client, "?area=nowhere")) == 3
    assert client.get(f"{API}?area=nowhere").status_code == 400
    assert client.get(f"{API}?ward={HERE.code}").status_code == 400


def test_nothing_of_fewer_than_twenty_people_or_of_the_weight_of_one(client: Client) -> None:
    before = row()
    del before["weight"]
    plan(row(people=19), before | {"worth": 2.5})
    assert lines(client) == []
    assert "20 people without a place who named it and could take one" in text_of(client.get(PAGE))


def test_the_order_says_no_more_than_what_is_shown(client: Client) -> None:
    """1.70 and 1.74, 34 and 36 look alike: the name decides."""
    plan(row(ward=THERE.code, people=36, weight=1.74), row(people=34, weight=1.7), row(weight=2.1))
    first, *others = lines(client)
    assert first.endswith(",2.0")
    assert [line.split(",")[2] for line in others] == sorted([HERE.name, THERE.name])


def test_what_does_not_fit_the_page_is_in_the_file(client: Client) -> None:
    plan(*(row(ward=ward.code) for ward in WARDS))
    assert f"{len(WARDS) - 20} more line" in text_of(client.get(PAGE))
    assert len(lines(client)) == len(WARDS)


def test_before_the_first_plan(client: Client) -> None:
    assert "What one more place is worth" not in text_of(client.get(PAGE))
    assert lines(client) == []
    assert client.get(API).json()["results"] == []
