"""The transparency record, as machines read it."""

import pytest
from django.test import Client

from matching.recommender.transparency import facts_of_code

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/transparency/"


def test_anyone_reads_the_record_of_the_code_that_runs(django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = Client().get(ADDRESS)

    record = answer.json()
    assert answer.status_code == 200
    assert record["facts"] == facts_of_code()
    assert "Not reviewed, approved or published" in record["status"]
    fields = {field["code"]: field for section in record["sections"] for field in section["fields"]}
    assert {"detailed_description", "human_review", "risks_and_mitigations"} <= set(fields)
    assert fields["website"]["items"] == ["http://localhost:8000/about/ranking/"]
    assert fields["senior_responsible_owner"]["sentences"] == [
        "Not set by whoever runs this service."
    ]


def test_what_whoever_runs_it_has_set_is_told(settings):
    settings.TRANSPARENCY_RECORD = {"owner": "Head of Communities"}

    assert "Head of Communities" in Client().get(ADDRESS).content.decode()


def test_it_may_be_kept_for_an_hour():
    assert Client().get(ADDRESS)["Cache-Control"] == "public, max-age=3600"
