"""What is narrowed to a ward, or to what is done from home, says nothing that the whole does not.

Each line of a narrowed list is a line of the whole list, in the same order; each figure of a ward
is one of the table by ward that is published anyway; and of groups that are in a ward only what
each of them shows to everybody is counted.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from core.clock import now, today
from core.places.wards import WARDS
from insights.areas import FROM_HOME
from insights.models import RolePlan, Segment, UnmetWeek
from insights.selectors.useful_wait import FIGURES
from opportunities.models import Opportunity, Organisation
from tests.factories.accounts import UserFactory
from tests.factories.figures import made_figures
from tests.factories.insights import SEGMENT_FIGURES, SegmentFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.other_counts import PLANNED_ROLE

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = (ward.code for ward in WARDS[:3])
AREAS = [ward.code for ward in WARDS] + [FROM_HOME]
#: Lists of which each line is somewhere: the file and the answer.
LISTS = {
    "roles-worth-creating.csv": "role-plan/",
    "unmet-supply/more-places.csv": "more-places/",
    "over-asked.csv": "over-asked/",
}
CLOSED = ("2026-09", "2026-10", "2025-26")


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
    places = [FIRST, SECOND, FIRST, ""]
    more = {"activity": "gardening", "places": 10, "named": 21}
    RolePlan.objects.create(
        made_at=now(),
        waiting=234,
        placeable=43,
        roles=[PLANNED_ROLE | {"ward": ward, "named": 20 + 7 * n} for n, ward in enumerate(places)],
        more_places=[
            more | {"ward": ward, "time": "saturday", "by_many": 2 + n, "by_one": 1}
            for n, ward in enumerate(places)
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
    for ward, pending in ((FIRST, 9), (SECOND, 8), (FIRST, 7), ("", 6)):
        role = OpportunityFactory(at_home=not ward, places=1)
        Opportunity.objects.filter(pk=role.pk).update(ward_code=ward, applications_pending=pending)
    Organisation.objects.update(ward_code=FIRST)
    for name, ward, form in (("A", SECOND, "faith"), ("B", SECOND, "cic"), ("C", THIRD, "faith")):
        group = OrganisationFactory(name=name, legal_form=form)
        Organisation.objects.filter(pk=group.pk).update(ward_code=ward)


def lines(client: Client, address: str) -> list[tuple[str, ...]]:
    answer = client.get(f"/insights/{address}")
    assert answer.status_code == 200
    return [tuple(line) for line in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))][1:]


def rows(client: Client, address: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/insights/{address}")
    assert answer.status_code == 200, answer.content
    found = answer.json()
    said: list[dict[str, Any]] = found["results"] if "results" in found else found["roles"]
    return said


def those_of(whole: list[Any], narrowed: list[Any]) -> list[Any]:
    """The lines of the whole that are in the narrowed list, in the order of the whole."""
    return [one for one in whole if one in narrowed]


@pytest.mark.parametrize("file", LISTS)
def test_a_narrowed_list_has_lines_of_the_whole_one_in_its_order(client: Client, file: str) -> None:
    whole, told = lines(client, file), rows(client, LISTS[file])
    seen, said = [], []
    for area in AREAS:
        of_file, of_api = (
            lines(client, f"{file}?area={area}"),
            rows(client, f"{LISTS[file]}?area={area}"),
        )
        assert of_file == those_of(whole, of_file)
        assert of_api == those_of(told, of_api)
        assert len(of_file) == len(of_api)
        seen += of_file
        said += of_api
    # And nothing is lost on the way.
    assert len(whole) == len(told) == 4
    assert (sorted(seen), len(said)) == (sorted(whole), 4)
    assert len(lines(client, f"{file}?area={FIRST}")) == 2
    assert len(lines(client, f"{file}?area={FROM_HOME}")) == 1


def test_people_who_wait_for_the_same(client: Client) -> None:
    """In a ward by their name, by a number of people there, by a few; kept back says nothing."""
    by_name = _segment(40, {}, area=[FIRST])
    quarter = _segment(45, {}, area=[], quarter="north-west")
    enough = _segment(50, {FIRST: 30, "": 20}, area=[SECOND])
    few = _segment(55, {FIRST: 4, SECOND: 51}, area=[SECOND])
    other = _segment(60, {SECOND: 60}, area=[SECOND])
    whole, told = lines(client, "unmet-supply.csv"), rows(client, "segments/")
    for area in (ward.code for ward in WARDS):
        found = rows(client, f"segments/?area={area}")
        file = lines(client, f"unmet-supply.csv?area={area}")
        assert found == those_of(told, found)
        bare = [line[:-2] for line in file]
        assert bare == those_of([line[:-2] for line in whole], bare)
        for one, line in zip(found, file, strict=True):
            # How many live there is what its own page says.
            (there,) = (row for row in one["wards"] if row["code"] == area)
            mark = "*" if there["why"] == "few" else "–" if there["why"] else f"{there['value']:g}"
            assert line[-1] == mark
    listed = {one["id"] for one in rows(client, f"segments/?area={FIRST}")}
    assert {by_name.pk, enough.pk, few.pk} <= listed
    assert other.pk not in listed
    north_west = next(ward for ward in WARDS if ward.row < 2 and ward.column < 2)
    assert quarter.pk in {one["id"] for one in rows(client, f"segments/?area={north_west.code}")}


def _segment(people: int, wards: dict[str, int], **fields: Any) -> Segment:
    figures = SEGMENT_FIGURES | {"people": people, "wards": wards}
    made: Segment = SegmentFactory(published=figures, **fields)
    return made


@pytest.mark.slow
def test_the_useful_wait_of_a_ward_is_what_the_tables_by_ward_say(client: Client) -> None:
    counts = [20 + 10 * (place % 5) for place in range(21)] + [3, 40]
    splits = {(one.code, "ward"): counts for one in FIGURES}
    for code in CLOSED:
        made_figures(code, {one.code: 900 for one in FIGURES}, splits)
    made_figures("2026-11", {one.code: 900 for one in FIGURES}, closed=False)
    for ward in WARDS:
        found = client.get(f"/api/v1/insights/useful-wait/?area={ward.code}").json()
        periods = [*found["years"], *found["months"]]
        assert sorted(one["code"] for one in periods) == sorted(CLOSED)
        for period in periods:
            assert period["by_kind"] == []
            for figure in period["figures"]:
                where = f"periods/{period['code']}/{figure['measure']}/?by=ward"
                table = client.get(f"/api/v1/insights/{where}").json()["rows"]
                (row,) = (row for row in table if row["code"] == ward.code)
                assert (figure["value"], figure["why"]) == (row["value"], row["why"])


def test_of_groups_of_a_ward_what_each_shows_to_everybody_is_counted(client: Client) -> None:
    groups = client.get("/api/v1/organisations/?page_size=100").json()["results"]
    assert len(groups) == 7
    for ward in WARDS:
        found = client.get(f"/api/v1/insights/sector/?area={ward.code}").json()
        (kinds,) = (one for one in found["breakdowns"] if one["code"] == "kind")
        shown = {part["code"]: part["groups"] for part in kinds["parts"] if part["groups"]}
        here = [group["legal_form"] for group in groups if group["ward_code"] == ward.code]
        assert shown == Counter(here)


def test_what_groups_told_the_volunteer_centre_makes_no_difference_in_a_ward(
    client: Client,
) -> None:
    addresses = [
        f"/{start}?area={THIRD}"
        for start in ("api/v1/insights/sector/", "insights/sector/", "insights/sector/csv/")
    ]
    before = [_read(client, address) for address in addresses]
    Organisation.objects.update(size="micro", network="none")
    assert [_read(client, address) for address in addresses] == before


def _read(client: Client, address: str) -> str:
    return client.get(address).content.decode().partition("csrfmiddlewaretoken")[0]
