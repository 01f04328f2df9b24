"""Pages of the statistics that are narrowed to a ward, or to what is done from home."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from core.clock import now, today
from core.places.wards import WARDS
from insights.models import RolePlan, UnmetWeek
from opportunities.models import Opportunity, Organisation
from placements.services import useful_links
from tests.factories.accounts import UserFactory
from tests.factories.figures import made_figures
from tests.factories.insights import SEGMENT_FIGURES, SegmentFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.other_counts import PLANNED_ROLE
from tests.unit.web.pages import heading_of, text_of
from tests.unit.web.queries import own_queries

pytestmark = pytest.mark.django_db

HERE, EMPTY = WARDS[4], WARDS[20]
#: What each page says first of a ward that there is something of, and of one without.
SAID = {
    "unmet-supply/": (
        f"The largest group with people in {HERE.name}: Listening and befriending, weekday "
        f"evenings, around {HERE.name}, about 25 people in all",
        f"{EMPTY.name}: who waits for the same",
    ),
    "unmet-supply/more-places/": (
        f"{HERE.name}: 10 more places (gardening, Saturdays, {HERE.name}) would place about 6 "
        "people",
        f"{EMPTY.name}: what more places would do",
    ),
    "roles-worth-creating/": (
        f"1 of the 2 planned roles is in {HERE.name}",
        f"None of the 2 planned roles is in {EMPTY.name}",
    ),
    "over-asked/": (
        f"{HERE.name}: 1 role is asked for by many more people than it has places for",
        f"{EMPTY.name}: no role is asked for by many more people than it has places for",
    ),
    "useful-wait/": (
        f"{HERE.name}: people who wait took up about 20 places meanwhile, and about 20 people did "
        "a course in October 2026",
        f"{EMPTY.name}: hardly anybody who waits does something meanwhile",
    ),
    "sector/": (
        f"The voluntary sector in {HERE.name}, as this service knows it",
        f"The voluntary sector in {EMPTY.name}, as this service knows it",
    ),
}
#: What each says where there is nothing of the ward.
NOTHING = {
    "unmet-supply/": f"Nothing of {EMPTY.name} is here",
    "unmet-supply/more-places/": "Nothing can be shown here: of no kind of work and time",
    "roles-worth-creating/": "so not every ward has one",
    "over-asked/": "A role is listed here when",
    "sector/": f"No group that has been checked is in {EMPTY.name}",
}
WITH_HOME = ("unmet-supply/more-places/", "roles-worth-creating/", "over-asked/")


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
    more = {"activity": "gardening", "time": "saturday", "places": 10, "named": 44, "by_one": 1}
    RolePlan.objects.create(
        made_at=now(),
        waiting=234,
        placeable=43,
        roles=[PLANNED_ROLE | {"ward": HERE.code}, PLANNED_ROLE | {"ward": ""}],
        more_places=[
            more | {"ward": HERE.code, "by_many": 6.2},
            more | {"ward": "", "by_many": 3.1},
        ],
    )
    UnmetWeek.objects.create(
        week=today(),
        made_at=now(),
        waiting=900,
        unmet=700,
        unmatched=300,
        stops=SEGMENT_FIGURES["stops"],
    )
    wards = {"wards": {HERE.code: 9, WARDS[5].code: 14}}
    SegmentFactory(area=[HERE.code], published=SEGMENT_FIGURES | wards)
    for ward in (HERE.code, ""):
        role = OpportunityFactory(at_home=not ward, places=1)
        Opportunity.objects.filter(pk=role.pk).update(ward_code=ward, applications_pending=9)
    OrganisationFactory(name="Here Club")
    Organisation.objects.update(ward_code=HERE.code)
    wait = ("taken_up_meanwhile", "used_the_wait", "useful_waits", "did_a_course")
    counts = [20.0] * 20 + [0.0] * 3
    made_figures("2026-10", dict.fromkeys(wait, 400), {(one, "ward"): counts for one in wait})
    made_figures("2026-09", dict.fromkeys(wait, 400), {(one, "ward"): counts for one in wait})
    made_figures("2026-11", dict.fromkeys(wait, 15), closed=False)


def page_of(client: Client, address: str, ward: str) -> Any:
    return client.get(f"/insights/{address}?area={ward}")


@pytest.mark.parametrize("address", SAID)
def test_a_page_says_what_it_is_narrowed_to_and_how_to_get_back(
    client: Client, address: str
) -> None:
    whole = client.get(f"/insights/{address}").content.decode()
    assert "Show the whole borough" not in whole
    for ward, said in zip((HERE, EMPTY), SAID[address], strict=True):
        found = page_of(client, address, ward.code)
        assert heading_of(found) == said
        page = found.content.decode()
        assert f'<option value="{ward.code}" selected>' in page
        assert 'href="?">Show the whole borough</a>' in page
    if address in NOTHING:
        assert NOTHING[address] in text_of(page_of(client, address, EMPTY.code))


@pytest.mark.parametrize("address", SAID)
def test_its_file_and_the_other_pages_have_the_same_ward(client: Client, address: str) -> None:
    page = page_of(client, address, HERE.code).content.decode()
    files = [part.partition('"')[0] for part in page.split('href="')[1:] if "csv" in part[:80]]
    assert files
    assert all(file.endswith(f"?area={HERE.code}") for file in files), files
    for other in ("", "figures/", "targets/", "what-holds-groups-back/", *SAID):
        if other != "unmet-supply/more-places/":  # has no link of its own in the list
            assert f'href="/insights/{other}?area={HERE.code}"' in page


@pytest.mark.parametrize("address", WITH_HOME)
def test_what_is_done_from_home(client: Client, address: str) -> None:
    found = page_of(client, address, "home")
    assert "from home" in heading_of(found).lower()
    assert '<option value="home" selected>' in found.content.decode()
    assert HERE.name not in text_of(found).replace(HERE.name, "", 1)  # in the list to choose from


@pytest.mark.parametrize("address", SAID)
def test_what_is_no_ward_is_as_if_not_said(client: Client, address: str) -> None:
    plain, odd = (client.get(f"/insights/{address}{asked}") for asked in ("", "?area=nowhere"))
    assert heading_of(plain) == heading_of(odd)


@pytest.mark.parametrize("address", SAID)
@pytest.mark.parametrize("asked", ["", f"?area={HERE.code}&period=2026-10"])
def test_few_queries(client: Client, address: str, asked: str) -> None:
    # Which groups could host a role for people without a place is looked up as of now.
    most = 19 if address == "roles-worth-creating/" else 5
    assert len(own_queries(client, f"/insights/{address}{asked}")) <= most


class TestTheNumbersOfAWard:
    def test_how_many_of_a_group_live_there(self, client: Client) -> None:
        page = text_of(page_of(client, "unmet-supply/", HERE.code))
        assert f"about 25 in {HERE.name}: about 10" in page
        assert "Its numbers are of all its people, in every ward." in page

    def test_the_plan_says_nothing_of_what_some_of_its_roles_bring(self, client: Client) -> None:
        assert "With these roles" in text_of(client.get("/insights/roles-worth-creating/"))
        page = text_of(page_of(client, "roles-worth-creating/", HERE.code))
        assert "With these roles" not in page
        assert "About 235 people waited" not in page

    def test_the_place_in_the_plan_stays(self, client: Client) -> None:
        page = page_of(client, "roles-worth-creating/", "home").content.decode()
        assert 'href="/insights/roles-worth-creating/2/?area=home"' in page
        assert 'href="/insights/roles-worth-creating/1/' not in page

    def test_the_useful_wait_has_only_what_is_over_and_no_kinds(self, client: Client) -> None:
        where = "https://www.example.org/course"
        useful_links.add(by=None, kind="training", title="First aid", address=where)
        page = text_of(page_of(client, "useful-wait/", HERE.code))
        assert "In October 2026 about 20 20%" in page
        assert "November 2026" not in page.partition("By year and month")[2].partition("Links")[0]
        assert "Done once" not in page
        assert "This is of the whole borough and of all of these months" in page

    def test_cells_without_a_number_are_explained(self, client: Client) -> None:
        made_figures(
            "2026-07",
            {"taken_up_meanwhile": 40},
            {("taken_up_meanwhile", "ward"): [0.0] * 4 + [4.0] + [0.0] * 18},
        )
        page = text_of(page_of(client, "useful-wait/", HERE.code))
        assert "“Fewer than 8” (* on a map and in a file): numbers of people that small" in page
        assert "Where there is no figure, there was nothing to work it out from." in page

    def test_the_sector_leaves_out_what_only_the_volunteer_centre_knows(
        self, client: Client
    ) -> None:
        page = text_of(page_of(client, "sector/", HERE.code))
        assert f"In {HERE.name} 3 groups are registered." in page
        assert "nobody is paid" not in page
        assert "Network:" not in page


class TestThePeriodOfTheUsefulWait:
    def test_a_month_alone(self, client: Client) -> None:
        found = client.get("/insights/useful-wait/?period=2026-09")
        assert heading_of(found).endswith("in September 2026")
        rows = text_of(found).partition("By year and month")[2]
        assert "In September 2026" in rows
        assert "In October 2026" not in rows

    def test_a_year_with_its_months(self, client: Client) -> None:
        made_figures("2026-27", {"taken_up_meanwhile": 60}, closed=False)
        page = text_of(client.get("/insights/useful-wait/?period=2026-27"))
        rows = page.partition("By year and month")[2]
        assert [when in rows for when in ("Since April 2026", "In September", "In October")] == [
            True
        ] * 3

    def test_a_month_that_runs_of_a_ward(self, client: Client) -> None:
        found = client.get(f"/insights/useful-wait/?period=2026-11&area={HERE.code}")
        assert f"There is nothing to show of {HERE.name} for this time." in text_of(found)

    def test_the_file_has_the_same_months(self, client: Client) -> None:
        asked = f"?period=2026-10&area={HERE.code}"
        file = client.get(f"/insights/useful-wait.csv{asked}").content.decode("utf-8-sig")
        (line,) = file.splitlines()[1:]
        assert line.startswith("2026-10,yes,20,20%,20,20,")
        assert line.endswith(f",{HERE.name}")


class TestPagesThatAreNotNarrowed:
    @pytest.mark.parametrize(
        ("address", "why"),
        [
            ("what-holds-groups-back/", "Added up for one ward, it could be what one group said."),
            ("unmet-supply/what-stops-people/", "most of its numbers would be too small to show."),
            ("targets/", "does not depend on the period or the ward."),
            ("roles-worth-creating/1/", "who could do this role, as of the newest plan."),
        ],
    )
    def test_say_why_and_keep_the_choice(self, client: Client, address: str, why: str) -> None:
        said = text_of(client.get(f"/insights/{address}?period=2026-10&area={HERE.code}"))
        assert f"{why} Your choice (October 2026, {HERE.name}) stays for the other pages." in said
        assert "Your choice" not in text_of(client.get(f"/insights/{address}"))

    def test_a_page_by_ward_alone_says_so_of_the_period(self, client: Client) -> None:
        found = client.get(f"/insights/over-asked/?period=2026-10&area={HERE.code}")
        assert "Your choice (October 2026) stays" in text_of(found)
        # Who chooses another ward keeps the period for the other pages.
        assert '<input type="hidden" name="period" value="2026-10">' in found.content.decode()

    def test_a_page_by_ward_says_so_of_what_is_done_from_home(self, client: Client) -> None:
        found = client.get("/insights/sector/?area=home")
        said = "and not of what is done from home. Your choice (From home) stays"
        assert said in text_of(found)

    def test_what_is_no_period_is_not_repeated(self, client: Client) -> None:
        found = client.get("/insights/targets/?period=%3Cb%3E&area=nowhere")
        assert "Your choice" not in text_of(found)
