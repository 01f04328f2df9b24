"""Every page opens in every language that is offered, and in its direction.

Each address is asked in one language a run, another one each day; `make test-full` asks in all.
"""

import re
from zlib import crc32

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from config.languages import COMPLETE, KNOWN
from core.clock import today
from tests.architecture.audiences import AUDIENCES, IN
from tests.architecture.conftest import World
from tests.architecture.walking import ADDRESSES, declared, path_of
from tests.integration.api.cast import ROLES

pytestmark = pytest.mark.django_db

NOT_PAGES = ("administration/", "api/", "desk/")
PAGES = [
    address
    for address in ADDRESSES
    if not address.startswith(NOT_PAGES) and IN in AUDIENCES[declared(address).get or "never"]
]
_ROOT = re.compile(r'<html class="govuk-template" lang="([\w-]+)" dir="(\w+)">')


def wrong_in(language: str, addresses: list[str], world: World) -> list[str]:
    """What is not as it should be on these pages in this language, a line each."""
    wrong = []
    for address in addresses:
        route = declared(address)
        let_in = dict(zip(ROLES, AUDIENCES[route.get or "never"], strict=True))
        person = world.cast.users[next(role for role in ROLES if let_in[role] == IN)]
        browser = Client()
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        if person is not None:
            browser.force_login(person)
        with transaction.atomic():
            answer = browser.get(path_of(address, route, world.known), follow=True)
            transaction.set_rollback(True)
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        said = _ROOT.search(answer.content.decode())
        due = (language, "rtl" if language == "ar" else "ltr")
        if answer.status_code >= 500 or said is None or said.groups() != due:
            wrong.append(f"{address}: {answer.status_code} {said and said.groups()}")
    return wrong


@pytest.mark.parametrize("number", range(len(COMPLETE)))
def test_every_page_opens_in_one_of_the_languages(number: int, world: World) -> None:
    day = today().toordinal()
    own = [a for a in PAGES if (crc32(a.encode()) + day) % len(COMPLETE) == number]
    assert not wrong_in(COMPLETE[number], own, world)


@pytest.mark.full
@pytest.mark.parametrize("language", COMPLETE)
def test_every_page_opens_in_every_language(language: str, world: World) -> None:
    assert not wrong_in(language, PAGES, world)


def test_pages_speak_the_language_that_was_chosen(client: Client) -> None:
    assert set(COMPLETE) == set(KNOWN) - {"en-gb"}
    client.post("/language/", {"language": "pl", "next": "/roles/"})

    words = client.get("/roles/").content.decode()

    assert "Find a role" not in words
    assert '<html class="govuk-template" lang="pl"' in words
    client.post("/language/", {"language": "en-gb"})
    assert "Find a role" in client.get("/roles/").content.decode()
