"""The pages of the roles worth creating: what they say, and that they say nobody's number."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from core.clock import now
from insights.models import RolePlan, Segment
from tests.factories.accounts import UserFactory
from tests.factories.insights import ProspectusFactory, SegmentFactory
from tests.factories.opportunities import OrganisationFactory
from tests.unit.web.queries import own_queries

pytestmark = pytest.mark.django_db

ALL = "/insights/roles-worth-creating/"
WARD, OTHER, THIRD = "E05013552", "E05013553", "E05013554"
PARTS = {
    "work": 0.30,
    "cause": 0.25,
    "near": 0.15,
    "answers": 0.14,
    "room": 0.05,
    "going": 0.05,
}


def row(**fields: Any) -> dict[str, Any]:
    return {
        "activity": "gardening",
        "time": "saturday",
        "ward": WARD,
        "template": "gardening",
        "places": 10,
        "people": 10,
        "named": 33,
        "not_said": 14,
        "without": 21,
        "waits": [9, 10, 11, 3],
        "slots": [0] * 18 + [33, 5, 12],
        "wards": {WARD: 18, OTHER: 13, THIRD: 2},
        "hosts": [],
        **fields,
    }


def plan(*roles: dict[str, Any]) -> RolePlan:
    return RolePlan.objects.create(made_at=now(), waiting=212, placeable=98, roles=list(roles))


@pytest.fixture
def reader(client: Any) -> Any:
    client.force_login(UserFactory(delivery_group=True))
    return client


def text(page: Any) -> str:
    assert page.status_code == 200
    words = re.sub(r"<[^>]+>", " ", page.content.decode())
    return " ".join(words.split())


def test_the_plan_says_how_many_more_its_roles_would_place(reader: Any) -> None:
    plan(row(), row(people=9))
    assert (
        "With these roles, 20 places in all, about 20 more would be placed, "
        "at best: if those who ask are shared out as well as can be." in text(reader.get(ALL))
    )


def test_a_group_that_is_named_for_several_is_said_to_be(reader: Any) -> None:
    group, other = OrganisationFactory(name="Spade Club"), OrganisationFactory(name="Hoe Club")
    first, second = ({"group": one.pk, "parts": PARTS} for one in (group, other))
    plan(row(hosts=[first, second]), row(hosts=[first]))
    assert "named for several roles: Spade Club for 2. Ask" in text(reader.get(ALL))


def test_says_which_people_who_wait_for_the_same_it_is_for(reader: Any) -> None:
    found = SegmentFactory(activity="gardening", times=["saturday"], area=[OTHER])
    plan(row(), row(time="sunday"))
    page = text(reader.get(ALL))
    assert "1 of the 2 planned roles is for such a group" in page
    assert f"{found.name} (in other wards)" in page
    assert found.name in text(reader.get(f"{ALL}1/"))
    assert "waits for this kind of work at this time" in text(reader.get(f"{ALL}2/"))


def test_for_people_who_stay_without_a_place_there_is_a_list_of_its_own(reader: Any) -> None:
    plan(row())
    found = SegmentFactory()
    page = reader.get(ALL)
    words = text(page)
    title = "1 new role for people who stay without a place, and 1 thought to place the most"
    assert title in words
    first = words.index("For people who stay without a place")
    role = words.index("Listening and befriending, weekday evenings, Marlborough about 25")
    assert first < role < words.index("Places the most people")
    for link in (
        f"/insights/unmet-supply/{found.pk}/",
        f"/insights/campaigns/new/?segment={found.pk}",
        "/insights/campaigns/new/?planned=1",
        f"/insights/what-if/ask/?activity=gardening&amp;time=saturday&amp;ward={WARD}&amp;places=10",
    ):
        assert f'href="{link}"' in page.content.decode()


def test_the_lists_are_there_without_each_other(reader: Any) -> None:
    SegmentFactory()
    page = text(reader.get(ALL))
    assert "weekday evenings, Marlborough" in page
    assert "There is no plan yet" in page
    assert "all the planned roles" not in page
    Segment.objects.all().delete()
    plan(row())
    page = text(reader.get(ALL))
    assert "There is no such group now." in page
    assert "There is no plan yet" not in page
    assert "Simulate what all the planned roles would bring" in page


def test_who_may_not_steer_is_offered_no_letters(client: Any) -> None:
    client.force_login(UserFactory(broker=True))
    plan(row())
    SegmentFactory()
    for address in (ALL, f"{ALL}1/"):
        page = client.get(address).content.decode()
        assert "/insights/campaigns/new/" not in page
        assert "/insights/what-if/ask/" not in page


def test_who_has_not_said_what_they_would_like_can_be_asked(reader: Any, client: Any) -> None:
    plan(row())
    assert "have not said what they would like" not in text(reader.get(ALL))
    RolePlan.objects.update(silent=57)
    said = "About 55 of those who wait have not said what they would like."
    page = reader.get(ALL)
    assert said in text(page)
    assert "/desk/people/" not in page.content.decode()
    client.force_login(UserFactory(broker=True))
    page = client.get(ALL)
    assert said in text(page)
    assert 'href="/desk/people/?only=silent"' in page.content.decode()
    # A few who have said are not found out.
    RolePlan.objects.update(silent=206)
    assert said[9:] not in text(client.get(ALL))


def test_a_group_leads_to_the_page_that_the_reader_may_see(client: Any) -> None:
    group = OrganisationFactory(website="https://spades.example.org")
    plan(row(hosts=[{"group": group.pk, "parts": PARTS}]))
    desk, own = f'href="/desk/groups/{group.pk}/"', 'href="https://spades.example.org"'
    for role, seen, unseen in (("broker", desk, own), ("delivery_group", own, desk)):
        client.force_login(UserFactory(**{role: True}))
        page = client.get(f"{ALL}1/").content.decode()
        assert seen in page
        assert unseen not in page


def test_groups_whose_reasons_are_alike_have_numbers(reader: Any) -> None:
    group = OrganisationFactory(postcode="HA1 2TU")
    type(group).objects.filter(pk=group.pk).update(median_answer_days=3.2)
    plan(row(hosts=[{"group": group.pk, "parts": PARTS}]))
    assert "3 days not yet" in text(reader.get(f"{ALL}1/"))
    ProspectusFactory(
        organisation=group,
        counted__activity="gardening",
        made_at=datetime(2026, 10, 3, 12, tzinfo=UTC),
    )
    assert "3 days 3 October 2026" in text(reader.get(f"{ALL}1/"))


def test_a_ward_is_named_only_where_it_stands_out(reader: Any) -> None:
    plan(row(wards={WARD: 12, OTHER: 11}), row(wards={WARD: 22, OTHER: 11}))
    assert "More of them live in" not in text(reader.get(f"{ALL}1/"))
    assert "More of them live in" in text(reader.get(f"{ALL}2/"))


def test_few_whom_the_roles_would_place_are_not_counted(reader: Any) -> None:
    plan(row(people=4), row(people=3))
    assert "With these roles" not in text(reader.get(ALL))


def test_each_role_says_how_many_people_wait_for_it(reader: Any) -> None:
    plan(row(), row(activity="litter-picking", named=5, without=5, waits=[5, 0, 0, 0], wards={}))
    page = text(reader.get(ALL))
    assert "About 210 people waited on" in page
    assert "about 100 of them" in page
    assert "Gardening" in page
    assert "about 35" in page
    assert "about 20" in page
    assert page.count("fewer than 8") == 2


def test_who_has_not_said_what_they_would_like_is_told_of_apart(reader: Any) -> None:
    plan(row(), row(not_said=7), row(not_said=0), row(named=7, without=0, not_said=30))
    first = text(reader.get(f"{ALL}1/"))
    assert "About 35 people who wait named this kind of work or its cause" in first
    assert "About 15 more have not said what they would like." in first
    for number in (2, 3, 4):
        assert "have not said what they would like. They are" not in text(
            reader.get(f"{ALL}{number}/")
        )


def test_no_true_count_leaves(reader: Any) -> None:
    plan(row())
    pages = [text(reader.get(ALL)), text(reader.get(f"{ALL}1/"))]
    pages.append(reader.get(f"{ALL[:-1]}.csv").content.decode())
    for page in pages:
        for true in (" 33 ", " 14 ", " 21 ", " 18 ", " 13 ", " 11 ", " 2 ", "212", "98"):
            assert true not in page


def test_the_charts_of_a_role_have_a_file_with_the_same_numbers(reader: Any) -> None:
    plan(row())
    assert reader.get(f"{ALL}1/").content.decode().count(f'href="{ALL}1.csv"') == 3
    lines = reader.get(f"{ALL}1.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "What,Which,People"
    assert 'Free,"Sunday, evening",10' in lines
    assert any(line.startswith("How long these people wait,") and "*" in line for line in lines)
    assert any(line.startswith("Where these people live,") and "–" in line for line in lines)
    assert reader.get(f"{ALL}2.csv").status_code == 404


def test_a_hidden_ward_cannot_be_worked_out_from_the_total(reader: Any) -> None:
    """18 and 13 of 33 leave 2: so one more ward is kept back."""
    plan(row())
    page = text(reader.get(f"{ALL}1/"))
    assert "kept back" in page


def test_the_page_of_a_role_names_the_groups_to_ask_and_why(reader: Any) -> None:
    group, stopped = OrganisationFactory(name="Spade Club"), OrganisationFactory(suspended=True)
    hosts = [{"group": one.pk, "parts": PARTS} for one in (stopped, group)]
    plan(row(hosts=hosts))
    page = text(reader.get(f"{ALL}1/"))
    assert "Spade Club" in page
    assert "It runs roles of this kind, or has run them." in page
    # Reasons are words: no score stands beside a name.
    assert " 94 " not in page
    assert stopped.name not in page
    assert "Garden with us" in page


def test_what_keeps_a_group_from_taking_more_is_for_the_volunteer_centre(client: Any) -> None:
    """Groups say it to the volunteer centre; all others read it added up."""
    plan(row(hosts=[{"group": OrganisationFactory(name="Spade Club").pk, "parts": PARTS}]))
    said = {}
    for role in ("broker", "delivery_group"):
        client.force_login(UserFactory(**{role: True}))
        said[role] = text(client.get(f"{ALL}1/"))
        assert "Spade Club" in said[role]
    limit = "It says that something keeps it from taking more people."
    assert [limit in page for page in said.values()] == [True, False]


def test_a_role_that_is_not_in_the_plan_is_not_there(reader: Any) -> None:
    plan(row())
    assert reader.get(f"{ALL}2/").status_code == 404


def test_without_a_plan_the_page_says_when_it_comes(reader: Any) -> None:
    assert "There is no plan yet" in text(reader.get(ALL))
    assert reader.get(f"{ALL[:-1]}.csv").content.decode("utf-8-sig").count("\r\n") == 1


def test_the_file_has_a_line_for_each_role(reader: Any) -> None:
    plan(row(), row(named=4, without=4))
    lines = reader.get(f"{ALL[:-1]}.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[1].split(",")[4:8] == ["10", "35", "15", "20"]
    assert lines[2].split(",")[5:8] == ["*", "–", "*"]


@pytest.mark.parametrize(("address", "most"), [(ALL, 19), (f"{ALL}1/", 6)])
def test_as_many_queries_however_many_roles_and_groups(
    reader: Any, address: str, most: int
) -> None:
    groups = OrganisationFactory.create_batch(5)
    SegmentFactory.create_batch(4)
    plan(*[row(hosts=[{"group": one.pk, "parts": PARTS} for one in groups])] * 10)
    own = own_queries(reader, address)
    assert len(own) <= most, own
