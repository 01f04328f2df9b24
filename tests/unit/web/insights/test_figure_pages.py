"""The first page and the pages of figures: they say the published numbers, in few queries."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine

from core.clock import now
from core.places.wards import WARDS
from insights.measures.samples import Cell
from insights.models import PeriodFigures, RolePlan, Simulation, Target
from tests.factories.accounts import UserFactory
from tests.factories.figures import made_figures
from tests.unit.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db

TOTALS = {
    "people_waiting": 412,
    "places_open": 198,
    "people_for_each_place": 2.1,
    "placed": 62,
    "days_until_answered": 7,
    "days_until_placed": 40,
    "offered_within_30_days": 25,
    "longest_waits": 120,
    "roles_open": 90,
    "roles_with_nobody": 12,
}
#: Of people waiting by ward: 20, 30 and so on, and 3 in the last.
BY_WARD = [20 + 10 * (place % 5) for place in range(21)] + [3, 40]
SPLITS = {
    ("people_waiting", "ward"): BY_WARD,
    ("people_waiting", "age"): [20, 30, 12],
    ("people_for_each_place", "time"): [1.0, 3.0, 1.1],
}
#: Queries of the session, the person, the second step and the menu.
OF_EVERY_PAGE = 4


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def reader(client):
    reader = UserFactory(delivery_group=True)
    client.force_login(reader)
    client.get("/insights/targets/")  # The first page of a session notes that it is used.
    return reader


@pytest.fixture
def figures():
    made_figures("2024-12", TOTALS)
    made_figures("2025-11", {**TOTALS, "people_waiting": 300})
    made_figures("2026-05", {**TOTALS, "people_waiting": 350})
    made_figures("2026-09", {**TOTALS, "people_waiting": 380}, SPLITS)
    made_figures("2026-10", {**TOTALS, "people_waiting": 400}, SPLITS)
    made_figures("2026-11", TOTALS, closed=False)
    plan = {"activity": "", "time": "weekday-evening", "ward": WARDS[0].code}
    RolePlan.objects.create(
        made_at=now(),
        waiting=412,
        placeable=100,
        roles=[{**plan, "places": 10, "people": 10, "named": 44, "template": ""}] * 3,
    )


def test_the_minute_says_it_in_sentences_and_figures(client, reader, figures):
    page = text_of(client.get("/insights/"))

    assert (
        "About 410 people are waiting (about 60 more than at the end of May 2026) for 198 places."
    ) in page
    assert (
        "In October 2026 the gap was widest for weekday evenings (3.0 people for each place)."
        in page
    )
    assert (
        "Three new roles would place about 30 more people, at best: if those who ask are shared "
        "out as well as can be." in page
    )
    assert "110 more than a year ago (worse)" in page
    assert "12 of 90 open roles have nobody" in page
    assert "Any kind of help Weekday evenings, Belmont." in page
    assert "Of those who wait, about 45 people named such work and could do it." in page


def test_what_was_simulated_of_the_month_is_said_before_what_is_only_planned(
    client, reader, figures, django_assert_max_num_queries
):
    gain = {"without": 500, "with_it": 621, "low": 111, "high": 129}
    Simulation.objects.create(
        asked_at=now(), of_month="2026-11", answer_soon=True, seasons_wanted=10, gain=gain,
        finished_at=now(),
    )  # fmt: skip
    with django_assert_max_num_queries(OF_EVERY_PAGE + 5):
        page = text_of(client.get("/insights/"))
    assert "if every group answered within five days, about 120 (between 110 and 130) more" in page
    assert "Three new roles would place" not in page.split("The figures")[0]


def test_a_year_in_which_the_service_was_new_is_held_against_nothing(client, reader, figures):
    PeriodFigures.objects.filter(period="2024-12").delete()
    page = text_of(client.get("/insights/"))

    assert "a year ago" not in page
    assert "In November 2025" not in page
    assert "10 more than a month ago (worse)" in page
    assert "There are figures from November 2025 on." in page


def test_each_card_leads_to_its_own_number(client, reader, figures):
    minute = client.get("/insights/").content.decode()
    address = "/insights/figures/people_waiting/?period=2026-11"
    assert f'href="{address}"' in minute
    answer = client.get(address)

    assert heading_of(answer) == "About 410 people are waiting"
    # The month that is over is one step from there, split.
    split = "/insights/figures/people_waiting/?period=2026-10&amp;by=ward"
    assert f'href="{split}"' in answer.content.decode()


def test_in_the_first_hours_of_a_month_the_month_before_is_there(client, reader, figures):
    """The night's work comes hours after midnight, and may be late."""
    with time_machine.travel(datetime(2026, 12, 1, 0, 30, tzinfo=UTC)):
        client.force_login(UserFactory(delivery_group=True))
        page = text_of(client.get("/insights/"))
        told = client.get("/api/v1/insights/minute/").json()
    assert "There are no figures yet" not in page
    assert "About 410 people are waiting" in page
    assert "In October 2026 the gap was widest" in page
    assert "December 2026" not in page
    assert told["headlines"][0].startswith("About 410 people are waiting")


