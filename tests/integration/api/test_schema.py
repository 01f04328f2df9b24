import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import get_language

from api import pages, reference

OPERATIONS = [
    pytest.param(said, id=f"{method} {path}")
    for path, methods in reference.schema()["paths"].items()
    for method, said in methods.items()
]


def test_schema_is_valid_and_made_without_a_warning(tmp_path):
    written = tmp_path / "schema.yml"
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(written))
    assert written.read_text().startswith("openapi: 3.1.0")


@pytest.mark.django_db
def test_schema_is_served_as_json_to_anyone():
    answer = Client().get("/api/schema/")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/json")
    assert answer.json() == reference.schema()
    assert answer["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("said", OPERATIONS)
def test_every_operation_has_a_name_and_its_errors_in_the_one_shape(said):
    assert said["summary"]
    for status, answer in said["responses"].items():
        if status >= "400":
            (content,) = answer["content"].values()
            assert content["schema"]["$ref"].endswith("/ErrorOutput")


# -- the page --------------------------------------------------------------------------------------


@pytest.fixture
def page(db) -> str:
    answer = Client().get("/api/docs/")
    assert answer.status_code == 200
    assert "unsafe" not in answer["Content-Security-Policy"]
    return answer.content.decode()


def test_page_shows_every_operation_and_shape(page):
    for said in (param.values[0] for param in OPERATIONS):
        assert f'id="{said["operationId"].replace("_", "-")}"' in page
        assert said["summary"] in page
    for link in set(re.findall(r'href="#([^"]+)"', page)):
        assert f'id="{link}"' in page, link


def test_page_needs_no_script_or_style_of_its_own(page):
    assert "<style" not in page
    assert not re.search(r"\sstyle=", page)
    assert not re.search(r"\son[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


def test_words_of_the_page_are_made_once_for_each_language(db, monkeypatch):
    pages._reference_in.cache_clear()
    made: list[str | None] = []

    def shapes(_described: object) -> list[object]:
        made.append(get_language())
        return []

    monkeypatch.setattr(pages.reference, "shapes", shapes)
    for language in ("en", "pl", "en", "pl"):
        answer = Client().get("/api/docs/", headers={"Accept-Language": language})
        assert answer.status_code == 200
    pages._reference_in.cache_clear()
    assert len(made) == len(set(made)) == 2
