"""How the ranking works: a long page of words and lists, for everybody's eyes."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.looks import DESK, NARROW, PHONE, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("window", [DESK, PHONE, NARROW])
def test_the_page_has_no_faults_and_fits(
    page: Page, live_server: LiveServer, window: dict[str, Any]
) -> None:
    page.set_viewport_size(window)  # type: ignore[arg-type]  # its own type, of the same keys
    page.goto(live_server.url)
    page.get_by_role("link", name="How the ranking works").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("How the ranking works")
    assert faults_of(page) == []


def test_the_parts_of_the_record_are_a_click_away(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/about/ranking/")
    page.get_by_role("link", name="Model specification").click()

    expect(page).to_have_url(re.compile(r"#model_specification$"))
    expect(page.get_by_role("heading", name="Model specification")).to_be_in_viewport()
