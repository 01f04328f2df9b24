"""What more places would do: as the page, its file and the API show it."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from core.clock import now
from core.places.wards import WARDS
from insights.models import RolePlan
from tests.factories.accounts import UserFactory
from tests.factories.insights import SegmentFactory
from tests.unit.web.pages import heading_of, text_of
from tests.unit.web.queries import own_queries

pytestmark = pytest.mark.django_db

PAGE = "/insights/unmet-supply/more-places/"
FILE = "/insights/unmet-supply/more-places.csv"
API = "/api/v1/insights/more-places/"
HERE, THERE = WARDS[0], WARDS[1]


@pytest.fixture
def client() -> Client:
    found = Client()
    found.force_login(UserFactory(delivery_group=True))
    return found


def row(**fields: Any) -> dict[str, Any]:
    given = {"activity": "gardening", "time": "saturday", "ward": HERE.code, "places": 10}
    return {**given, "named": 33, "by_many": 6.6, "by_one": 0.8, **fields}


def plan(*rows: dict[str, Any]) -> None:
    RolePlan.objects.create(made_at=now(), waiting=90, placeable=40, more_places=list(rows))


def lines(client: Client, asked: str = "") -> list[str]:
    return client.get(FILE + asked).content.decode("utf-8-sig").splitlines()[1:]


def test_people_for_ten_places_in_whole_numbers_and_for_one_in_quarters(client: Client) -> None:
    plan(row())
    page = text_of(client.get(PAGE))
    assert f"Gardening Saturdays, {HERE.name} about 7 people" in page
    assert lines(client) == [f"Gardening,Saturdays,{HERE.name},10,7,0.75"]
    (found,) = client.get(API).json()["results"]
    assert (found["activity"], found["ward"]) == ("gardening", HERE.code)
    assert (found["places"], found["placed"], found["placed_by_one"]) == (10, 7, 0.75)


def test_how_many_people_could_take_one_is_not_said(client: Client) -> None:
    """Of many lines that overlap, counts could be held against each other."""
    plan(row(named=25))
    shown = [client.get(address).content for address in (PAGE, FILE, API)]
    RolePlan.objects.update(more_places=[row(named=61)])
    for address, before in zip((PAGE, FILE, API), shown, strict=True):
        assert _without_tokens(client.get(address).content) == _without_tokens(before)


def _without_tokens(content: bytes) -> str:
    return re.sub(r'(value|nonce)="[^"]*"', "", content.decode())


def test_the_heading_says_where_it_is_best_and_the_lead_what_half_bring(client: Client) -> None:
    plan(row(), row(ward=THERE.code, by_many=3.1), row(ward=WARDS[2].code, by_many=2.2))
    page = client.get(PAGE)
    best = f"10 more places (gardening, Saturdays, {HERE.name}) would place about 7 people"
    assert heading_of(page) == best
    assert "at half of the 3 kinds of work, times and wards" in text_of(page)
    assert "would place about 3 people or fewer" in text_of(page)


def test_says_at_how_many_one_place_alone_places_somebody(client: Client) -> None:
    plan(row(by_one=0.9), row(ward=THERE.code, by_one=0.8), row(ward=WARDS[2].code, by_one=1))
    assert "would place 1 person, in nearly every draw, at 2 of these 3" in text_of(
        client.get(PAGE)
    )


def test_of_several_that_look_alike_the_heading_names_none(client: Client) -> None:
    plan(row(by_many=6.6), row(ward=THERE.code, by_many=7.4))
    assert heading_of(client.get(PAGE)) == (
        "At the best 2 kinds of work, times and wards, 10 more places would each place about 7 "
        "people"
    )


def test_the_address_narrows_it_to_a_ward_or_to_what_is_done_from_home(client: Client) -> None:
    plan(row(), row(ward=THERE.code, time="sunday"), row(ward="", activity="phone-calls"))
    for area, where in ((HERE.code, HERE.name), (THERE.code, THERE.name), ("home", "from home")):
        (line,) = lines(client, f"?area={area}")
        assert f",{where}," in line
        page = client.get(f"{PAGE}?area={area}")
        assert f"more-places.csv?area={area}" in page.content.decode()
        assert text_of(page).count(f"{where} about 7 people") == 1
        assert client.get(f"{API}?area={area}").json()["results"][0]["where"] == where
    assert len(lines(client)) == len(lines(client, "?area=nowhere")) == 3
    assert client.get(f"{API}?area=nowhere").status_code == 400
    assert client.get(f"{API}?ward={HERE.code}").status_code == 400


def test_nothing_of_fewer_than_twenty_people_or_of_what_would_place_nobody(client: Client) -> None:
    plan(row(named=19), row(by_many=0.4))
    assert lines(client) == []
    assert "Nothing can be shown here" in text_of(client.get(PAGE))


def test_the_order_says_no_more_than_what_is_shown(client: Client) -> None:
    """6.6 and 7.4 look alike, and so do 0.7 and 0.8: the name decides."""
    plan(row(ward=THERE.code, by_many=7.4), row(by_one=0.7), row(by_many=8))
    first, *others = lines(client)
    assert first.endswith(",8,0.75")
    assert [line.split(",")[2] for line in others] == sorted([HERE.name, THERE.name])


def test_ten_and_the_best_of_other_times_are_on_the_page_and_all_in_the_file(
    client: Client,
) -> None:
    evening = {"time": "weekday-evening", "by_many": 2.2}
    plan(*(row(ward=ward.code) for ward in WARDS), *(row(ward=w.code, **evening) for w in WARDS))
    page = text_of(client.get(PAGE))
    assert len(re.findall(r"Saturdays, [^,]* about 7 people", page)) == 10
    assert page.count("about 2 people Simulate") + page.count("about 2 people 1 more") == 1
    assert f"{2 * len(WARDS) - 11} more lines are in the file" in page
    assert len(lines(client)) == 2 * len(WARDS)


def test_each_leads_to_a_simulation_of_it(client: Client) -> None:
    plan(row())
    page = client.get(PAGE).content.decode()
    (address,) = set(re.findall(r'href="([^"]*what-if/ask/[^"]*saturday[^"]*)"', page))
    form = client.get(html.unescape(address)).content.decode()
    assert re.search(r'value="own"[^>]*checked', form)
    assert re.search(r'value="saturday" selected', form)
    assert re.search(r'value="gardening" selected', form)


def test_leads_to_writing_about_who_waits_for_it(client: Client) -> None:
    plan(row(activity="befriending", time="weekday-evening"))
    assert "campaigns/new/?" not in client.get(PAGE).content.decode()
    found = SegmentFactory()
    assert f"?segment={found.pk}" in client.get(PAGE).content.decode()


def test_who_may_not_steer_has_no_such_links() -> None:
    plan(row())
    broker = Client()
    broker.force_login(UserFactory(broker=True))
    assert "what-if/ask" not in broker.get(PAGE).content.decode()


def test_before_the_first_plan(client: Client) -> None:
    assert heading_of(client.get(PAGE)) == "What more places would do"
    assert lines(client) == []
    assert client.get(API).json()["results"] == []


def test_one_query_in_the_api_and_few_on_the_page(client: Client) -> None:
    plan(row(), row(ward=THERE.code))
    assert len(own_queries(client, API)) == 1
    assert len(own_queries(client, PAGE)) <= 3
