"""One shape for every error, whatever went wrong."""

import json
from unittest.mock import patch

import pytest
from rest_framework.test import APIClient

from core.models import Fact
from opportunities.models import Organisation
from opportunities.services import organisations
from tests.factories.accounts import UserFactory
from tests.integration.api.answers import errors
from tests.integration.api.cast import client_of

pytestmark = pytest.mark.django_db

GROUPS = "/api/v1/organisations/"


@pytest.fixture
def client() -> APIClient:
    return client_of(UserFactory())


def send(client: APIClient, body: bytes | str, kind: str = "application/json"):
    return client.generic("POST", GROUPS, body, content_type=kind)


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize(
    "address",
    [
        "/api/",
        "/api/v1/",
        "/api/v2/opportunities/",
        "/api/v1/nothing/",
        "/api/v1/opportunities",
        "/api/v1/opportunities/1/publish/",
        "/api/v1/volunteers/1/",
        "/api/v1/opportunities/../../accounts/",
        "/api/v1/%00/",
        "/api/schema",
    ],
)
def test_address_that_is_none_is_json(address, method):
    answer = getattr(APIClient(), method)(address)
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("application/json")
    assert errors(answer) == {None: "not_found"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{'name': 1}",
        b"\xff\xfe",
        b'{"name": NaN}',
        b'{"name": Infinity}',
        b"[" * 100_000,
        b'{"places": ' + b"9" * 10_000 + b"}",
        rb'{"name": "\ud800"}',
        rb'{"\uDFFF": 1}',
    ],
    ids=range(10),
)
def test_body_that_is_no_json_is_said(client, body):
    answer = send(client, body)
    assert answer.status_code == 400
    assert set(errors(answer).values()) <= {"parse_error", "required"}
    assert not Organisation.objects.exists()


def test_whole_characters_beyond_the_first_plane_are_taken(client):
    name = "Example Choir \U0001f3b5"
    body = {"name": name, "legal_form": "faith", "description": "We sing."}
    answer = send(client, json.dumps(body))  # written as two escapes
    assert answer.status_code == 201
    assert answer.json()["name"] == name


def test_too_much_at_once_is_said(client, settings):
    body = json.dumps({"name": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    answer = send(client, body)
    assert answer.status_code == 413
    assert errors(answer) == {None: "too_large"}


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_other_kinds_of_body_are_refused(client, kind):
    answer = send(client, "name=x", kind)
    assert answer.status_code == 415
    assert errors(answer) == {None: "unsupported_media_type"}


def test_other_kinds_of_answer_are_refused(client):
    answer = client.get(GROUPS, HTTP_ACCEPT="application/xml")
    assert answer.status_code == 406
    assert errors(answer) == {None: "not_acceptable"}


def test_mistake_of_ours_tells_nothing_and_keeps_nothing():
    client = client_of(UserFactory())
    client.handler.raise_request_exception = client.raise_request_exception = False
    body = {"name": "Example", "legal_form": "faith", "description": "x"}
    with patch.object(organisations.audit, "record", side_effect=RuntimeError("secret")):
        answer = client.post(GROUPS, body)
    assert answer.status_code == 500
    assert errors(answer) == {None: "error"}
    assert "secret" not in answer.content.decode()
    assert not Organisation.objects.exists()
    assert not Fact.objects.exists()


def test_too_many_requests_are_told_when_to_come_back(settings):
    client = APIClient()
    for _ in range(120):
        assert client.get("/api/v1/opportunities/", {"page_size": 1}).status_code == 200
    answer = client.get("/api/v1/opportunities/", HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert answer.status_code == 429
    assert errors(answer) == {None: "throttled"}
    assert 0 < int(answer["Retry-After"]) <= 60
