"""How a person chooses what is sent to them, and the link that stops a mail."""

import re

import pytest
from django.core import mail
from django.test import Client

from notifications import stopping, topics
from notifications.choices import choice_of, hours_of
from notifications.models import ByMail, Preference
from notifications.services import delivery
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.messages import notified
from tests.factories.opportunities import MembershipFactory, SavedSearchFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import error_links, text_of, title_of

pytestmark = pytest.mark.django_db

PAGE = "/me/notifications/"


@pytest.fixture
def person(client):
    person = VolunteerFactory(user__phone="07700 900123").user
    client.force_login(person)
    return person


def stop_link(person, kind="application.invite") -> str:
    told = notified(recipient=person, kind=kind, key="k", subject="Hello", body="b", link="/me/")
    delivery.deliver(told.pk, lease_on("notification.created", told.pk))
    message = mail.outbox[-1].message()
    return re.sub(r"^<https?://[^/]+|>$", "", message["List-Unsubscribe"] or "")


def test_each_topic_is_shown_with_what_was_chosen(client, person):
    Preference.objects.create(user=person, topic="applications", by_mail="daily", by_text=True)
    words = text_of(client.get(PAGE))
    assert "Your applications By email, once a day By text message Change" in words
    assert "Offers of a place By email, at once" in words
    assert "Quiet hours None" in words
    assert "Work at the volunteer centre" not in words
    assert "Your group’s volunteers" not in words


def test_what_does_not_concern_them_is_not_shown(client):
    client.force_login(MembershipFactory().user)
    words = text_of(client.get(PAGE))
    assert "Your group’s volunteers" in words
    assert "Your applications" not in words


def test_a_number_that_cannot_be_texted_is_said_until_it_is_changed(client, person):
    told = notified(recipient=person, kind="invitation", key="k", subject="s", body="b")
    told.text_state, told.refused_number = "failed", "+447700900123"
    told.save()
    words = "A text message could not be delivered. Please check the number."
    assert words in text_of(client.get(PAGE))
    person.phone = "07700 900124"
    person.save()
    assert words not in text_of(client.get(PAGE))


def test_choosing(client, person):
    page = client.get(f"{PAGE}applications/")
    assert "Send a text message to +447700900123 too" in text_of(page)
    answer = client.post(f"{PAGE}applications/", {"by_mail": "weekly", "by_text": "on"})
    assert answer.url == PAGE
    choice = choice_of(person, topics.APPLICATIONS)
    assert (choice.by_mail, choice.by_text) == (ByMail.WEEKLY, True)


def test_what_cannot_be_stopped_is_not_offered(client, person):
    page = client.get(f"{PAGE}offers/")
    assert "Not by email" not in text_of(page)
    answer = client.post(f"{PAGE}offers/", {"by_mail": "never"})
    assert title_of(answer).startswith("Error: ")
    assert error_links(answer)


def test_no_such_topic(client, person):
    assert client.get(f"{PAGE}made-up/").status_code == 404


def test_quiet_hours(client, person):
    client.post(f"{PAGE}quiet-hours/", {"starts": "22:00", "ends": "07:00"})
    assert hours_of(person).starts.hour == 22
    assert "Quiet hours From 10pm until 7am" in text_of(client.get(PAGE))


def test_the_stop_link_asks_and_changes_nothing_until_the_button_is_pressed(person):
    link = stop_link(person)
    stranger = Client()
    assert "Stop these emails?" in text_of(stranger.get(link))
    assert not Preference.objects.exists()
    done = stranger.post(link)
    assert "We have stopped these emails" in text_of(done)
    assert choice_of(person, topics.APPLICATIONS).by_mail == ByMail.NEVER
    assert Preference.objects.count() == 1, "that topic and no other"


