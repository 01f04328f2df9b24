"""Unmet supply, the plan of roles and what holds groups back, through the API."""

from typing import Any

import pytest
from django.test import Client

from core.clock import now, today
from insights.models import RolePlan, SegmentWeek, UnmetWeek
from insights.services import capacity
from opportunities.services import limits
from tests.factories.insights import SEGMENT_FIGURES, WARD, SegmentFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.api.insights.reading import BASE, broker, own_queries, read, steerer

pytestmark = pytest.mark.django_db

PARTS = {"work": 0.30, "cause": 0.25, "near": 0.15, "answers": 0.14, "room": 0.05, "going": 0.05}
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
FEW = {"value": None, "why": "few", "more_than": None, "words": "fewer than 8"}


def about(number: int) -> dict[str, Any]:
    return {"value": number, "why": "", "more_than": None, "words": f"about {number}"}


@pytest.fixture
def client() -> Client:
    return steerer()


@pytest.fixture
def unmet() -> UnmetWeek:
    return UnmetWeek.objects.create(
        week=today(),
        made_at=now(),
        waiting=900,
        unmet=700,
        unmatched=300,
        stops={
            "people": 300,
            "alone": [["distance", 121], ["dbs", 7]],
            "together": [[["distance", "time_overlap"], 79], [["age", "dbs"], 3]],
            "more": 2,
            "no_kind": 33,
        },
    )


class TestWhatStopsPeople:
    def test_nothing_before_it_has_been_looked_at(self, client: Client) -> None:
        assert read(client, "what-stops-people/") == dict.fromkeys(("week", "unmatched", "stops"))

    def test_rules_alone_and_together(self, client: Client, unmet: UnmetWeek) -> None:
        found = read(client, "what-stops-people/")
        assert (found["week"], found["unmatched"]) == (today().isoformat(), about(300))
        assert found["stops"] == {
            "alone": [
                {
                    "rules": ["distance"],
                    "words": "distance",
                    "action": "Roles nearer to them",
                    "people": about(120),
                },
            ],
            "together": [
                {
                    "rules": ["distance", "time_overlap"],
                    "words": "distance and time of the week",
                    "action": "Roles nearer to them and roles at their times",
                    "people": about(80),
                }
            ],
            "no_kind": about(35),
        }

    def test_queries(self, client: Client, unmet: UnmetWeek) -> None:
        assert own_queries(client, "what-stops-people/") == 1


class TestSegments:
    def test_one_in_full(self, client: Client, unmet: UnmetWeek) -> None:
        made = SegmentFactory(
            published=SEGMENT_FIGURES, published_month=f"{today():%Y-%m}", activity="gardening",
            times=["saturday"],
        )  # fmt: skip
        SegmentWeek.objects.create(
            segment=made, week=today(), people=12, places=4, places_for_most=2
        )
        place = {"activity": "gardening", "time": "saturday", "ward": WARD, "named": 44}
        row = place | {"places": 10, "by_many": 6.6, "by_one": 0.8}
        RolePlan.objects.create(made_at=now(), waiting=90, placeable=40, more_places=[row])
        found = read(client, f"segments/{made.pk}/")
        (listed,) = read(client, "segments/")["results"]
        assert {name: found[name] for name in listed} == listed
        assert [row["value"] for row in found["free"]][:3] == [0, None, 20]
        assert (found["free"][0]["code"], len(found["free"])) == ("mon_morning", 21)
        assert [row["people"] for row in found["stops"]["alone"]] == [about(15)]
        (help_,) = found["what_would_help"]
        assert (help_["ward"], help_["places"], help_["placed"]) == (WARD, 10, 7)
        (month,) = found["months"]
        assert (month["people"], month["places"]) == (about(10), 4)
        assert (month["places_for_most"], month["people_for_each_place"]) == (2, 5.0)

    def test_few_people_are_nobody(self, client: Client) -> None:
        made = SegmentFactory(published={**SEGMENT_FIGURES, "people": 7})
        assert client.get(f"{BASE}segments/{made.pk}/").status_code == 404
        assert read(client, "segments/")["results"] == []

    def test_queries(self, client: Client, unmet: UnmetWeek) -> None:
        for activity in ("gardening", "cooking"):
            made = SegmentFactory(published=SEGMENT_FIGURES, activity=activity)
        assert own_queries(client, "segments/") == 2
        assert own_queries(client, f"segments/{made.pk}/") <= 5


