"""Hear of new roles by mail without an account, page by page."""

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.core.cache import cache

from core.clock import now
from opportunities.models import SavedSearch
from opportunities.services import followed_searches, saved_searches
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import SavedSearchFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import text_of

pytestmark = pytest.mark.django_db
FOLLOW = "/roles/follow/?q=garden&page=2"
ANSWER = {"email": "new@example.org", "alerts": "daily"}


@pytest.fixture(autouse=True)
def _no_limits_used_up():
    cache.clear()


@pytest.fixture
def search():
    return SavedSearchFactory(user=None, email="new@example.org", name="Gardens")


def address_of(search, page=""):
    return f"/follow/{followed_searches.token_for(search)}/{page}"


def without_tokens(answer):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def test_the_search_page_offers_it_to_who_has_no_account(client):
    assert "/roles/follow/?q=garden" in client.get("/roles/?q=garden").text
    client.force_login(VolunteerFactory().user)
    assert "/roles/follow/" not in client.get("/roles/?q=garden").text
    assert client.get(FOLLOW)["Location"] == "/me/searches/new/?q=garden&page=2"


def test_an_address_is_taken_with_the_search(client):
    page = client.get(FOLLOW)
    assert "garden" in text_of(page)
    assert "Do not tell me" not in text_of(page)
    done = client.post(FOLLOW, ANSWER, follow=True)
    assert "Look in your mailbox" in text_of(done)
    kept = SavedSearch.objects.get()
    assert (kept.email, kept.address, kept.name) == ("new@example.org", "q=garden", "garden")
    assert kept.confirmed_at is None


def test_what_is_missing_is_said(client):
    page = client.post(FOLLOW, {"email": "nonsense", "alerts": "never"})
    assert "Enter an email address in the right form" in text_of(page)
    assert not SavedSearch.objects.exists()


def test_the_answer_is_the_same_with_an_account_and_for_what_is_followed_already(client, search):
    known = UserFactory(email="known@example.org")
    EmailAddress.objects.create(user=known, email=known.email, verified=True, primary=True)
    SavedSearch.objects.update(confirmed_at=now(), address="q=garden")
    answers = [
        client.post(FOLLOW, {**ANSWER, "email": email}, follow=True)
        for email in ("stranger@example.org", known.email, search.email)
    ]
    first, *others = [(one.redirect_chain, without_tokens(one)) for one in answers]
    assert all(other == first for other in others)


def test_one_address_is_asked_three_times_a_day_and_the_answer_stays_the_same(client):
    for number in range(5):
        done = client.post(f"/roles/follow/?q=word{number}", ANSWER, follow=True)
        assert "Look in your mailbox" in text_of(done)
    assert SavedSearch.objects.count() == 3


def test_from_one_place_ten_an_hour(client):
    for number in range(12):
        done = client.post(FOLLOW, {**ANSWER, "email": f"n{number}@example.org"}, follow=True)
    assert "You have tried too many times" in text_of(done)
    assert SavedSearch.objects.count() == 10


def test_the_link_asks_and_the_button_confirms(client, search):
    page = client.get(address_of(search))
    assert "Shall we tell you about new roles?" in text_of(page)
    search.refresh_from_db()
    assert search.confirmed_at is None, "a mail scanner that opens it confirms nothing"
    done = client.post(address_of(search), follow=True)
    assert "We write to you when there is a new role." in text_of(done)
    search.refresh_from_db()
    assert search.confirmed_at is not None
    assert "You have said yes." in text_of(client.get(address_of(search)))


def test_one_press_of_a_mail_program_stops_and_deletes(client, search):
    page = client.get(address_of(search, "stop/"))
    assert "This is all that we keep about new@example.org: Gardens" in text_of(page)
    assert SavedSearch.objects.count() == 1
    strict = type(client)(enforce_csrf_checks=True)
    done = strict.post(address_of(search, "stop/"), {"List-Unsubscribe": "One-Click"})
    assert "We have deleted your address" in text_of(done)
    assert not SavedSearch.objects.exists()
    assert client.get(address_of(search)).status_code == 404


@pytest.mark.parametrize("page", ["", "stop/"])
def test_links_that_are_not_ours_are_not_there(client, search, page):
    assert client.get(f"/follow/{search.pk}:made-up/{page}").status_code == 404


def test_how_often_is_changed_by_the_link_in_an_alert(client, search):
    SavedSearch.objects.update(confirmed_at=now())
    address = f"/searches/{saved_searches.token_for(search)}/"
    assert "on your messages page" not in text_of(client.get(address))
    client.post(address, {"alerts": "weekly"})
    search.refresh_from_db()
    assert search.alerts == "weekly"


def test_who_registers_with_the_address_finds_the_search_there(client):
    followed = SavedSearchFactory(user=None, email="new@example.org", confirmed_at=now())
    person = UserFactory(email="new@example.org")
    own = EmailAddress.objects.create(user=person, email=person.email, primary=True)
    client.post(f"/accounts/confirm-email/{EmailConfirmationHMAC(own).key}/")
    assert person.saved_searches.get() == followed
