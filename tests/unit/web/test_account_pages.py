import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.volunteers import VolunteerFactory
from tests.unit.web.pages import error_links, ids_of, text_of, title_of
from tests.work import mails_about_accounts

pytestmark = pytest.mark.django_db

SIGN_UP = {
    "first_name": "Demo",
    "last_name": "",
    "email": "New@Example.org",
    "password1": "three words together",
}


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def person_with_address(**fields):
    person = UserFactory(**fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def link_in(message):
    (link,) = re.findall(r"https?://\S+", message.body)
    return link


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), SIGN_UP | changes)


def test_registering_sends_a_link_whose_button_confirms(client):
    response = sign_up(client)
    assert response["Location"] == reverse("account_email_verification_sent")
    person = User.objects.get()
    assert (person.email, person.first_name, person.last_name) == ("new@example.org", "Demo", "")

    (message,) = mails_about_accounts()
    assert message.subject == "Confirm your email address to finish registering"
    assert "Hello Demo," in message.body
    link = link_in(message)
    page = client.get(link)
    assert "new@example.org" in text_of(page)
    assert not EmailAddress.objects.get().verified  # a mail scanner that opens it confirms nothing

    client.post(link)
    assert EmailAddress.objects.get().verified


def test_nobody_gets_in_before_the_address_is_confirmed(client):
    sign_up(client)
    client.cookies.clear()

    client.post(
        reverse("account_login"), {"login": "new@example.org", "password": SIGN_UP["password1"]}
    )

    assert client.get(reverse("web:account")).status_code == 302


def test_registering_says_who_sees_the_email_address(client):
    words = text_of(client.get(reverse("account_signup")))
    assert "A group sees it only if you share it with that group, and never if" in words


def test_registering_needs_a_first_name(client):
    response = sign_up(client, first_name="")

    assert error_links(response) == {"Enter your first name.": "id_first_name"}
    assert title_of(response).startswith("Error: Register")
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": ""}, "Enter your email address."),
        ({"email": "demo"}, "Enter an email address in the right form, like name@example.com."),
        ({"password1": ""}, "Enter a password."),
        ({"password1": "nine long"}, "Use 10 characters or more."),
        (
            {"password1": "sunshine2026"},
            "Many people use this password or one like it. Choose another one.",
        ),
        (
            {"password1": "new@example.org"},
            "This password is too much like your name or your email address.",
        ),
    ],
)
def test_registering_says_what_is_wrong_beside_the_field(client, changes, sentence):
    response = sign_up(client, **changes)

    links = error_links(response)
    assert list(links) == [sentence]
    assert links[sentence] in ids_of(response)
    assert not User.objects.exists()


def test_a_known_address_registers_like_an_unknown_one(client):
    unknown = sign_up(client)
    client.cookies.clear()
    person_with_address(email="known@example.org")

    known = sign_up(client, email="known@example.org")

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert User.objects.count() == 2
    told_new, told_known = mails_about_accounts()
    assert told_new.to == ["new@example.org"]
    assert told_known.to == ["known@example.org"]
    assert told_known.subject == "You have an account already"


def test_signing_in_says_the_same_for_a_wrong_address_as_for_a_wrong_password(client):
    person_with_address(email="known@example.org")
    answers = [
        client.post(reverse("account_login"), {"login": address, "password": "wrong, and long"})
        for address in ("known@example.org", "unknown@example.org")
    ]

    first, second = (text_of(answer) for answer in answers)
    assert first == second
    assert "The email address or the password is not right." in first


def test_a_new_password_is_asked_for_alike_with_a_known_and_an_unknown_address(client):
    person_with_address(email="known@example.org")
    answers = [
        client.post(reverse("account_reset_password"), {"email": address}, follow=True)
        for address in ("known@example.org", "unknown@example.org")
    ]

    first, second = (text_of(answer) for answer in answers)
    assert first == second
    assert [message.to for message in mails_about_accounts()] == [
        ["known@example.org"],
        ["unknown@example.org"],
    ]


