from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from axes.models import AccessAttempt
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from knox.models import AuthToken
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import suspensions
from api.v1 import tokens
from core import clock
from tests.factories.accounts import PASSWORD, UserFactory, code_of, set_up_app
from tests.integration.api.answers import errors
from tests.integration.api.cast import client_of

pytestmark = pytest.mark.django_db

TOKEN = "/api/v1/auth/token/"
REVOKE = f"{TOKEN}revoke/"
REVOKE_ALL = f"{TOKEN}revoke-all/"
MINE = "/api/v1/applications/"


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def user() -> User:
    return registered()


def registered(*, verified: bool = True, **fields) -> User:
    user = UserFactory(**fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user


def sign_in(email: str, password: str = PASSWORD, client: APIClient | None = None, **headers):
    return (client or APIClient()).post(TOKEN, {"email": email, "password": password}, **headers)


def with_token(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


# -- a token's life --------------------------------------------------------------------------------


def test_token_works_until_it_is_given_back(user):
    answer = sign_in(user.email.upper())
    assert answer.status_code == 201, answer.json()
    assert set(answer.json()) == {"token", "expires_at"}
    user.refresh_from_db()
    assert user.last_login is not None
    client = with_token(answer.json()["token"])
    assert client.get(MINE).status_code == 200
    assert client.post(REVOKE).status_code == 204
    refused = client.get(MINE)
    assert refused.status_code == 401
    assert errors(refused) == {None: "authentication_failed"}


def test_only_a_hash_of_the_token_is_kept(user):
    token = sign_in(user.email).json()["token"]
    (row,) = AuthToken.objects.values()
    assert token not in str(row)


def test_token_runs_out(user):
    token = sign_in(user.email).json()["token"]
    AuthToken.objects.update(expiry=clock.now() - timedelta(seconds=1))
    assert with_token(token).get(MINE).status_code == 401


def test_token_of_a_disabled_account_is_refused(user):
    token = sign_in(user.email).json()["token"]
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert with_token(token).get(MINE).status_code == 401


def test_giving_all_back_ends_each_of_ones_own_and_nobody_elses(user):
    tokens = [sign_in(user.email).json()["token"] for _ in range(3)]
    other = client_of(UserFactory())
    assert with_token(tokens[0]).post(REVOKE_ALL).status_code == 204
    assert [with_token(token).get(MINE).status_code for token in tokens] == [401, 401, 401]
    assert other.get(MINE).status_code == 200


def test_the_eleventh_token_takes_the_place_of_the_oldest(user):
    limit = settings.REST_KNOX["TOKEN_LIMIT_PER_USER"]
    rows = [AuthToken.objects.create(user=user)[0] for _ in range(limit)]
    for age, row in enumerate(rows):
        AuthToken.objects.filter(pk=row.pk).update(created=clock.now() - timedelta(days=20 - age))
    token = sign_in(user.email).json()["token"]
    left = set(AuthToken.objects.values_list("pk", flat=True))
    assert len(left) == limit
    assert rows[0].pk not in left
    assert {row.pk for row in rows[1:]} < left
    assert with_token(token).get(MINE).status_code == 200


@pytest.mark.parametrize(
    "header",
    ["Token", "Token ", "Token a b", "Token x", "Token ÿ", "Token \x00", "Token " + "9" * 9000],
)
def test_header_that_is_no_token_is_refused(header):
    answer = APIClient().get(MINE, HTTP_AUTHORIZATION=header)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"
    errors(answer)


def test_wrong_token_is_refused_on_public_addresses_too():
    assert with_token("wrong").get("/api/v1/opportunities/").status_code == 401


# -- the second step -------------------------------------------------------------------------------


def with_code(user: User, code: str | None = None):
    sent = {"email": user.email, "password": PASSWORD, "code": code or code_of(user)}
    return APIClient().post(TOKEN, sent)


def test_whoever_has_a_second_step_sends_its_code():
    user = registered(app=True)
    assert errors(sign_in(user.email)) == {"code": "code_needed"}
    assert errors(with_code(user, "000000")) == {"code": "wrong_code"}
    assert not AuthToken.objects.exists()
    answer = with_code(user)
    assert answer.status_code == 201
    assert with_token(answer.json()["token"]).get(MINE).status_code == 200
    assert errors(with_code(user)) == {"code": "wrong_code"}  # each works once


def test_of_codes_nothing_is_said_before_the_password_is_right():
    user = registered(app=True)
    answers = [
        APIClient().post(TOKEN, {"email": email, "password": "wrong", "code": code_of(user)})
        for email in (user.email, "nobody@example.org")
    ]
    assert answers[0].content == answers[1].content


def test_wrong_codes_are_counted_for_pages_and_api_together():
    user = registered(app=True)
    browser = Client()
    browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    for _ in range(3):
        browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
    for _ in range(2):
        assert errors(with_code(user, "000000")) == {"code": "wrong_code"}
    assert "too many times" in with_code(user).json()["errors"][0]["detail"]


def test_staff_without_a_second_step_get_no_token_and_none_of_before_works():
    user = registered(broker=True, app=False)
    answer = sign_in(user.email)
    assert answer.status_code == 403
    assert errors(answer) == {None: "second_factor_missing"}
    before = client_of(user)
    assert before.get(MINE).status_code == 401
    set_up_app(user)
    assert before.get(MINE).status_code == 401  # it was made without a code
    assert with_token(with_code(user).json()["token"]).get(MINE).status_code == 200


def test_session_of_staff_without_a_code_opens_nothing():
    user = registered(broker=True, app=False)
    browser = APIClient()
    browser.force_login(user)
    for path in (MINE, "/api/v1/opportunities/"):
        answer = browser.get(path)
        assert answer.status_code == 403
        assert errors(answer) == {None: "second_factor_missing"}


def test_a_token_is_not_made_for_whoever_is_suspended_in_this_moment(monkeypatch):
    user = registered()
    found = tokens.who_signs_in

    def then_suspended(request, **sent):
        person = found(request, **sent)
        suspensions.suspend(user=user, reason="concern", by=UserFactory(broker=True))
        suspensions.reinstate(user=user, by=UserFactory(broker=True))
        return person

    monkeypatch.setattr(tokens, "who_signs_in", then_suspended)
    assert errors(sign_in(user.email)) == {"non_field_errors": "wrong_sign_in"}
    assert not AuthToken.objects.exists()


# -- nothing is told -------------------------------------------------------------------------------


def test_unknown_wrong_unverified_and_disabled_are_told_the_same():
    known, unverified = registered(), registered(verified=False)
    disabled, nameless = registered(is_active=False), UserFactory()
    answers = [
        sign_in("nobody@example.org"),
        sign_in(known.email, "wrong password"),
        sign_in(unverified.email, "wrong password"),
        sign_in(unverified.email),
        sign_in(disabled.email),
        sign_in(nameless.email),
    ]
    assert {answer.status_code for answer in answers} == {400}
    assert len({answer.content for answer in answers}) == 1
    assert errors(answers[0]) == {"non_field_errors": "wrong_sign_in"}
    assert not AuthToken.objects.exists()


@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
def test_address_is_locked_after_too_many_tries_known_or_not(known):
    email = registered().email if known else "nobody@example.org"
    for _ in range(settings.AXES_FAILURE_LIMIT):
        cache.clear()  # the limit a minute is another matter
        sign_in(email, "wrong password")
    cache.clear()
    answer = sign_in(email)
    assert answer.status_code == 429
    assert errors(answer) == {None: "throttled"}
    assert 0 < int(answer["Retry-After"]) <= 900
    assert answer["Content-Type"].startswith("application/json")


def test_pages_and_api_count_the_same_failures():
    user = registered()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        cache.clear()
        sign_in(user.email, "wrong password")
    assert AccessAttempt.objects.get().username == user.email
    cache.clear()
    other = Client().post("/accounts/login/", {"login": registered().email, "password": PASSWORD})
    assert other.status_code == 302
    browser = Client()
    page = browser.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert page.status_code == 429
    assert "_auth_user_id" not in browser.session


def test_success_forgets_the_failures(user):
    for _ in range(3):
        sign_in(user.email, "wrong password")
    assert sign_in(user.email).status_code == 201
    assert not AccessAttempt.objects.filter(failures_since_start__gt=0).exists()


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, {"email": "required", "password": "required"}),
        ({"email": "nobody", "password": "x"}, {"email": "invalid"}),
        ({"email": "a@example.org", "password": ""}, {"password": "blank"}),
        ({"email": "a@example.org", "password": "x" * 1001}, {"password": "max_length"}),
        ({"email": "a@example.org", "password": {}}, {"password": "invalid"}),
    ],
)
def test_wrong_fields_are_said(sent, expected):
    answer = APIClient().post(TOKEN, sent)
    assert answer.status_code == 400
    assert errors(answer) == expected


