"""About how many people could do a role that is not saved."""

import pytest
from django.core.cache import caches
from django.db import connection

from api.v1 import live_count
from matching import live_counts
from opportunities.models import Opportunity
from tests.factories.volunteers import VolunteerFactory
from tests.integration.api.answers import errors

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_asked_yet():
    caches["counts"].clear()


def address(cast):
    return f"/api/v1/organisations/{cast.group.pk}/live-count/"


def test_count_is_rounded_and_nothing_is_saved(full_cast):
    VolunteerFactory.create_batch(12)
    before = Opportunity.objects.count()
    said = full_cast["member"].post(address(full_cast), {"from_home": True}).json()
    assert said["headline"] == "About 15 people who are waiting could do this."
    assert said["rings"] == []
    assert Opportunity.objects.count() == before


def test_what_is_not_sent_is_as_in_the_saved_role(full_cast):
    VolunteerFactory.create_batch(12)
    Opportunity.objects.filter(pk=full_cast.role.pk).update(minimum_age=99)
    sent = {"from_home": True}
    new = full_cast["member"].post(address(full_cast), sent).json()
    saved = (
        full_cast["member"]
        .post(address(full_cast), sent | {"opportunity": full_cast.role.pk})
        .json()
    )
    assert new["headline"] != saved["headline"]


def test_role_of_another_group_and_codes_that_are_none_are_refused(full_cast):
    other = full_cast["other_member"].post(address(full_cast), {})
    assert other.status_code == 404
    answer = full_cast["member"].post(address(full_cast), {"opportunity": 999_999})
    assert answer.status_code == 404
    answer = full_cast["member"].post(address(full_cast), {"causes": ["made-up"]})
    assert set(errors(answer)) == {"causes"}


def test_nobody_who_writes_waits_while_the_centre_counts(full_cast, monkeypatch):
    """On SQLite a transaction that is open keeps everybody else from writing."""
    deep = []

    def counts(**given):
        deep.append(len(connection.savepoint_ids))
        return live_counts.counts_for(**given)

    monkeypatch.setattr(live_count, "counts_for", counts)
    outside = len(connection.savepoint_ids)
    assert full_cast["broker"].post(address(full_cast), {}).status_code == 200
    assert deep == [outside]


def test_only_so_many_questions_are_answered(full_cast, monkeypatch):
    monkeypatch.setattr(live_counts, "QUESTIONS_AN_HOUR", 1)
    client = full_cast["member"]
    first = client.post(address(full_cast), {"minimum_age": 18}).json()["headline"]
    assert client.post(address(full_cast), {"minimum_age": 18}).json()["headline"] == first
    said = client.post(address(full_cast), {"minimum_age": 21}).json()
    assert "many counts" in said["headline"]
    assert said["costs"] == []
