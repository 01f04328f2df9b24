"""Downloading one's data and deleting one's account, after showing once more who one is."""

import json

import pytest
from django.test import Client

from accounts.models import User
from opportunities.models import Membership
from tests.factories.accounts import PASSWORD
from tests.factories.opportunities import MembershipFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db

FILE, DELETE, CONFIRM = (
    "/me/account/data/file/",
    "/me/account/delete/",
    "/me/account/delete/confirm/",
)


@pytest.fixture
def person(client) -> User:
    """Signed in long ago, as far as the session says."""
    person = VolunteerFactory(about="I like gardens").user
    client.force_login(person)
    return person


def show_who(client: Client) -> None:
    answer = client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert answer.status_code == 302


def test_it_is_said_what_goes_and_what_stays(client, person):
    words = text_of(client.get(DELETE))
    goes, stays = words.split("What stays")
    assert "notes about you" in goes
    assert "Everything we keep" not in goes
    for kept in ("Numbers", "Messages", "Concerns", "letters that are posted", "Backups"):
        assert kept in stays


def test_both_ask_for_the_password_first(client, person):
    for address in (FILE, CONFIRM):
        assert client.get(address).url.startswith("/accounts/reauthenticate/")
    client.post(CONFIRM)
    assert User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (FILE, "The file holds everything that we keep about you."),
        (CONFIRM, "Once your account is deleted, nobody can bring it back."),
        ("/accounts/password/change/", "only you can change how you sign in"),
        ("https://[elsewhere", "only you can change how you sign in"),
    ],
)
def test_the_page_that_asks_for_the_password_says_what_it_protects(client, person, address, said):
    asked = text_of(client.get("/accounts/reauthenticate/", {"next": address}))
    assert said in asked
    assert asked.count("so that nobody else") == (address in (FILE, CONFIRM))


def test_the_file_holds_what_is_theirs(client, person):
    show_who(client)
    answer = client.get(FILE)
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert "no-store" in answer["Cache-Control"]
    data = json.loads(answer.content)["data"]
    assert data["volunteers.Volunteer"][0]["about"] == "I like gardens"
    assert data["accounts.User"][0]["email"] == person.email
    assert "password" not in data["accounts.User"][0]


def test_deleting(client, person):
    words = text_of(client.get(DELETE))
    assert "This cannot be undone." in words
    assert "Continue" in words
    show_who(client)
    assert "Delete your account now?" in text_of(client.get(CONFIRM))
    answer = client.post(CONFIRM, follow=True)
    assert "Your account and everything in it are deleted." in text_of(answer)
    assert not User.objects.filter(pk=person.pk).exists()
    assert client.get("/me/account/").url.startswith("/accounts/login/")


def test_other_sessions_end_too(client, person):
    other = Client()
    other.force_login(person)
    show_who(client)
    client.post(CONFIRM)
    assert other.get("/me/account/").url.startswith("/accounts/login/")


def test_the_last_owner_is_told_what_to_do_first(client):
    owner = MembershipFactory(role=Membership.Role.OWNER).user
    client.force_login(owner)
    words = text_of(client.get(DELETE))
    assert "You are the only owner of" in words
    assert "Continue" not in words
    show_who(client)
    answer = client.post(CONFIRM, follow=True)
    assert "You are the only owner of" in text_of(answer)
    assert User.objects.filter(pk=owner.pk).exists()


def test_the_account_page_leads_there(client, person):
    page = client.get("/me/account/").content.decode()
    assert "/me/account/data/" in page
    assert DELETE in page
