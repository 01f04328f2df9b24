"""What all journeys need."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser.travellers import WAYS, Traveller, travelling
from tests.work import mails_about_accounts


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/journeys/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> object:
    """Beside a failure stands what the page said."""
    report = yield
    if report.when == "call" and report.failed:
        for traveller in Traveller.under_way:
            said = f"{traveller.page.url}\n{traveller.page.inner_text('body')}"
            report.sections.append(("What the page said", said))
    return report


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def somebody(browser: Browser, live_server: LiveServer, way: str) -> Iterator[Traveller]:
    """A person who has come for the first time."""
    with travelling(browser, way, live_server.url) as traveller:
        yield traveller


@pytest.fixture
def enter(
    browser: Browser, live_server: LiveServer, way: str
) -> Iterator[Callable[[User], Traveller]]:
    """Let further people come, each in a window of their own, signed in."""
    windows = []

    def come(person: User) -> Traveller:
        window = travelling(browser, way, live_server.url, person)
        windows.append(window)
        return window.__enter__()

    yield come
    for window in windows:
        window.__exit__(None, None, None)


def link_in_last_mail() -> str:
    """The address on this site of the first link of the newest mail."""
    (link, *_others) = re.findall(r"https?://\S+", str(mails_about_accounts()[-1].body))
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