def test_a_mail_program_presses_it_without_cookie_or_token(person):
    link = stop_link(person)
    program = Client(enforce_csrf_checks=True)
    answer = program.post(link, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert choice_of(person, topics.APPLICATIONS).by_mail == ByMail.NEVER
    assert mail.outbox[-1].message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_undo_puts_back_what_was_before(person):
    link = stop_link(person)
    Preference.objects.create(user=person, topic="applications", by_mail="weekly")
    stranger = Client()
    page = stranger.post(link).content.decode()
    undo = re.search(r'action="(/stop/undo/[^"]+)"', page)
    assert undo is not None
    stranger.post(undo[1])
    assert choice_of(person, topics.APPLICATIONS).by_mail == ByMail.WEEKLY


@pytest.mark.parametrize("token", ["1.applications:made-up", "1.applications", "x"])
def test_a_link_that_is_not_ours(token):
    browser = Client()
    for address in (f"/stop/{token}/", f"/stop/undo/{token}/"):
        assert browser.post(address).status_code == 404


def test_a_stop_token_undoes_nothing_and_the_other_way_round(person):
    browser = Client()
    stop = stopping.token_for(person.pk, [topics.APPLICATIONS])
    undo = stopping.undo_token(person.pk, {"applications": ByMail.NOW})
    assert browser.post(f"/stop/undo/{stop}/").status_code == 404
    assert browser.post(f"/stop/{undo}/").status_code == 404


def test_somebody_who_has_gone(person):
    link = stop_link(person)
    person.delete()
    assert Client().get(link).status_code == 404


def test_urgent_mail_has_no_stop_link_and_still_says_why(person):
    assert stop_link(person, kind="application.offer") == ""
    body = mail.outbox[-1].body
    assert "You get this because a place is kept for you" in body
    assert "/me/notifications/" in body
    assert "/stop/" not in body


def test_the_account_page_leads_there(client, person):
    assert PAGE in client.get("/me/account/").content.decode()


def test_somebody_without_an_address_or_number(client):
    client.force_login(UserFactory(email=None))
    words = text_of(client.get(PAGE))
    assert "so we send no emails" in words
    assert "give us a mobile number" in words


def texted(person):
    Preference.objects.create(user=person, topic="applications", by_mail="weekly", by_text=True)
    return notified(
        recipient=person, kind="application.accept", key="t", subject="s", body="b", link="/me/"
    )


def test_the_link_of_a_text_leads_on_and_stops_texts_without_signing_in(person):
    address = f"/t/{stopping.text_token(texted(person))}/"
    stranger = Client()
    page = stranger.get(address)
    assert 'href="/me/"' in page.text
    assert "Your applications" in text_of(page)
    assert choice_of(person, topics.APPLICATIONS).by_text, "opening it changes nothing"

    done = stranger.post(address)

    assert "We have stopped these text messages" in text_of(done)
    choice = choice_of(person, topics.APPLICATIONS)
    assert (choice.by_mail, choice.by_text) == (ByMail.WEEKLY, False)
    assert "We have stopped these text messages" in text_of(stranger.get(address))


def test_a_link_of_a_text_that_is_not_ours_or_whose_message_has_gone(person):
    told = texted(person)
    token = stopping.text_token(told)
    wrong = token[:-1] + ("a" if token[-1] != "a" else "b")
    for made_up in (wrong, "x", "1abcdefgh", f"1{token}"):
        assert Client().post(f"/t/{made_up}/").status_code == 404
    assert choice_of(person, topics.APPLICATIONS).by_text
    assert Client().get(f"/t/{token.upper()}/").status_code == 200, "as somebody types it"
    told.delete()
    assert Client().get(f"/t/{token}/").status_code == 404


def test_whoever_saved_a_search_chooses_how_they_hear_of_new_roles(client):
    member = MembershipFactory().user
    client.force_login(member)
    assert "New roles in your saved searches" not in text_of(client.get(PAGE))
    SavedSearchFactory(user=member)
    assert "New roles in your saved searches" in text_of(client.get(PAGE))
