import pytest
from django.test import Client

from core.models import Activity, Cause, Language, Skill
from core.week import SLOTS

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/taxonomy/"


def test_lists_are_all_there_in_their_order(django_assert_num_queries):
    with django_assert_num_queries(4):
        answer = Client().get(ADDRESS)
    said = answer.json()
    for name, kind in (("activities", Activity), ("skills", Skill), ("languages", Language)):
        assert said[name] == [{"code": item.code, "name": item.name} for item in kind.objects.all()]
    assert len(said["causes"]) == Cause.objects.count()
    by_code = {cause["code"]: cause for cause in said["causes"]}
    assert by_code["older-people"]["parent"] is None
    assert by_code["dementia"]["parent"] == "older-people"
    assert [slot["code"] for slot in said["slots"]] == [slot.code for slot in SLOTS]
    assert {"code": "outdoors", "name": "Be outdoors"} in said["motives"]
    assert said["slots"][0]["name"] == "Monday morning"


def test_lists_may_be_kept_for_an_hour():
    assert Client().get(ADDRESS)["Cache-Control"] == "public, max-age=3600"
