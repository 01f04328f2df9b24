import re

import pytest
from django.test import Client
from django.urls import reverse
from django.views.defaults import server_error

from demonstration.logins import LOGINS, PASSWORD
from matching.ranking.weights import Weights
from matching.wording import LABELS
from opportunities.models import JoinRequest
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory, OrganisationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import text_of, title_of

pytestmark = pytest.mark.django_db


def menu_of(response):
    return [item.text for item in response.context["navigation"]]


@pytest.mark.parametrize(
    "name",
    [
        *("home", "for-groups", "about", "how-matching-works", "how-ranking-works"),
        *("privacy", "accessibility"),
    ],
)
def test_every_page_of_words_has_a_title_a_heading_and_a_way_past_the_menu(client, name):
    page = client.get(reverse(f"web:{name}"))

    html = page.content.decode()
    assert page.status_code == 200
    assert title_of(page).endswith(" – Harrow Volunteering")
    assert html.count("<h1") == 1
    assert 'href="#main-content"' in html
    assert 'id="main-content"' in html


#: A script that comes from a file of this service, with nothing written into the page.
SCRIPT_OF_OURS = re.compile(r'<script(?: type="module")? src="/static/[^"]+"></script>')


def test_pages_carry_no_script_or_style_of_their_own(client):
    html = client.get("/").content.decode()

    assert "<style" not in html
    assert " style=" not in html
    assert html.count("<script") == html.count("</script>") == len(SCRIPT_OF_OURS.findall(html))
    assert "onclick" not in html


def test_the_first_page_shows_the_newest_open_roles(client):
    for number in range(4):
        OpportunityFactory(title=f"Role number {number}")
    OpportunityFactory(title="Full role", full=True)

    words = text_of(client.get("/"))

    assert [f"number {n}" in words for n in range(4)] == [False, True, True, True]
    assert "Full role" not in words


def test_the_first_page_without_a_role(client):
    assert "There is no open role at the moment." in text_of(client.get("/"))


def test_a_demonstration_says_so_and_who_to_sign_in_as(client, settings):
    settings.DEMO = True
    page = client.get("/")

    words = text_of(page)
    assert PASSWORD in words
    for login in LOGINS:
        assert login.email in words
    assert "Everybody and everything here is made up." in page.content.decode()


def test_a_real_installation_shows_no_logins(client, settings):
    settings.DEMO = False
    page = client.get("/")

    assert PASSWORD not in page.content.decode()
    assert "made up" not in page.content.decode()


def test_the_menu_is_for_whoever_looks(client):
    assert menu_of(client.get("/")) == ["Find a role", "For groups", "Sign in", "Register"]
    for person, expected in (
        (
            VolunteerFactory().user,
            [
                *("Your roles", "Find a role", "Applications", "Volunteering"),
                *("Profile", "Messages", "Account"),
            ],
        ),
        (MembershipFactory().user, ["Find a role", "Your group", "Messages", "Account"]),
        (
            JoinRequest.objects.create(organisation=OrganisationFactory(), user=UserFactory()).user,
            ["Find a role", "Your group", "Messages", "Account"],
        ),
        (
            UserFactory(broker=True),
            ["Find a role", "Desk", "Statistics", "Messages", "Account"],
        ),
        (UserFactory(delivery_group=True), ["Find a role", "Statistics", "Messages", "Account"]),
        (UserFactory(), ["Find a role", "Messages", "Account"]),
    ):
        client.force_login(person)
        assert menu_of(client.get("/")) == expected


def test_the_menu_marks_where_one_is(client):
    client.force_login(VolunteerFactory().user)

    page = client.get("/me/profile/")

    assert [item.text for item in page.context["navigation"] if item.current] == ["Profile"]
    header, _, _ = page.content.decode().partition("</header>")
    assert header.count('aria-current="true"') == 1


def test_pages_of_a_person_are_not_kept_by_browsers(client):
    client.force_login(VolunteerFactory().user)

    assert "no-store" in client.get("/me/profile/")["Cache-Control"]


def test_what_is_not_there_is_said_in_plain_words(client):
    page = client.get("/nowhere/")

    assert page.status_code == 404
    assert "Page not found" in text_of(page)


def test_a_form_from_another_site_is_refused_in_plain_words():
    page = Client(enforce_csrf_checks=True).post("/accounts/login/", {})

    assert page.status_code == 403
    assert "Please try that again" in text_of(page)


def test_a_request_for_another_host_is_refused_in_plain_words(client):
    refused = client.get("/", HTTP_HOST="other.example.com")

    assert refused.status_code == 400
    assert "We could not read that" in text_of(refused)


def test_our_own_errors_have_a_page_that_needs_nothing(rf):
    ours = server_error(rf.get("/"))
    assert ours.status_code == 500
    assert "It is our fault, not yours." in text_of(ours)


def test_an_account_shows_what_is_known_and_where_to_change_it(client):
    person = UserFactory(first_name="Demo", last_name="Person", phone="")
    client.force_login(person)

    words = text_of(client.get("/me/account/"))
    assert "Demo Person Change name Phone number Not given Change" in words
    assert person.email in words

    saved = client.post(
        "/me/account/details/",
        {"first_name": "Other", "last_name": "", "phone": "020 7946 0000"},
        follow=True,
    )
    assert "Other Change name Phone number 020 7946 0000" in text_of(saved)


def test_the_ranking_is_told_with_what_counts_most_and_the_whole_record(client):
    words = text_of(client.get(reverse("web:how-ranking-works")))

    largest = max(Weights().as_dict().items(), key=lambda part: part[1])
    assert f"{LABELS[largest[0]]}: {round(100 * largest[1])} of 100 points" in words
    assert "On 10 of 100 pages we swap two of the 10 roles by chance." in words
    assert "nobody else has checked or approved it" in words
    assert "Senior responsible owner Not set by whoever runs this service." in words
    assert "Impact assessments" in words
