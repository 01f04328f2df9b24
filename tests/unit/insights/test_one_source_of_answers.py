"""What stands behind the figures is the same on the page, in its file and through the API: who
waits for the same, what stops people, the plan of roles, capacity, the funnel, a campaign, the
wait, the sector and the report.
"""

import csv
import html
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from core.clock import now, today
from insights import campaign_wording
from insights.models import CampaignGroup, CampaignMonth, CapacityFigures, RolePlan, UnmetWeek
from opportunities.models import Opportunity, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.figures import made_figures
from tests.factories.insights import (
    SEGMENT_FIGURES,
    WARD,
    CampaignFactory,
    ProspectusFactory,
    SegmentFactory,
)
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

ROLE: dict[str, Any] = {
    "activity": "gardening",
    "time": "saturday",
    "ward": WARD,
    "template": "gardening",
    "places": 10,
    "people": 12,
    "named": 33,
    "not_said": 14,
    "without": 21,
    "waits": [9, 10, 11, 3],
    "slots": [0] * 18 + [33, 5, 12],
    "wards": {WARD: 33},
    "hosts": [],
}
PARTS = {"work": 0.30, "cause": 0.25, "near": 0.15, "answers": 0.14, "room": 0.05, "going": 0.05}
STOPS = {
    "people": 300,
    "alone": [["distance", 121], ["dbs", 63], ["age", 7]],
    "together": [[["distance", "time_overlap"], 79], [["age", "dbs"], 3]],
    "more": 2,
    "no_kind": 33,
}
TOTALS = {
    "applied": 220,
    "answered": 150,
    "placed": 59,
    "started": 3,
    "offered_within_30_days": 25,
    "still_there_after_three_months": 70,
    "taken_up_meanwhile": 12,
    "used_the_wait": 30,
    "hours_confirmed": 1004,
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def client() -> Client:
    found = Client()
    found.force_login(UserFactory(delivery_group=True))
    return found


@pytest.fixture(autouse=True)
def borough() -> None:
    host = OrganisationFactory(name="Example Garden", legal_form="faith")
    hosts = [{"group": host.pk, "parts": PARTS}]
    more = {"activity": "gardening", "time": "saturday", "ward": WARD, "places": 10}
    RolePlan.objects.create(
        made_at=now(),
        waiting=212,
        placeable=98,
        roles=[{**ROLE, "hosts": hosts}, {**ROLE, "time": "sunday", "named": 7, "without": 7}],
        more_places=[more | {"named": 44, "by_many": 6.6, "by_one": 0.7}],
    )
    UnmetWeek.objects.create(
        week=today(),
        made_at=now(),
        waiting=900,
        unmet=700,
        unmatched=300,
        stops=STOPS,
    )
    SegmentFactory(activity="gardening", times=["saturday"], people=23, waited_days=100)
    role = OpportunityFactory(places=1)
    Opportunity.objects.filter(pk=role.pk).update(ward_code=WARD, applications_pending=9)
    Organisation.objects.update(ward_code=WARD)
    CapacityFigures.objects.create(
        made_at=now(),
        waiting=233,
        placeable=44,
        everything=63,
        reasons=[
            {"reason": "supervision", "groups": 5, "said_groups": 4, "more_people": 33,
             "placed": 23, "costed_groups": 3, "pounds": 3000, "costed_placed": 13},
            {"reason": "premises", "groups": 2, "said_groups": 2, "more_people": 9,
             "placed": 5, "costed_groups": 2, "pounds": 900, "costed_placed": 5},
        ],
    )  # fmt: skip
    made_figures(
        "2026-10",
        TOTALS,
        {
            ("hours_confirmed", "group-kind"): [700, 304],
            ("taken_up_meanwhile", "ward"): [20] * 23,
            ("used_the_wait", "ward"): [30] * 23,
        },
    )
    made_figures("2026-27", TOTALS, closed=False)


def of_api(client: Client, address: str) -> Any:
    answer = client.get(f"/api/v1/insights/{address}")
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def of_page(client: Client, address: str) -> str:
    return text_of(client.get(f"/insights/{address}"))


def of_file(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(f"/insights/{address}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def mark(one: dict[str, Any] | None) -> str:
    """A number of the API as a file of a page has it."""
    if one is None:
        return ""
    marks = {"few": "*", "kept_back": "–", "nothing": ""}
    return f"{one['value']:,.0f}" if one["value"] is not None else marks[one["why"]]


def cells(line: dict[str, str], *places: int) -> tuple[str, ...]:
    values = list(line.values())
    return tuple(values[place] for place in places)


#: The whole borough, and a ward.
narrowed = pytest.mark.parametrize("asked", ["", f"?area={WARD}"])


@narrowed
def test_segments(client: Client, asked: str) -> None:
    (one,) = of_api(client, f"segments/{asked}")["results"]
    (line,) = of_file(client, f"unmet-supply.csv{asked}")
    page = of_page(client, f"unmet-supply/{asked}")
    assert line["Who waits for the same"] == one["name"]
    assert line["People"] == mark(one["people"])
    assert one["name"] in page
    assert one["people"]["words"] in page
    lines = of_file(client, f"unmet-supply/{one['id']}.csv")
    found = of_api(client, f"segments/{one['id']}/")
    said = [row for name in ("kinds", "causes", "skills", "wards", "ways", "free")
            for row in found[name]]  # fmt: skip
    said += [stop for name in ("alone", "together") for stop in found["stops"][name]]
    numbers = [mark(row.get("people", row)) for row in said]
    assert [line["People"] for line in lines] == [mark(found["people"]), *numbers]


def test_what_stops_people(client: Client) -> None:
    found = of_api(client, "what-stops-people/")
    page, lines = of_page(client, "unmet-supply/what-stops-people/"), of_file(
        client, "unmet-supply/what-stops-people.csv"
    )  # fmt: skip
    said = [*found["stops"]["alone"], *found["stops"]["together"]]
    assert len(said) == 3
    assert [cells(line, 0, 1, 3) for line in lines] == [
        (one["action"], one["words"], mark(one["people"])) for one in said
    ]
    assert f"{found['unmatched']['words']} people" in page
    assert all(f"{one['action']} {one['people']['words']}" in page for one in said)


@narrowed
def test_more_places(client: Client, asked: str) -> None:
    (one,) = of_api(client, f"more-places/{asked}")["results"]
    (line,) = of_file(client, f"unmet-supply/more-places.csv{asked}")
    assert tuple(line.values()) == (
        *(one["kind"], one["when"], one["where"]),
        *(str(one["places"]), str(one["placed"]), str(one["placed_by_one"])),
    )
    page = of_page(client, f"unmet-supply/more-places/{asked}")
    assert f"about {one['placed']} people" in page


@narrowed
def test_the_plan_of_roles(client: Client, asked: str) -> None:
    found = of_api(client, f"role-plan/{asked}")
    lines, page = of_file(client, f"roles-worth-creating.csv{asked}"), of_page(
        client, f"roles-worth-creating/{asked}"
    )  # fmt: skip
    assert len(found["roles"]) == 2
    for one, line in zip(found["roles"], lines, strict=True):
        hosts = "; ".join(host["name"] for host in one["hosts"])
        assert cells(line, 0, 1, 2, 3, 4, 5, 6, 7, 9) == (
            *(str(one["number"]), one["kind"], one["when"], one["where"], str(one["places"])),
            *(mark(one["named"]), mark(one["not_said"]), mark(one["without"]), hosts),
        )
        assert f"{one['title']} {one['named']['words']} {one['without']['words']}" in page
    first = of_api(client, "role-plan/1/")
    detail = of_page(client, "roles-worth-creating/1/")
    for row in [*first["waits"], *first["wards"]]:
        assert f"{row['label']} {row['words']}" in detail
    assert all(reason in detail for reason in first["hosts"][0]["reasons"])
    assert first["draft"]["summary"] in detail


def test_what_holds_groups_back(client: Client) -> None:
    found = of_api(client, "what-holds-groups-back/")
    lines = of_file(client, "what-holds-groups-back.csv")
    said = [
        (
            *(one["label"], str(one["groups"]), str(one["could_take"] or "")),
            *(mark(one["placed"]), str(one["pounds_a_year"] or "")),
            *(str(one["groups_that_named_a_cost"] or ""), mark(one["placed_by_these"])),
            str(one["pounds_for_each_person"] or ""),
        )
        for one in found["reasons"]
    ]
    assert [tuple(line.values()) for line in lines] == said
    page = of_page(client, "what-holds-groups-back/")
    assert f"{found['everything']['words']} people who are waiting now" in page
    assert found["finding"] in page


def test_the_funnel(client: Client) -> None:
    found = of_api(client, "funnel/")
    lines, page = of_file(client, "funnel/csv/"), of_page(client, "funnel/")
    said = [*found["steps"], found["still_there"]]
    assert [(line["Step"], line["In words"]) for line in lines] == [
        (step["title"], step["words"]) for step in said
    ]
    assert found["finding"] in page
    assert found["still_there_in_words"] in page
    assert all(f"{step['title']} {step['words']}" in page for step in found["steps"])


def test_a_campaign(client: Client) -> None:
    campaign = CampaignFactory(state="sent", confirmed_at=now(), finished_at=now())
    prospectus = ProspectusFactory(opened_at=now())
    CampaignGroup.objects.create(
        campaign=campaign, organisation=prospectus.organisation, supply="s", arm="written",
        outcome="mailed", prospectus=prospectus,
    )  # fmt: skip
    arm = {"groups": 40, "began": 20, "published": 15, "applied": 9, "placed": 8, "there": 0}
    CampaignMonth.objects.create(
        campaign=campaign,
        month="2026-10",
        worked_out_at=now(),
        figures={
            "written": arm | {"due": 0},
            "comparison": arm | {"began": 2, "due": 0},
            "people": {"applied": 33, "placed": 5, "due": 0, "there": 0},
        },
    )
    found = of_api(client, f"campaigns/{campaign.pk}/")
    page = of_page(client, f"campaigns/{campaign.pk}/")
    file = {row["What"]: row for row in of_file(client, f"campaigns/{campaign.pk}/file/")}
    assert found["finding"] in page
    assert all(line in page for line in [*found["people"], *found["groups_meant"]])
    for name, words in campaign_wording.SENT.items():
        assert file[str(words)]["Written to"] == str(found["sent"][name])
    for step in found["chain"]["steps"]:
        row = file[f"Groups that {campaign_wording.STEPS[step['code']]}"]
        assert (row["Written to"], row["Not written to"]) == (
            str(step["written_to"]),
            str(step["not_written_to"]),
        )
        assert float(row["Lowest"]) == step["difference"]["lowest"]
    for one in found["chain"]["people"]:
        did = campaign_wording.PEOPLE[one["code"]]
        assert file[f"People who {did}"]["Written to"] == mark(one["people"])


@narrowed
def test_over_asked_roles(client: Client, asked: str) -> None:
    (one,) = of_api(client, f"over-asked/{asked}")["results"]
    (line,) = of_file(client, f"over-asked.csv{asked}")
    page = of_page(client, f"over-asked/{asked}")
    could_do = [what["label"] for what in one["could_do"]]
    numbers = (str(one["places_left"]), str(one["waiting_for_an_answer"]))
    assert cells(line, 0, 1, 3, 4) == (one["title"], one["organisation_name"], *numbers)
    assert f"{one['title']} {one['organisation_name']} {' '.join(numbers)}" in page
    assert all(what in page for what in could_do)
    assert all(what in line["What the group could do"] for what in could_do)


@pytest.mark.parametrize("asked", ["", f"?area={WARD}", "?period=2026-10", "?period=2026-27"])
def test_the_useful_wait(client: Client, asked: str) -> None:
    found = of_api(client, f"useful-wait/{asked}")
    page, lines = of_page(client, f"useful-wait/{asked}"), of_file(
        client, f"useful-wait.csv{asked}"
    )  # fmt: skip
    periods = [*found["years"], *found["months"]]
    assert periods
    assert [line["Year or month"] for line in lines] == [one["code"] for one in periods]
    for one, line in zip(periods, lines, strict=True):
        for figure in one["figures"]:
            assert figure["words"] in page
            if figure["value"] is not None:
                assert line[figure["title"]].strip("%") == f"{figure['value']:,.0f}"


@narrowed
def test_the_sector(client: Client, asked: str) -> None:
    found = of_api(client, f"sector/{asked}")
    page, lines = of_page(client, f"sector/{asked}"), of_file(client, f"sector/csv/{asked}")
    assert found["groups"] == 2
    assert [(line["By"], line["Category"], line["Groups"]) for line in lines] == [
        (one["title"], part["label"], str(part["groups"]))
        for one in found["breakdowns"]
        for part in one["parts"]
    ]
    assert all(sentence in page for sentence in [*found["sentences"], *found["limits"]])


def test_the_report(client: Client) -> None:
    found = of_api(client, "reports/2026-27/")
    page = of_page(client, "reports/2026-27/")
    assert found["sections"]
    assert all(sentence in page for sentence in found["summary"])
    for section in found["sections"]:
        assert section["title"] in page
        assert all(html.unescape(sentence) in page for sentence in section["sentences"])


@pytest.mark.parametrize(
    ("change", "address"),
    [
        (lambda: RolePlan.objects.update(roles=[{**ROLE, "named": 36}]), "role-plan/"),
        (lambda: UnmetWeek.objects.update(unmatched=304), "what-stops-people/"),
        (lambda: CapacityFigures.objects.update(everything=68), "what-holds-groups-back/"),
    ],
)
def test_another_number_would_be_seen(
    client: Client, change: Callable[[], Any], address: str
) -> None:
    before = of_api(client, address)
    change()
    assert of_api(client, address) != before


def test_made_of_the_month_that_stands(client: Client) -> None:
    """The true figures of a segment are not what is told of it."""
    month = f"{today() - timedelta(days=60):%Y-%m}"
    SegmentFactory(people=91, published=SEGMENT_FIGURES, published_month=month)
    said = {one["people"]["value"] for one in of_api(client, "segments/")["results"]}
    assert said == {25}