def test_the_link_in_the_mail_leads_to_a_new_password(client):
    person = person_with_address(email="known@example.org")
    client.post(reverse("account_reset_password"), {"email": person.email})
    form = client.get(link_in(mails_about_accounts()[0]), follow=True)
    assert "Choose a new password" in text_of(form)

    done = client.post(
        form.request["PATH_INFO"], {"password1": "other words together"}, follow=True
    )

    assert "Your password is changed" in text_of(done)
    person.refresh_from_db()
    assert person.check_password("other words together")
    assert mails_about_accounts()[-1].subject == "Your password has been changed"


def test_a_used_link_says_so(client):
    response = client.get(reverse("account_reset_password_from_key", args=["1", "x-y"]))

    assert title_of(response).startswith("This link does not work any more")


def test_signing_in_leads_a_volunteer_to_their_roles(client):
    volunteer = VolunteerFactory(user=person_with_address())

    response = client.post(
        reverse("account_login"), {"login": volunteer.user.email, "password": PASSWORD}
    )

    assert response["Location"] == reverse("web:after-sign-in")
    assert client.get(response["Location"])["Location"] == reverse("web:recommended-roles")


def test_too_many_wrong_passwords_close_the_door_for_a_while(client, settings):
    person_with_address(email="known@example.org")
    settings.ACCOUNT_RATE_LIMITS = False
    for _ in range(settings.AXES_FAILURE_LIMIT):
        response = client.post(
            reverse("account_login"), {"login": "known@example.org", "password": "wrong"}
        )

    assert response.status_code == 429
    assert "Wait 15 minutes" in text_of(response)
    right = client.post(
        reverse("account_login"), {"login": "known@example.org", "password": PASSWORD}
    )
    assert right.status_code == 429


def test_changing_the_address_asks_for_the_password_first(client):
    client.force_login(person_with_address())

    response = client.post(
        reverse("account_email"), {"email": "other@example.org", "action_add": ""}
    )

    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert EmailAddress.objects.count() == 1


def test_the_address_changes_once_the_new_one_is_confirmed(client):
    person = person_with_address(email="old@example.org")
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

    asked = client.post(reverse("account_email"), {"email": "other@example.org", "action_add": ""})
    page = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    assert "Open the link in our email to other@example.org" in text_of(page)
    person.refresh_from_db()
    assert person.email == "old@example.org"

    confirm = next(m for m in mails_about_accounts() if m.to == ["other@example.org"])
    client.post(link_in(confirm))
    person.refresh_from_db()
    assert person.email == "other@example.org"


def test_changing_the_password_tells_its_owner(client):
    person = person_with_address()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "other words together"},
    )

    person.refresh_from_db()
    assert person.check_password("other words together")
    (message,) = mails_about_accounts()
    assert message.subject == "Your password has been changed"
    assert reverse("account_reset_password") in message.body


def test_signing_out_needs_the_button(client):
    client.force_login(person_with_address())

    page = client.get(reverse("account_logout"))
    assert "Sign out?" in text_of(page)
    assert client.get(reverse("web:account")).status_code == 200

    client.post(reverse("account_logout"))
    assert client.get(reverse("web:account")).status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
        "account_inactive",
    ],
)
def test_every_page_of_allauth_is_one_of_ours(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert title_of(response).endswith("– Harrow Volunteering")
    assert "govuk-template__body" in response.content.decode()


@pytest.mark.parametrize("name", ["account_email", "account_change_password", "account_logout"])
def test_pages_of_the_account_are_ours_too(client, name):
    person = person_with_address()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert title_of(response).endswith("– Harrow Volunteering")


def test_passwords_are_not_sent_back(client):
    response = client.post(
        reverse("account_login"), {"login": "a@example.org", "password": "not so secret"}
    )

    assert "not so secret" not in response.content.decode()


def test_a_password_can_be_shown_while_it_is_typed_and_pasted(client):
    for name in ("account_login", "account_signup"):
        page = client.get(reverse(name)).content.decode()
        assert 'data-module="govuk-password-input"' in page
        assert "onpaste" not in page


def test_registering_many_from_one_place_is_stopped(client):
    answers = [sign_up(client, email=f"n{number}@example.org").status_code for number in range(22)]
    assert answers == [302] * 20 + [429] * 2
    assert User.objects.count() == 20


def test_one_address_gets_five_links_to_a_new_password_within_a_minute(client):
    person = person_with_address()
    for _ in range(7):
        client.post(reverse("account_reset_password"), {"email": person.email})
    assert len(mails_about_accounts()) == 5
