"""Django, allauth and GOV.UK Frontend say nothing in English on pages in another language.

Every form of every page that is not in English only is sent in Gujarati, of which Django has none:
with nothing in it, with too much, and with what makes no sense.
"""

import re
import time
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from tests.architecture.audiences import AUDIENCES, IN
from tests.architecture.conftest import World
from tests.architecture.reading_forms import FILLINGS, Form, Page
from tests.architecture.test_languages import PAGES
from tests.architecture.walking import declared, named_cookies, path_of
from tests.integration.api.cast import ROLES

#: Their pages are in English only, except what they ask of groups.
_IN_ENGLISH = ("insights/", "outbox/")
#: What is the same in every language: what people and groups are called, examples, the clock.
_SAME = re.compile(
    r"https?://\S+|(name|[\w.]+)@example\.(com|org)|www\.example\.org|HA1 2XY"
    r"|Example Foodbank|Demo\d*( Person)?|Helper|DBS|[AP]M\b"
)
_COMPONENTS = Path("node_modules", "govuk-frontend", "dist", "govuk", "components")
_ROOT = Path(__file__).parents[2]


def _browser(person: User | None) -> Client:
    """Give somebody's browser, in Gujarati; they gave their password just now."""
    browser = Client()
    if person is not None:
        browser.force_login(person)
        session = browser.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session.save()
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "gu"
    return browser


def _page(answer: HttpResponse) -> Page:
    assert answer.status_code < 500
    is_page = answer.get("Content-Type", "").startswith("text/html")
    return Page(answer.content.decode() if is_page else "")


def _pages(world: World) -> Iterator[tuple[Client, str, Page]]:
    """Give each page: whose browser asks for it, its address, and what is on it."""
    for address in PAGES:
        if address.startswith(_IN_ENGLISH):
            continue
        route = declared(address)
        let_in = dict(zip(ROLES, AUDIENCES[route.get or "never"], strict=True))
        browser = _browser(world.cast.users[next(role for role in ROLES if let_in[role] == IN)])
        path = path_of(address, route, world.known)
        with transaction.atomic():
            answer = browser.get(path, follow=True)
            transaction.set_rollback(True)
        yield browser, str(answer.request["PATH_INFO"]), _page(answer)


def _sent(browser: Client, where: str, form: Form, filling: str) -> Page:
    send = browser.post if form.method == "post" else browser.get
    before = deepcopy(browser.cookies)
    with transaction.atomic():
        answer = send(where, form.filled_with(filling), follow=True)
        transaction.set_rollback(True)
    page = _page(answer)
    # Those that a test lays in are for no path.
    page.cookies = {name for name, kept in browser.cookies.items() if kept["path"]}
    browser.cookies = before  # the language too, where another was chosen
    return page


def _answers(world: World) -> Iterator[tuple[str, Page]]:
    """Give what comes of all forms, and of the forms that come of them, with where they went."""
    known = set()
    for browser, path, page in _pages(world):
        yield path, page
        pages = [page]
        while pages:
            for form in pages.pop().forms:
                where = urljoin(path, form.action)
                address = re.sub(r"\d+", "0", urlsplit(where).path)
                kind = (address, *sorted({one.name for one in form.controls}))
                if kind not in known:
                    known.add(kind)
                    found = [_sent(browser, where, form, filling) for filling in FILLINGS]
                    yield from ((where, one) for one in found)
                    pages += found


@pytest.fixture(scope="module")
def answers(_kept_world: World, django_db_blocker: DjangoDbBlocker) -> list[tuple[str, Page]]:
    """All that comes of them: asked once. The language of the last page would stay on."""
    with django_db_blocker.unblock(), translation.override(settings.LANGUAGE_CODE):
        return list(_answers(deepcopy(_kept_world)))


def _words_of_scripts() -> dict[str, set[str]]:
    """Give the parts of GOV.UK Frontend whose scripts say something, each with the attributes that
    translate it; of a plural the beginning. No box here counts words."""
    found = {}
    for folder in sorted((_ROOT / _COMPONENTS).iterdir()):
        script = folder / f"{folder.name}.mjs"
        code = script.read_text(encoding="utf-8") if script.exists() else ""
        words = re.search(r"\.defaults = Object\.freeze\(\{.*?\n  i18n: \{(.*?)\n  \}", code, re.S)
        if words is not None:
            said = re.findall(r"^    (\w+): (?!\{\s+other: ''\s+\})", words[1], re.M)
            found[f"govuk-{folder.name}"] = {
                "data-i18n." + re.sub("[A-Z]", lambda big: f"-{big[0].lower()}", name)
                for name in said
                if not name.startswith("words")
            }
    return found


@pytest.mark.slow
def test_nothing_is_said_in_english_on_pages_in_another_language(
    answers: list[tuple[str, Page]],
) -> None:
    scripts, said, wrong = _words_of_scripts(), set(), set()
    for where, page in answers:
        for sentence in page.said:
            said.add(sentence)
            if re.search("[A-Za-z]{2,}", _SAME.sub("", sentence)):
                wrong.add(f"{where}: {' '.join(sentence.split())}")
        for part in page.parts:
            for name in scripts.get(part["data-module"], ()):
                words = [said for known, said in part.items() if known.startswith(name)]
                if not words or re.search("[A-Za-z]{2,}", "".join(words).replace("%{count}", "")):
                    wrong.add(f"{where}: {part['data-module']} {name}")
    assert not wrong, "\n".join(sorted(wrong))
    assert len(said) > 100


@pytest.mark.slow
@pytest.mark.django_db
def test_each_cookie_is_named_on_the_privacy_page(
    answers: list[tuple[str, Page]], client: Client
) -> None:
    assert set().union(*(page.cookies for _where, page in answers)) == named_cookies(client)


def test_the_words_of_scripts_are_found() -> None:
    found = _words_of_scripts()
    assert "data-i18n.words-at-limit" not in found["govuk-character-count"]
    assert "data-i18n.characters-under-limit" in found["govuk-character-count"]
    assert "data-i18n.textarea-description" not in found["govuk-character-count"]
    assert "data-i18n.show-password" in found["govuk-password-input"]
