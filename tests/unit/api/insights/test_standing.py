"""How it stands, what comes of asking, fairness, the wait, the sector and reports, by the API."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from core.clock import now
from core.places.wards import WARDS
from core.week import SLOTS_BY_CODE, mask_of
from insights.models import YearlyQuestion
from insights.services import targets
from matching.models import ModelVersion
from opportunities.models import Opportunity
from placements.services import useful_links
from tests.factories.accounts import UserFactory
from tests.factories.figures import made_figures
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from tests.unit.api.insights.reading import BASE, own_queries, read, steerer

pytestmark = pytest.mark.django_db

TOTALS = {
    "people_waiting": 640,
    "places_open": 210,
    "applied": 220,
    "answered": 150,
    "placed": 59,
    "started": 52,
    "still_there_after_three_months": 70,
    "offered_within_30_days": 25,
    "days_until_placed": 40,
    "taken_up_meanwhile": 12,
    "used_the_wait": 30,
    "helped_in_each_month": 3,
    "hours_confirmed": 1004,
}
SPLITS = {
    ("people_waiting", "ward"): [20 + 10 * (place % 5) for place in range(21)] + [3, 40],
    ("offered_within_30_days", "age"): [20, 30, 25],
    ("hours_confirmed", "group-kind"): [700, 304],
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def figures() -> None:
    made_figures("2026-27", TOTALS, closed=False)
    made_figures("2026-10", TOTALS, SPLITS)
    made_figures("2026-11", TOTALS | {"placed": 3}, closed=False)


@pytest.fixture
def client() -> Client:
    return steerer()


@pytest.mark.parametrize("address", ["funnel/", "fairness/", "regular-volunteering/"])
class TestOfAPeriod:
    def test_nothing_before_there_are_figures(self, client: Client, address: str) -> None:
        assert client.get(BASE + address).status_code == 404

    @pytest.mark.usefixtures("figures")
    def test_the_last_month_that_is_over_unless_another_is_asked_for(
        self, client: Client, address: str
    ) -> None:
        assert read(client, address)["code"] == "2026-10"
        assert read(client, f"{address}?period=2026-27")["closed"] is False
        assert client.get(f"{BASE}{address}?period=2025-10").status_code == 404
        assert client.get(f"{BASE}{address}?by=ward").status_code == 400

    @pytest.mark.usefixtures("figures")
    def test_queries(self, client: Client, address: str) -> None:
        # The periods, the figures; of regular volunteering also the question, twice.
        few = 4 if address.startswith("regular") else 2
        assert own_queries(client, address) == few


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("address", ["funnel/", "fairness/", "regular-volunteering/"])
def test_of_one_ward(client: Client, address: str) -> None:
    ward = WARDS[0]
    found = read(client, f"{address}?area={ward.code}")
    assert (found["area"], read(client, address)["area"]) == (ward.code, "")
    assert ward.name in found["finding"]
    assert client.get(f"{BASE}{address}?area=E99999999").status_code == 400


@pytest.mark.usefixtures("figures")
def test_funnel_step_by_step(client: Client) -> None:
    found = read(client, "funnel/")
    steps = [(step["measure"], step["words"]) for step in found["steps"]]
    assert steps == [
        ("applied", "about 220"),
        ("answered", "about 150"),
        ("placed", "about 60"),
        ("started", "about 50"),
    ]
    assert found["finding"] == (
        "October 2026: people asked about 220 times, and got about 60 places"
    )
    assert found["still_there"]["value"] == 70
    few = read(client, "funnel/?period=2026-11")["steps"][2]
    assert (few["value"], few["why"]) == (None, "few")


@pytest.mark.usefixtures("figures")
def test_fairness_by_each_thing(client: Client) -> None:
    found = read(client, "fairness/?figure=offered_within_30_days")
    assert found["figure"]["value"] == 25
    (split,) = [one for one in found["splits"] if not one["all_hidden"]]
    assert (split["by"], [row["value"] for row in split["rows"]]) == ("age", [20, 30, 25])
    assert [row["base"] for row in split["rows"]] == [1000] * 3
    assert read(client, "fairness/?period=2026-11")["splits"] == []
    assert client.get(f"{BASE}fairness/?figure=placed").status_code == 400


@pytest.mark.usefixtures("figures")
def test_regular_volunteering_and_the_yearly_question(client: Client) -> None:
    found = read(client, "regular-volunteering/")
    assert found["steps"][-1]["measure"] == "helped_in_each_month"
    assert found["steps"][-1]["why"] == "few"
    assert found["limits"]
    assert found["yearly_question"] is None
    YearlyQuestion.objects.create(
        year="2026-27", opens=date(2026, 6, 1), closes=date(2026, 7, 1), asked=90
    )
    question = read(client, "regular-volunteering/")["yearly_question"]
    assert (question["asked"], question["replies"], question["answers"]) == (90, 0, [])


@pytest.mark.usefixtures("figures")
def test_minute(client: Client) -> None:
    targets.set_target(
        measure="people_waiting",
        value=600,
        begins=date(2026, 11, 1),
        by=UserFactory(delivery_group=True),
    )
    found = read(client, "minute/")
    assert (found["period"], found["area"]) == ("2026-11", "")
    assert found["headlines"]
    waiting = next(one for one in found["figures"] if one["measure"] == "people_waiting")
    assert (waiting["value"], waiting["target"]) == (640, {"value": 600, "reached": False})
    assert waiting["changes"][0].startswith("About the same as")
    assert own_queries(client, "minute/") <= 5


@pytest.mark.usefixtures("figures")
def test_minute_of_a_month_and_of_a_ward(client: Client) -> None:
    assert read(client, "minute/?period=2026-10")["period"] == "2026-10"
    found = read(client, f"minute/?period=2026-10&area={WARDS[0].code}")
    assert found["area"] == WARDS[0].code
    waiting = next(one for one in found["figures"] if one["measure"] == "people_waiting")
    assert waiting["value"] == 20
    assert client.get(f"{BASE}minute/?period=2020-01").status_code == 404
    assert client.get(f"{BASE}minute/?area=E99999999").status_code == 400


def test_minute_before_there_are_figures(client: Client) -> None:
    assert read(client, "minute/") == {
        "period": None,
        "area": "",
        "worked_out_at": None,
        "headlines": [],
        "since": "",
        "figures": [],
    }


def test_model(client: Client) -> None:
    empty: dict[str, object] = {"model": None, "last_ranking_at": None, "learned": None, "told": []}
    assert read(client, "model/") == empty
    ModelVersion.objects.create(version="v1", fitted_at=now(), roles=7, fingerprint="f")
    assert read(client, "model/")["model"]["version"] == "v1"
    assert own_queries(client, "model/") == 4


@pytest.mark.usefixtures("figures")
def test_useful_wait(client: Client) -> None:
    link = useful_links.add(
        by=None, kind="training", title="First aid", address="https://www.example.org/course"
    )
    for _ in range(3):
        useful_links.follow(link)
    found = read(client, "useful-wait/")
    assert [one["code"] for one in found["months"]] == ["2026-10", "2026-11"]
    assert found["years"][0]["figures"][0]["words"] == "about 10"
    (row,) = found["links"]
    assert (row["title"], row["times"]["why"]) == ("First aid", "few")
    assert own_queries(client, "useful-wait/") == 2


class TestOverAsked:
    def asked(self, *, pending: int = 9, listed: int = 0) -> Opportunity:
        saturday = mask_of([SLOTS_BY_CODE["sat_morning"]])
        role = OpportunityFactory(title="Lunch club helper", places=4, causes=["older-people"])
        for _ in range(pending):
            person = VolunteerFactory(availability=saturday)
            ApplicationFactory(opportunity=role, volunteer=person)
        for _ in range(listed):
            WaitingListEntryFactory(opportunity=role, volunteer=VolunteerFactory())
        Opportunity.objects.filter(pk=role.pk).update(applications_pending=pending)
        return role

    def test_what_the_group_could_do(self, client: Client) -> None:
        role = self.asked()
        (found,) = read(client, "over-asked/")["results"]
        assert (found["opportunity"], found["waiting_for_an_answer"]) == (role.pk, 9)
        could = {one["kind"]: one["room"] for one in found["could_do"]}
        # For how many a shift makes room says when those who asked are free.
        assert could.pop("shifts") is None
        assert {kind: room["value"] for kind, room in could.items()} == {"job_share": 4, "turns": 8}

    def test_neither_how_long_a_list_is_nor_when_people_are_free(self, client: Client) -> None:
        roles = [self.asked(), self.asked(pending=10), self.asked(pending=3)]
        Opportunity.objects.filter(pk=roles[-1].pk).update(places=2)
        before = client.get(f"{BASE}over-asked/").content
        assert before.count(b"waiting_for_an_answer") == 2
        for _ in range(7):
            for role in roles:
                WaitingListEntryFactory(opportunity=role, volunteer=VolunteerFactory())
            assert client.get(f"{BASE}over-asked/").content == before
        assert b"saturday" not in before.lower()
        assert b"sat_morning" not in before

    def test_queries(self, client: Client) -> None:
        self.asked()
        few = own_queries(client, "over-asked/")
        self.asked()
        self.asked(listed=3)
        assert own_queries(client, "over-asked/") == few <= 7


@pytest.mark.usefixtures("figures")
def test_sector(client: Client) -> None:
    OrganisationFactory.create_batch(2, legal_form="faith")
    found = read(client, "sector/")
    kinds = next(one for one in found["breakdowns"] if one["code"] == "kind")
    assert {"code": "faith", "label": "Faith group", "groups": 2} in kinds["parts"]
    assert (found["groups"], found["year"], found["hours"]["value"]) == (2, "2026-27", 1000)
    assert found["sentences"]
    assert [row["value"] for row in found["hours_by_kind"]] == [700, 300]
    assert own_queries(client, "sector/") == 4


@pytest.mark.usefixtures("figures")
class TestReports:
    def test_years_with_their_files(self, client: Client) -> None:
        (one,) = read(client, "reports/")["results"]
        assert (one["code"], one["closed"]) == ("2026-27", False)
        for kind, begins in (("pdf", b"%PDF"), ("xlsx", b"PK")):
            answer = client.get(one[kind].partition("8000")[2])
            assert answer.status_code == 200
            assert answer.content.startswith(begins)
            assert answer["Content-Disposition"].endswith(f'2026-27.{kind}"')
            assert "no-store" in answer["Cache-Control"]

    def test_the_data_are_those_of_the_workbook(self, client: Client) -> None:
        found = read(client, "reports/2026-27/")
        assert len(found["summary"]) >= 1
        tables = [table for section in found["sections"] for table in section["tables"]]
        sheet = load_workbook(io.BytesIO(client.get(f"{BASE}reports/2026-27/xlsx/").content))
        assert len(tables) >= 5
        assert tables[0]["lines"][0]["cells"]
        said = {
            str(cell) for one in sheet for row in one.iter_rows(values_only=True) for cell in row
        }
        for table in tables:
            for line in table["lines"]:
                assert line["label"] in said or f"'{line['label']}" in said, line["label"]

    @pytest.mark.parametrize(
        "address", ["reports/2024-25/", "reports/2026-10/", "reports/no/", "reports/2026-27/doc/"]
    )
    def test_what_there_is_none_of(self, client: Client, address: str) -> None:
        assert client.get(BASE + address).status_code == 404


def test_a_parameter_that_is_none_is_an_error(client: Client) -> None:
    addresses: list[Any] = [
        *("minute/", "model/", "what-stops-people/", "more-places/", "role-plan/", "sector/"),
        *("what-holds-groups-back/", "over-asked/", "useful-wait/", "campaigns/", "what-if/"),
        *("segments/", "targets/", "reports/"),
    ]
    for address in addresses:
        assert client.get(f"{BASE}{address}?made_up=1").status_code == 400, address
