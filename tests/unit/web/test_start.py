from datetime import timedelta

import pytest
from django.urls import reverse

from core.clock import today
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import error_links, text_of
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

START = "/start/"
AGE = "/start/volunteer/"


@pytest.fixture
def person(client):
    person = UserFactory()
    client.force_login(person)
    return person


def born(day):
    return {
        "date_of_birth_0": day.day,
        "date_of_birth_1": day.month,
        "date_of_birth_2": day.year,
    }


def years_ago(years):
    return today().replace(day=1, year=today().year - years)


@pytest.mark.parametrize(("what", "leads_to"), [("volunteer", AGE), ("group", "/groups/register/")])
def test_each_choice_leads_on(client, person, what, leads_to):
    assert client.post(START, {"what": what})["Location"] == leads_to


def test_choosing_nothing_is_an_error_that_links_to_the_first_choice(client, person):
    response = client.post(START, {})

    assert error_links(response) == {"Choose one. You can do the other one later.": "id_what"}
    assert 'id="id_what"' in response.content.decode()


def test_a_date_of_birth_makes_a_profile(client, person):
    response = client.post(AGE, born(years_ago(30)))

    # They go on to the first question, which leads to the next.
    first = reverse("web:profile-question", args=["postcode"])
    assert response["Location"] == f"{first}?from=question"
    volunteer = Volunteer.objects.get()
    assert (volunteer.user, volunteer.date_of_birth) == (person, years_ago(30))
    assert volunteer.waiting_since is not None


def test_nobody_under_13_registers(client, person):
    response = client.post(AGE, born(today() - timedelta(days=365 * 12)))

    assert "You need to be 13 or over to register." in text_of(response)
    assert not Volunteer.objects.exists()


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({}, "Enter your date of birth, for example 27 3 1981."),
        (
            {"date_of_birth_0": "27", "date_of_birth_1": "3"},
            "Enter the day, the month and the year.",
        ),
        (
            {"date_of_birth_0": "31", "date_of_birth_1": "2", "date_of_birth_2": "1990"},
            "This is not a date. Write it in numbers, for example 27 3 1981.",
        ),
        (
            {"date_of_birth_0": "3", "date_of_birth_1": "March", "date_of_birth_2": "1990"},
            "This is not a date. Write it in numbers, for example 27 3 1981.",
        ),
        (
            {"date_of_birth_0": "3", "date_of_birth_1": "3", "date_of_birth_2": "3003"},
            "Check the date of birth.",
        ),
    ],
)
def test_a_wrong_date_says_how_to_put_it_right(client, person, answers, sentence):
    response = client.post(AGE, answers)

    assert error_links(response) == {sentence: "id_date_of_birth_0"}
    assert 'id="id_date_of_birth_0"' in response.content.decode()
    assert not Volunteer.objects.exists()


def test_a_volunteer_is_not_asked_again(client, person):
    VolunteerFactory(user=person)

    assert client.get(AGE)["Location"] == reverse("web:profile")
    assert client.post(START, {"what": "volunteer"})["Location"] == "/me/"


def test_each_person_goes_on_at_their_own_first_page(client):
    volunteer = VolunteerFactory().user
    member = MembershipFactory().user
    expected = {
        volunteer: "/me/",
        member: "/groups/",
        UserFactory(broker=True): "/desk/",
        UserFactory(): "/start/",
    }
    for person, address in expected.items():
        client.force_login(person)
        assert client.get("/me/next/")["Location"] == address


def test_who_wanted_a_role_comes_back_to_it_after_registering(client):
    role = OpportunityFactory()
    wanted = reverse("web:role-apply", args=[role.pk])
    assert client.get(wanted)["Location"].startswith("/accounts/login/")
    client.force_login(UserFactory())

    assert client.get("/me/next/")["Location"] == START
    assert client.post(AGE, born(years_ago(30)))["Location"] == wanted
    assert client.get(wanted).status_code == 200
    assert client.get("/me/next/")["Location"] == "/me/"


def test_who_has_a_profile_and_signs_in_for_a_role_comes_back_to_it_once(client):
    wanted = reverse("web:role-apply", args=[OpportunityFactory().pk])
    client.get(wanted)
    client.force_login(VolunteerFactory().user)
    assert client.get("/me/next/")["Location"] == wanted
    assert client.get("/me/next/")["Location"] == "/me/"