def test_where_nothing_was_worked_out_for_long_it_is_said_of_when_it_was(client, reader):
    made_figures("2026-10", TOTALS, SPLITS)
    page = text_of(client.get("/insights/"))
    assert "At the end of October 2026, about 410 people were waiting for 198 places." in page
    assert "In October 2026 the gap was widest" in page


def not_reached(period, *measures):
    """Let half, or nine in ten, of a period have no place after 360 days."""
    kept = PeriodFigures.objects.get(period=period)
    for measure in measures:
        kept.figures["totals"][measure] = Cell(None, 1000, 1000, 1000, 360).as_json()
    kept.save()


def test_that_half_have_no_place_is_said_once(client, reader, figures):
    for period in ("2026-10", "2026-11"):
        not_reached(period, "days_until_placed", "longest_waits")
    page = text_of(client.get("/insights/"))

    assert page.count("360+") == 1
    assert "More than half have no place after 360 days" in page
    assert "one in ten" not in page
    assert "more than 360 days" not in page


def test_a_line_without_a_point_is_not_drawn(client, reader):
    made_figures("2026-10", {**TOTALS, "days_until_placed": 40})
    not_reached("2026-10", "days_until_placed")
    page = client.get("/insights/figures/days_until_placed/").content.decode()

    assert "There is nothing to draw yet" in page
    assert "hv-drawing--months" not in page
    PeriodFigures.objects.all().delete()
    made_figures("2026-10", {**TOTALS, "days_until_placed": 40})
    assert (
        "hv-drawing--months" in client.get("/insights/figures/days_until_placed/").content.decode()
    )


def test_the_minute_takes_five_queries_at_most(
    client, reader, figures, django_assert_max_num_queries
):
    with django_assert_max_num_queries(OF_EVERY_PAGE + 5):
        client.get("/insights/")


def test_a_target_stands_beside_its_figure(client, reader, figures):
    Target.objects.create(
        measure="days_until_answered", value=5, begins=now().date().replace(day=1), set_at=now()
    )

    assert "Target: 5 days, not reached" in text_of(client.get("/insights/"))


def test_who_steers_is_offered_to_set_a_target_where_there_is_none(client, reader, figures):
    offer = "No figure has a target yet. Set a target"
    assert offer in text_of(client.get("/insights/"))
    client.force_login(UserFactory(broker=True))
    assert offer not in text_of(client.get("/insights/"))
    client.force_login(reader)
    Target.objects.create(
        measure="placed", value=5, begins=now().date().replace(day=1), set_at=now()
    )
    assert offer in text_of(client.get("/insights/"))
    Target.objects.create(
        measure="people_waiting", value=5, begins=now().date().replace(day=1), set_at=now()
    )
    assert offer not in text_of(client.get("/insights/"))


def test_the_map_is_of_the_last_month_that_is_over_and_hides_few(client, reader, figures):
    page = client.get("/insights/").content.decode()

    # Where a month does not say how many people there are for each place, it is who waits.
    assert "People waiting by ward, October 2026" in page
    assert f'aria-label="{WARDS[4].name}: about 60"' in page
    assert f'aria-label="{WARDS[21].name}: fewer than 8"' in page


def test_the_map_says_where_most_people_wait_for_each_place(client, reader):
    gap = {("people_for_each_place", "ward"): [2.0] * 22 + [5.0]}
    made_figures("2026-10", TOTALS, gap)
    made_figures("2026-11", TOTALS, closed=False)

    page = client.get("/insights/").content.decode()

    assert "People waiting for each place by ward, October 2026" in page
    assert f'aria-label="{WARDS[4].name}: 2.0"' in page


def test_a_first_month_that_runs_has_no_map_yet(client, reader):
    made_figures("2026-11", TOTALS, closed=False)

    assert "when the first month is over" in text_of(client.get("/insights/"))


def test_all_figures_of_a_period(client, reader, figures, django_assert_max_num_queries):
    with django_assert_max_num_queries(OF_EVERY_PAGE + 5):
        page = text_of(client.get("/insights/figures/?period=2026-10"))

    assert "Figures of October 2026." in page
    assert "People waiting about 400" in page
    assert "Days until the first answer 7 days" in page


