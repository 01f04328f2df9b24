"""Mails about accounts: text and HTML that say the same, in their reader's language."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.models import User
from tests.architecture.test_words_to_readers import GUJARATI
from tests.factories.accounts import PASSWORD, UserFactory
from tests.work import mails_about_accounts

pytestmark = pytest.mark.django_db
SIGN_UP = {
    "first_name": "Demo <b>",
    "email": "new@example.org",
    "password1": "three cold elephants",
    "is_old_enough": "on",
}


def person(language="gu"):
    made = UserFactory(email="asha@example.org", preferred_language=language)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def html_of(message):
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    return html


def ask_for_a_new_password(client, address):
    client.post(reverse("account_reset_password"), {"email": address})
    return mails_about_accounts()[-1]


def test_a_mail_has_the_look_of_the_others_and_says_what_its_text_says(client):
    message = ask_for_a_new_password(client, person("en-gb").email)
    html = html_of(message)
    assert "#5b1f4d" in html
    assert f"<title>{message.subject}</title>" in html
    (link,) = re.findall(r"^http\S+$", message.body, re.M)
    assert f'href="{link}"' in html
    said = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    for paragraph in message.body.split("\n\n")[1:-1]:
        if "http" not in paragraph:
            assert paragraph in said
    assert "Harrow Volunteering" in said
    assert "You cannot answer this email." in said


def test_it_is_in_the_language_of_the_account_whoever_asks_for_it(client):
    """Somebody with a page in English enters the address."""
    asha = person()
    message = ask_for_a_new_password(client, asha.email)
    assert GUJARATI.search(message.subject)
    assert GUJARATI.search(message.body)
    assert '<html lang="gu"' in html_of(message)


def test_a_stranger_is_written_to_in_the_language_of_the_page(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "pl"
    message = ask_for_a_new_password(client, "nobody@example.org")
    assert '<html lang="pl"' in html_of(message)
    assert "#5b1f4d" in html_of(message)


def test_who_registers_is_written_to_in_the_language_of_the_page_from_then_on(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "gu"
    client.post(reverse("account_signup"), SIGN_UP)
    assert User.objects.get(email="new@example.org").preferred_language == "gu"
    assert '<html lang="gu"' in html_of(mails_about_accounts()[-1])
    assert "Demo &lt;b&gt;" in html_of(mails_about_accounts()[-1])


def test_a_changed_password_is_told_alike(client):
    asha = person()
    client.post(reverse("account_login"), {"login": asha.email, "password": PASSWORD})
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "three cold elephants"},
    )
    message = mails_about_accounts()[-1]
    assert message.to == [asha.email]
    assert GUJARATI.search(message.subject)
    assert reverse("account_reset_password") in html_of(message)
