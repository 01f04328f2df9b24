"""The funnel, fairness, the ranking and the sector: their numbers, empty states and queries."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine

from core.clock import now
from core.models import Cause
from core.places.wards import WARDS
from insights.models import YearlyAnswer, YearlyQuestion
from opportunities.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.figures import made_figures
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.unit.web.pages import heading_of, text_of

pytestmark = pytest.mark.django_db

TOTALS = {
    "applied": 220,
    "answered": 150,
    "placed": 75,
    "started": 3,
    "still_there_after_three_months": 70,
    "applications_to_small_groups": 28,
    "places_of_small_groups": 30,
    "spread_of_offers": 0.45,
    "hours_confirmed": 2330,
    "groups_with_no_live_role": 1,
}
SPLITS = {
    ("offered_within_30_days", "age"): [20, 30, 25],
    ("offered_within_30_days", "ward"): [0.1] * 23,
    ("hours_confirmed", "group-kind"): [1200, 800],
}
#: Queries of the session, the person, the second step and the menu.
OF_EVERY_PAGE = 4
PAGES = [
    "/insights/funnel/",
    "/insights/fairness/",
    "/insights/model/",
    "/insights/regular-volunteering/",
    "/insights/sector/",
    "/insights/reports/",
]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def reader(client):
    reader = UserFactory(delivery_group=True)
    client.force_login(reader)
    return reader


def read(response):
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("address", PAGES)
def test_each_page_takes_five_queries_at_most(client, address, django_assert_max_num_queries):
    for code in ("2025-11", "2026-09", "2026-10", "2026-27"):
        made_figures(code, TOTALS, SPLITS, closed=code != "2026-27")
    for number in range(4):
        group = OrganisationFactory(name=f"Group {number}")
        group.causes.set(Cause.objects.filter(code="loneliness"))
        OpportunityFactory(organisation=group)
    client.get("/insights/targets/")  # The first page of a session notes that it is used.
    with django_assert_max_num_queries(OF_EVERY_PAGE + 5):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/insights/",
        "/insights/figures/",
        "/insights/figures/placed/",
        "/insights/funnel/",
        "/insights/fairness/",
        "/insights/model/",
        "/insights/regular-volunteering/",
        "/insights/reports/",
        "/insights/useful-wait/",
        "/insights/what-holds-groups-back/",
    ],
)
def test_each_page_says_when_its_first_figures_come(client, address):
    words = text_of(client.get(address))
    assert (
        "There are no figures yet. They are worked out every night, and for the first time a few "
        "minutes after the service has started."
    ) in words


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/insights/regular-volunteering/", "Groups have not been asked in this year."),
        ("/insights/sector/", "No group has been checked yet."),
    ],
)
def test_each_page_says_when_there_is_nothing(client, address, words):
    assert words in text_of(client.get(address))


def test_the_funnel_on_the_page_and_in_the_file(client):
    made_figures("2026-10", TOTALS)

    answer = client.get("/insights/funnel/?period=2026-10")
    page = text_of(answer)
    rows = read(client.get("/insights/funnel/csv/?period=2026-10"))

    assert "October 2026: people asked about 220 times, and got about 75 places" in heading_of(
        answer
    )
    assert (
        "Of the placements that had begun four months before, 70% still went on after three."
        in page
    )
    assert [(row["Step"], row["Value"]) for row in rows] == [
        ("Applications", "220"),
        ("Applications answered", "150"),
        ("Placements", "75"),
        ("Placements begun", "*"),
        ("Still there after three months", "70"),
    ]
    for row in rows[:4]:
        assert f"{row['Step']} {row['In words']}" in page


def test_fairness_shows_who_is_large_enough_and_names_what_is_not(client):
    made_figures("2026-10", TOTALS, SPLITS)

    page = text_of(client.get("/insights/fairness/?period=2026-10"))

    assert "Under 18 20% of about 1,000 18 to 24 30% of about 1,000" in page
    assert "Too few people to say anything by: Ward." in page
    assert (
        "Small groups in no network offer 30% of all places and get 28% of all applications."
    ) in page


def test_fairness_of_a_ward_says_nothing_of_the_boroughs_ages(client):
    made_figures("2026-10", TOTALS, SPLITS)

    page = text_of(client.get(f"/insights/fairness/?period=2026-10&area={WARDS[0].code}"))
    assert "Under 18" not in page
    assert "Small groups in no network offer" not in page


def test_fairness_of_a_month_that_runs_is_not_split(client):
    made_figures("2026-11", TOTALS, SPLITS, closed=False)

    page = text_of(client.get("/insights/fairness/?period=2026-11"))
    assert "Splits are made when a period is over." in page
    assert "Under 18" not in page


def test_the_sector_counts_groups_as_they_are(client):
    made_figures("2026-10", TOTALS, SPLITS)
    unpaid = Organisation.Size.MICRO
    for __ in range(3):
        OrganisationFactory(legal_form="faith", size=unpaid)
    Organisation.objects.update(ward_code=WARDS[0].code)
    Organisation.objects.filter(pk=Organisation.objects.latest("pk").pk).update(network="none")
    charity = OrganisationFactory(legal_form="charity", size=unpaid, network="cvs")
    charity.causes.set(Cause.objects.filter(code="older-people"))
    OrganisationFactory(unverified=True)

    page = text_of(client.get("/insights/sector/"))
    rows = read(client.get("/insights/sector/csv/"))

    assert "4 groups are registered; 1 of them have no open role." in page
    assert "In 4 of them nobody is paid, and 1 say that they are in no network" in page
    assert "2 have not said whether they are in one." in page
    assert "Kind of group: most often “Faith group”, 3 groups" in page
    assert "The community that most groups serve is older people: 1 group." in page
    assert "Registered charity about 1,200 hours" in page
    of = {(row["By"], row["Category"]): row["Groups"] for row in rows}
    assert of["Kind of group", "Faith group"] == "3"
    assert (of["Network", "No network"], of["Network", "Not said"]) == ("1", "2")
    assert of["Ward", WARDS[0].name] == "3"
    assert of["Communities they serve", "Older people"] == "1"


def test_the_ranking_page_says_what_is_in_force(client):
    made_figures("2026-10", {**TOTALS, "recommendations_opened": 40})

    answer = client.get("/insights/model/")
    page = text_of(answer)
    assert heading_of(answer) == "People open 40% of the roles that are recommended to them"
    assert "None in force. The ranking works with the weights that people set" in page
    assert "Recommended roles that were opened: 40% in October 2026" in page


def test_the_contribution_says_what_it_misses_and_is_no_survey(client):
    made_figures("2026-10", {"residents_registered": 2300, "helped_in_each_month": 3})

    page = text_of(client.get("/insights/regular-volunteering/?period=2026-10"))

    assert "Residents registered about 2,300" in page
    assert "Residents who helped in each of the last twelve months fewer than 8" in page
    assert "no survey of all adults" in page
    assert "About 210,500 people of 16 and over live in Harrow" in page
    assert "People who help without this service" in page
    assert "NI 6" not in page
    assert "NI 7" not in page


def answered(question, answers):
    for answer in answers:
        YearlyAnswer.objects.create(
            question=question, organisation=OrganisationFactory(), answer=answer, answered_at=now()
        )


def asked_before(asked=60):
    """A question that can be answered no more."""
    day = now().date() - timedelta(days=3)
    return YearlyQuestion.objects.create(year="2026-27", opens=day, closes=day, asked=asked)


def test_regular_volunteering_has_a_file_of_both_charts(client):
    made_figures("2026-10", {"residents_registered": 400, "residents_placed": 3})
    question = asked_before()
    answered(question, ["very_positive", "positive", "negative", "neither"] * 8)
    page = client.get("/insights/regular-volunteering/?period=2026-10").content.decode()
    assert page.count("/insights/regular-volunteering/csv/?period=2026-10") == 2
    rows = read(client.get("/insights/regular-volunteering/csv/?period=2026-10"))
    said = [(row["What"], row["How many"]) for row in rows]
    assert said[:2] == [("Residents", "400"), ("Residents", "*")]
    assert said.count(("Groups", "8")) == 4
    question.closes = now().date() + timedelta(days=1)
    question.save()
    rows = read(client.get("/insights/regular-volunteering/csv/"))
    assert {row["What"] for row in rows} == {"Residents"}


def test_the_yearly_question_is_said_with_both_bases(client):
    question = asked_before()
    answered(question, ["very_positive", "positive", "negative", "neither"] * 8)
    answered(question, ["dont_know"] * 8)

    page = text_of(client.get("/insights/regular-volunteering/"))

    assert "60 groups were asked, and 40 replied (67%)." in page
    assert "40% of those who replied said “positive” or “very positive”." in page
    assert "Of those who had an opinion it was 50%." in page
    assert "I don’t know 8 groups" in page


def test_until_this_year_has_answers_those_of_the_last_stand_there(client):
    made_figures("2026-10", {"residents_registered": 400})
    question = asked_before()
    question.year = "2025-26"
    question.save()
    answered(question, ["very_positive", "positive", "negative", "neither"] * 8)

    address = "/insights/regular-volunteering/?period=2026-10"
    page = text_of(client.get(address))
    assert "The last time, April 2025 to March 2026 60 groups were asked" in page
    assert "All answers of that year" not in page

    # This year's are read alone.
    answered(asked_before(), ["very_positive", "positive", "negative", "neither"] * 8)
    assert "The last time" not in text_of(client.get(address))


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        (["very_positive"] * 19, 60),
        (["very_positive"] * 20, 200),
        # Three groups that are not positive stand out, and so do three that are.
        (["very_positive"] * 20 + ["negative"] * 3, 60),
        (["very_positive"] * 3 + ["negative"] * 20, 60),
    ],
)
def test_few_answers_to_the_yearly_question_are_not_shown(client, answers, asked):
    answered(asked_before(asked), answers)

    page = text_of(client.get("/insights/regular-volunteering/"))

    assert f"{asked} groups were asked, and {len(answers)} replied" in page
    assert "Too few replied for their answers to be shown." in page
    assert "Very positive" not in page


def test_an_answer_of_few_groups_is_not_told_from_the_others(client):
    answered(asked_before(), ["positive"] * 9 + ["negative"] * 9 + ["very_negative"] * 3)

    page = text_of(client.get("/insights/regular-volunteering/"))

    assert "43% of those who replied" in page
    assert "Very negative" not in page


def test_nothing_is_shown_while_groups_can_answer(client):
    question = asked_before()
    YearlyQuestion.objects.update(closes=now().date())
    answered(question, ["positive"] * 15 + ["negative"] * 15)

    page = text_of(client.get("/insights/regular-volunteering/"))

    assert "Groups can still answer: what they say is shown afterwards." in page
    assert "50% of" not in page