def test_a_figure_with_its_definition_line_and_split(
    client, reader, figures, django_assert_max_num_queries
):
    with django_assert_max_num_queries(OF_EVERY_PAGE + 5):
        response = client.get("/insights/figures/people_waiting/?period=2026-10&by=age")
    page = text_of(response)

    beginning = (
        "All pages of the statistics At the end of October 2026, about 400 people were waiting"
    )
    assert page.startswith(beginning)
    assert page.endswith("The ranking")
    assert "used the service in the 60 days before" in page
    assert "Under 18 about 20 18 to 24 about 30" in page
    assert "Nov 2025 about 300 Dec no figure" in page


def test_a_period_that_runs_is_not_split(client, reader, figures):
    page = text_of(client.get("/insights/figures/people_waiting/?period=2026-11&by=age"))

    assert "Splits are made when a period is over" in page
    assert "Under 18" not in page


def test_a_ward_over_time(client, reader, figures):
    ward = WARDS[4]
    answer = client.get(f"/insights/figures/people_waiting/?area={ward.code}&by=age")
    page = text_of(answer)

    said = f"{ward.name}: at the end of October 2026, about 60 people were waiting"
    assert heading_of(answer) == said
    assert f"October 2026, {ward.name} about 60" in page
    assert "What follows is of the whole borough" in page
    assert "Sep about 60 Oct about 60" in page
    assert "Nov 2025 no figure" in page
    # Of the month that runs nothing is said of a ward.
    assert "Nov about" not in page


def test_what_the_address_says_wrongly_is_left_out(client, reader, figures):
    address = "/insights/figures/people_waiting/?period=1999-99&by=nonsense&area=E00"
    assert client.get(address).status_code == 200
    assert client.get("/insights/figures/nonsense/").status_code == 404


def test_an_erasure_is_noted_on_a_closed_period(client, reader, figures):
    PeriodFigures.objects.filter(period="2026-10").update(erased_since=2)

    page = text_of(client.get("/insights/figures/people_waiting/?period=2026-10"))
    assert "Deleted accounts since this period was closed: fewer than 8 people." in page


def read(response):
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


def test_the_file_says_what_the_page_says(client, reader, figures):
    page = text_of(client.get("/insights/figures/people_waiting/?period=2026-10&by=ward"))
    rows = read(client.get("/insights/figures/people_waiting/csv/?period=2026-10&by=ward"))

    assert len(rows) == 1 + 23
    assert (rows[0]["Category"], rows[0]["Value"]) == ("Harrow", "400")
    for row in rows[1:]:
        assert f"{row['Category']} {row['In words']}" in page
    few = next(row for row in rows if row["Category"] == WARDS[21].name)
    assert few["Value"] == "*"


def test_the_file_of_a_line_has_its_months(client, reader, figures):
    rows = read(client.get("/insights/figures/people_waiting/csv/?period=2026-10&table=months"))
    assert len(rows) == 12
    assert [(row["Period"], row["Value"]) for row in rows if row["Value"]] == [
        ("2025-11", "300"),
        ("2026-05", "350"),
        ("2026-09", "380"),
        ("2026-10", "400"),
    ]


def test_without_figures_each_page_says_when_they_come(client, reader):
    for address in ("/insights/", "/insights/figures/", "/insights/figures/placed/"):
        assert "There are no figures yet." in text_of(client.get(address))
    assert client.get("/insights/figures/placed/csv/").status_code == 404


WARD, FEW = WARDS[4], WARDS[21]
#: Pages that are narrowed by their address.
NARROWED = ("", "figures/", "funnel/", "fairness/", "regular-volunteering/")
OF_WARD = f"period=2026-10&area={WARD.code}"


def test_each_page_keeps_the_ward_and_the_period_for_the_next(client, reader, figures):
    kept = OF_WARD.replace("&", "&amp;")
    for page in NARROWED:
        found = client.get(f"/insights/{page}?{OF_WARD}").content.decode()
        for other in NARROWED:
            assert f'href="/insights/{other}?{kept}"' in found, (page, other)
        assert f'<option value="{WARD.code}" selected>' in found
        # From what is of no period or ward the way leads on to what is.
        assert f'href="/insights/targets/?{kept}"' in found


@pytest.mark.parametrize("page", NARROWED)
def test_a_page_of_a_ward_takes_five_queries_at_most(
    client, reader, figures, django_assert_max_num_queries, page
):
    with django_assert_max_num_queries(OF_EVERY_PAGE + 5):
        assert client.get(f"/insights/{page}?{OF_WARD}").status_code == 200


def test_the_minute_of_a_ward_says_its_own_figures(client, reader, figures):
    answer = client.get(f"/insights/?{OF_WARD}")
    page = text_of(answer)

    assert heading_of(answer) == f"Volunteering in {WARD.name}, October 2026"
    assert f"{WARD.name}: at the end of October 2026, about 60 people were waiting" in page
    assert "About the same as a month ago" in page
    # Nothing of the borough stands there as if it were the ward's.
    for of_borough in ("400", "gap was widest", "12 of 90", "new roles"):
        assert of_borough not in page, of_borough