# -- how often -------------------------------------------------------------------------------------


@time_machine.travel("2026-10-20T12:00:10Z", tick=False)
def test_ten_tries_a_minute_and_a_forged_address_resets_nothing(user):
    for number in range(10):
        assert sign_in(f"nobody{number}@example.org").status_code == 400
    answer = sign_in(user.email)
    assert answer.status_code == 429
    assert errors(answer) == {None: "throttled"}
    assert 0 < int(answer["Retry-After"]) <= 60
    for forged in ("203.0.113.9", "203.0.113.9, 198.51.100.7", "127.0.0.1"):
        assert sign_in(user.email, HTTP_X_FORWARDED_FOR=forged).status_code == 429
    assert sign_in(user.email, REMOTE_ADDR="198.51.100.7").status_code == 201


# -- sessions --------------------------------------------------------------------------------------


def test_session_of_the_pages_reads_and_needs_the_csrf_token_to_change(user):
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get(MINE).status_code == 200
    refused = browser.post("/api/v1/volunteers/me/", {"date_of_birth": "1990-02-03"})
    assert refused.status_code == 403
    assert errors(refused) == {None: "permission_denied"}
    browser.get("/accounts/password/change/")
    token = browser.cookies["csrftoken"].value
    made = browser.post(
        "/api/v1/volunteers/me/", {"date_of_birth": "1990-02-03"}, HTTP_X_CSRFTOKEN=token
    )
    assert made.status_code == 201
