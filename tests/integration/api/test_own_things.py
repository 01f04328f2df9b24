"""What people do for themselves through the API: searches, blocks, concerns, their data."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from rest_framework.test import APIClient

from accounts.models import AuditEntry, User
from opportunities.models import SavedSearch
from opportunities.role_templates import how_many
from placements.models import Block, Concern
from tests.factories.accounts import PASSWORD, UserFactory, code_of
from tests.factories.opportunities import OpportunityFactory
from tests.integration.api.answers import errors
from tests.integration.api.cast import client_of

pytestmark = pytest.mark.django_db

SEARCH = {
    "name": "Gardening near me",
    "alerts": "weekly",
    "search": {"activity": "gardening", "days": ["sat"], "near": "ha11aa", "within_miles": 3},
}


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def user():
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.fixture
def client(user) -> APIClient:
    return client_of(user)


# -- saved searches --------------------------------------------------------------------------------


def test_a_search_is_kept_as_the_page_shows_it(client, user):
    made = client.post("/api/v1/saved-searches/", SEARCH)

    assert made.status_code == 201
    search = SavedSearch.objects.get()
    assert made.json()["address"] == ("/roles/?postcode=HA1+1AA&miles=3&activity=gardening&day=sat")
    assert (search.user, search.alerts) == (user, "weekly")
    assert search.asked["activities"] == ["gardening"]
    assert search.asked["within_miles"] == 3
    assert [one["id"] for one in client.get("/api/v1/saved-searches/").json()["results"]] == [
        search.pk
    ]


def test_it_is_called_otherwise_told_less_often_and_deleted(client):
    number = client.post("/api/v1/saved-searches/", SEARCH).json()["id"]
    address = f"/api/v1/saved-searches/{number}/"

    assert client.put(address, {"name": "Green", "alerts": "never"}).json()["name"] == "Green"
    assert client.get(address).json()["alerts"] == "never"
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ({"cause": "no-such-cause"}, {"search.cause": "invalid"}),
        ({"within_miles": 3}, {"search.within_miles": "needs_near"}),
        ({"near": "ZZ99 9ZZ"}, {"search.near": "unknown_postcode"}),
        ({"colour": "red"}, {"search.colour": "unknown_field"}),
    ],
)
def test_what_is_wrong_with_a_search_is_said_beside_its_field(client, search, expected):
    answer = client.post("/api/v1/saved-searches/", SEARCH | {"search": search})
    assert answer.status_code == 400
    assert errors(answer) == expected
    assert not SavedSearch.objects.exists()


# -- blocks and concerns ---------------------------------------------------------------------------


def test_a_person_blocks_a_group_and_takes_it_back(cast):
    person = cast["volunteer"]
    made = person.post("/api/v1/blocked-groups/", {"organisation": cast.group.pk})

    assert made.json()["name"] == cast.group.name
    address = f"/api/v1/applications/{cast.application.pk}/messages/"
    assert person.post(address, {"words": "Hello"}).status_code == 409
    assert person.delete(f"/api/v1/blocked-groups/{cast.group.pk}/").status_code == 204
    assert person.post(address, {"words": "Hello"}).status_code == 201


def test_a_group_blocks_a_person_and_takes_it_back(cast):
    address = f"/api/v1/applications/{cast.application.pk}/block/"

    assert cast["member"].post(address).status_code == 204
    assert (Block.objects.get().side, Block.objects.get().volunteer) == ("group", cast.volunteer)
    assert cast["volunteer"].get("/api/v1/blocked-groups/").json()["results"] == []
    assert cast["member"].delete(address).status_code == 204
    assert not Block.objects.exists()


def test_a_concern_about_a_role_reaches_the_centre(cast):
    sent = {"kind": "money", "words": "A deposit.", "opportunity": cast.role.pk}

    answer = cast["other_volunteer"].post("/api/v1/concerns/", sent)

    assert answer.status_code == 201
    concern = Concern.objects.get()
    assert (concern.opportunity, concern.organisation) == (cast.role, cast.group)
    assert concern.reporter == cast.users["other_volunteer"]
    assert cast.users["broker"].notifications.filter(kind="concern.new").exists()


def test_of_what_one_may_not_know_nothing_is_reported(client, cast):
    hidden = [
        {"opportunity": cast.draft.pk},
        {"organisation": cast.unverified_group.pk},
        {"application": cast.application.pk},
        {"message": 1},
    ]
    for about in hidden:
        answer = client.post("/api/v1/concerns/", {"kind": "other", "words": "w"} | about)
        assert answer.status_code == 404, about
    several = {"kind": "other", "words": "w", "opportunity": 1, "organisation": 1}
    assert errors(client.post("/api/v1/concerns/", several)) == {
        "non_field_errors": "several_subjects"
    }
    assert not Concern.objects.exists()


# -- own data --------------------------------------------------------------------------------------


def test_the_data_come_for_the_password(client, user):
    answer = client.post("/api/v1/account/data/", {"password": PASSWORD})

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert answer.json()["data"]["accounts.User"][0]["email"] == user.email
    wrong = client.post("/api/v1/account/data/", {"password": "not the password"})
    assert errors(wrong) == {"non_field_errors": "wrong_sign_in"}


def test_an_account_is_deleted_for_the_password_and_for_nothing_else(client, user):
    for sent in ({}, {"password": "not the password"}):
        assert client.post("/api/v1/account/delete/", sent).status_code == 400
    assert User.objects.filter(pk=user.pk).exists()

    assert client.post("/api/v1/account/delete/", {"password": PASSWORD}).status_code == 204

    assert not User.objects.filter(pk=user.pk).exists()
    assert client.get("/api/v1/notifications/").status_code == 401
    assert AuditEntry.objects.filter(action="user.erased", subject_id=user.pk).exists()


def test_with_a_second_step_the_code_is_asked_for_too(cast):
    broker = cast.users["broker"]
    sent = {"password": PASSWORD}
    assert errors(cast["broker"].post("/api/v1/account/data/", sent)) == {"code": "code_needed"}
    sent["code"] = code_of(broker)
    assert cast["broker"].post("/api/v1/account/data/", sent).status_code == 200
    assert errors(cast["broker"].post("/api/v1/account/data/", sent)) == {"code": "wrong_code"}


# -- what groups write with ------------------------------------------------------------------------


def test_a_template_becomes_a_role_as_it_is(cast):
    first = cast["anonymous"].get("/api/v1/role-templates/?page_size=100").json()
    assert first["count"] == how_many()
    for template in first["results"]:
        made = cast["member"].post(
            "/api/v1/opportunities/", template["role"] | {"organisation": cast.group.pk}
        )
        assert made.status_code == 201, (template["code"], made.json())


def test_words_are_marked_where_they_stand(client):
    sent = {"title": "Driver", "description": "You must have your own car."}

    marks = client.post("/api/v1/wording-marks/", sent).json()["marks"]

    (mark,) = [one for one in marks if one["field"] == "description"]
    assert sent["description"][mark["start"] : mark["end"]] == mark["quote"]
    assert mark["suggestion"]
    assert not OpportunityFactory._meta.model.objects.exists()