def test_a_ward_with_few_says_no_number_on_any_page(client, reader, figures):
    said = {
        "": "fewer than 8 people were waiting",
        "figures/": "People waiting fewer than 8",
        "figures/people_waiting/": "fewer than 8 people were waiting",
    }
    for address, words in said.items():
        page = text_of(client.get(f"/insights/{address}?period=2026-10&area={FEW.code}"))
        assert words in page


def test_of_a_month_that_runs_nothing_is_said_of_a_ward(client, reader, figures):
    for page in ("", "figures/", "funnel/", "figures/people_waiting/"):
        address = f"/insights/{page}?period=2026-11&area={WARD.code}"
        assert "Of one ward there are figures when a month is over" in text_of(client.get(address))


def test_the_minute_of_an_earlier_month(client, reader, figures):
    answer = client.get("/insights/?period=2026-09")

    assert heading_of(answer) == "Volunteering in Harrow, September 2026"
    assert "At the end of September 2026, about 380 people were waiting for 198 places." in (
        text_of(answer)
    )


def test_the_files_are_narrowed_too(client, reader, figures):
    made = {("applied", "ward"): [20] * 23, ("placed", "ward"): [10] * 23}
    PeriodFigures.objects.filter(period="2026-10").delete()
    made_figures("2026-10", {**TOTALS, "applied": 460}, {**SPLITS, **made})

    funnel = read(client.get(f"/insights/funnel/csv/?{OF_WARD}"))
    split = read(client.get(f"/insights/figures/people_waiting/csv/?by=age&{OF_WARD}"))

    assert {row["Where"] for row in funnel} == {WARD.name}
    assert [row["Value"] for row in funnel][:3] == ["20", "", "10"]
    assert ("ward", WARD.name, "60") in {
        (row["Split by"], row["Category"], row["Value"]) for row in split
    }


def test_the_api_is_narrowed_too(client, reader, figures):
    address = "/api/v1/insights/periods/2026-10/"
    found = client.get(f"{address}?area={WARD.code}").json()
    of = {one["measure"]: one["value"] for one in found["figures"]}
    assert (found["area"], of["people_waiting"]) == (WARD.code, 60.0)
    assert "days_until_answered" not in of
    one = client.get(f"{address}people_waiting/?area={FEW.code}").json()
    assert (one["value"], one["why"]) == (None, "few")
    assert client.get(f"{address}?area=E00").status_code == 400


def test_a_ward_that_is_kept_back_is_not_called_small(client, reader):
    """Beside four wards of 7 and a total that anybody may know, other wards are kept back."""
    few = [7, 7, 7, 7] + [0] * 19
    made_figures("2026-10", {"applied": 28, "placed": 28}, {("applied", "ward"): few})
    pages = {
        ward.name: heading_of(client.get(f"/insights/funnel/?period=2026-10&area={ward.code}"))
        for ward in WARDS
    }
    kept_back = [name for name, heading in pages.items() if "is kept back" in heading]
    assert kept_back
    for name, heading in pages.items():
        assert ("too few people" in heading) == (
            name in [ward.name for ward in WARDS[:4]] and name not in kept_back
        )


def test_a_share_stands_beside_how_many_it_is_of(client, reader):
    of_wards = [20, 0.1, *[30] * 21]
    made_figures(
        "2026-10",
        {"offered_within_30_days": 40},
        {
            ("offered_within_30_days", "age"): [20, 30, 40],
            ("offered_within_30_days", "ward"): of_wards,
        },
    )
    address = "/insights/figures/offered_within_30_days/"

    bars = text_of(client.get(f"{address}?period=2026-10&by=age"))
    table = text_of(client.get(f"{address}?period=2026-10&by=ward"))
    rows = read(client.get(f"{address}csv/?period=2026-10&by=ward"))

    assert "Under 18 20% of about 1,000 18 to 24 30% of about 1,000" in bars
    assert "may be chance" not in bars
    assert f"Out of {WARDS[0].name} 20% about 1,000" in table
    assert f"{WARDS[1].name} too few people not told" in table
    assert [row["Out of"] for row in rows[:4]] == ["", "1000", "", "1000"]


def test_of_few_people_it_is_said_that_a_difference_may_be_chance(client, reader):
    row = made_figures("2026-10", {}, {("offered_within_30_days", "age"): [20, 30, 40]})
    row.figures["splits"]["offered_within_30_days/age"][0] = [0.25, 10, 40, 40]
    row.save()

    page = text_of(client.get("/insights/figures/offered_within_30_days/?period=2026-10&by=age"))

    assert "Under 18 25% of about 40" in page
    assert "There one more or one fewer moves the share by more than 2 percentage points" in page