class TestRolePlan:
    def plan(self, *hosts: int) -> None:
        chosen = [{"group": pk, "parts": PARTS} for pk in hosts]
        unknown = {**ROLE, "activity": "made-up", "template": "", "people": 2, "named": 5}
        RolePlan.objects.create(
            made_at=now(), waiting=212, placeable=98, roles=[{**ROLE, "hosts": chosen}, unknown]
        )

    def test_nothing_before_there_is_one(self, client: Client) -> None:
        found = read(client, "role-plan/")
        assert (found["made_at"], found["brings"], found["roles"]) == (None, None, [])
        assert client.get(f"{BASE}role-plan/1/").status_code == 404

    def test_roles_with_their_people_hosts_and_draft(self, client: Client) -> None:
        group = OrganisationFactory(name="Example Garden")
        stopped = OrganisationFactory(unverified=True)
        self.plan(group.pk, stopped.pk)
        found = read(client, "role-plan/")
        assert (found["waiting"], found["placeable"]) == (about(210), about(100))
        assert found["brings"] == about(15)
        first, second = found["roles"]
        assert (first["named"], second["named"]) == (about(35), FEW)
        assert first["without"] == about(20)
        (host,) = first["hosts"]
        assert (host["group"], host["name"]) == (group.pk, "Example Garden")
        assert "It works for the same cause." in host["reasons"]
        assert (first["template"], second["template"]) == ("gardening", "")

    @pytest.mark.parametrize("address", ["role-plan/", "role-plan/1/"])
    def test_what_keeps_a_group_from_taking_more_is_for_the_volunteer_centre(
        self, address: str
    ) -> None:
        self.plan(OrganisationFactory().pk)
        told = []
        for client in (broker(), steerer()):
            found = read(client, address)
            (host,) = found.get("hosts") or found["roles"][0]["hosts"]
            told.append("something keeps it" in " ".join(host["reasons"]))
        assert told == [True, False]

    def test_which_of_those_who_wait_for_the_same_a_role_is_for(self, client: Client) -> None:
        self.plan()
        here = SegmentFactory(activity="gardening", times=["saturday"])
        SegmentFactory(activity="gardening", times=["sunday"])
        first, second = read(client, "role-plan/")["roles"]
        assert first["segments"] == [{"id": here.pk, "name": here.name, "is_near": True}]
        assert second["segments"] == []
        (mine,) = [one for one in read(client, "segments/")["results"] if one["planned_roles"]]
        assert (mine["id"], mine["planned_roles"]) == (here.pk, [{"number": 1, "is_near": True}])

    def test_one_role_in_full(self, client: Client) -> None:
        self.plan()
        found = read(client, "role-plan/1/")
        assert found["draft"]["code"] == found["template"] == "gardening"
        assert found["draft"]["description"]
        assert [row["why"] for row in found["waits"]].count("few") == 1
        assert [row["value"] for row in found["free"]][-3:] == [35, None, 10]
        assert read(client, "role-plan/2/")["draft"] is None
        assert client.get(f"{BASE}role-plan/3/").status_code == 404

    def test_the_volunteer_centre_reads_it_too(self) -> None:
        self.plan()
        assert len(read(broker(), "role-plan/")["roles"]) == 2

    def test_queries(self, client: Client) -> None:
        self.plan(*(OrganisationFactory().pk for _ in range(3)))
        assert own_queries(client, "role-plan/") == 7
        assert own_queries(client, "role-plan/1/") == 5

    def test_who_stays_without_a_place_has_roles_of_their_own(self, client: Client) -> None:
        group = OpportunityFactory(activities=["befriending"], full=True).organisation
        made = SegmentFactory()
        found = read(client, "role-plan/")
        assert (found["roles"], found["silent"]) == ([], None)
        (one,) = found["for_segments"]
        assert (one["segment"], one["people"], one["places"]) == (made.pk, about(25), 10)
        assert (one["activity"], one["when"]) == ("befriending", "weekday evenings")
        assert one["template"] == "befriending-visitor"
        (host,) = one["hosts"]
        assert (host["group"], host["told_on"]) == (group.pk, None)
        other = "E05013562" if one["ward"] != "E05013562" else "E05013553"
        assert read(client, f"role-plan/?area={other}")["for_segments"] == []


class TestWhatHoldsGroupsBack:
    def says(self, groups: int, **said: Any) -> None:
        for _ in range(groups):
            group = OpportunityFactory(activities=["gardening"], full=True).organisation
            limits.say(
                organisation=group, by=None, **{"reason": "training", "more_people": 4} | said
            )

    def test_nothing_before_it_is_worked_out(self, client: Client) -> None:
        found = read(client, "what-holds-groups-back/")
        assert (found["made_at"], found["everything"], found["reasons"]) == (None, None, [])

    def test_sums_of_enough_groups(self, client: Client) -> None:
        VolunteerFactory.create_batch(14, activities=["gardening"])
        self.says(3, cost_pounds=600)
        self.says(2, reason="premises", cost_pounds=600)
        capacity.refresh()
        found = read(client, "what-holds-groups-back/")
        of = {one["reason"]: one for one in found["reasons"]}
        assert (of["training"]["groups"], of["training"]["could_take"]) == (3, 10)
        assert of["training"]["placed"] == about(10)
        assert (of["training"]["pounds_a_year"], of["premises"]["pounds_a_year"]) == (1800, None)
        assert (of["premises"]["could_take"], of["premises"]["groups"]) == (None, 2)

    def test_queries(self, client: Client) -> None:
        VolunteerFactory.create_batch(14, activities=["gardening"])
        self.says(3)
        capacity.refresh()
        assert own_queries(client, "what-holds-groups-back/") == 3
