"""Every page, in every state, for everybody's eyes: no fault of axe, nothing wider than the window.

Complete by construction: pages are the addresses of the resolver, for each kind of person who is
let in (tests/architecture/audiences.py); states are the service in use, with the longest words, and
empty, and what comes of pressing each page's main button with nothing filled in and as it stands.
Each page in use is looked at in three widths in each run, and of the rest a part that another day
has another one of; all of it with `make test-full` (EVERY_LOOK=1). The width of 320 pixels stands
for a desk's window at 400 %.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zlib import crc32

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError
from pytest_django.plugin import DjangoDbBlocker

from core.clock import today
from tests.architecture.audiences import AUDIENCES, IN
from tests.architecture.walking import ADDRESSES, declared, path_of
from tests.browser.looks import faults_of
from tests.browser.served import Served
from tests.browser.worlds import WORLDS, World
from tests.integration.api.cast import ROLES
from tests.kept import kept

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

WIDTHS = (320, 768, 1280)
DIRECTIONS = ("ltr", "rtl")
#: One in so many of the looks that are not taken in each run.
SHARE = 12
#: Django's own pages, and answers that are no pages.
NOT_PAGES = (
    *("administration/", "api/v1/", "api/schema"),
    *("robots.txt", "sitemap.xml", "roles/feed/", "roles/<int:role>/poster/"),
    *("calendar/", "me/volunteering/record/<int:record>/pdf/"),
    # Leads to a page of others.
    "me/meanwhile/<int:link>/",
    *("insights/figures/<slug:measure>/csv/", "insights/funnel/csv/", "insights/sector/csv/"),
    *("insights/over-asked.csv", "insights/what-holds-groups-back.csv"),
    *("insights/reports/<slug:year>/<slug:kind>/", "insights/reports/kept/<int:kept>/<slug:kind>/"),
    "groups/<int:group_id>/prospectuses/<int:prospectus_id>/paper/",
    "insights/campaigns/<int:campaign_id>/file/",
)
#: The same for everybody, whatever there is in the service; and long.
ALWAYS_THE_SAME = ("api/docs/",)
_MINE = ("anonymous", "volunteer", "member", "broker", "delivery_group")
PRESSES = ("cleared", "as it is")
#: Milliseconds until a page follows.
_LONGEST = 10_000


@dataclass(frozen=True)
class Look:
    """One way to look at a page in one state."""

    width: int
    direction: str
    colours: str = "light"

    def __str__(self) -> str:
        return f"{self.width} {self.direction} {self.colours}"


LOOKS = (
    *(Look(width, direction) for width in WIDTHS for direction in DIRECTIONS),
    Look(375, "ltr", "dark"),
    Look(1280, "ltr", "dark"),
)


def viewers(address: str) -> list[str]:
    """Who is to look at an address: each kind of person that it is for, but not all who may."""
    let_in = dict(zip(ROLES, AUDIENCES[declared(address).get or "never"], strict=True))
    found = [role for role in _MINE if let_in[role] == IN]
    if address in ALWAYS_THE_SAME:
        return found[:1]
    return found[:2] if len(found) == len(_MINE) else found[:1] or _others(let_in)


def _others(let_in: dict[str, str]) -> list[str]:
    return [role for role in ROLES if let_in[role] == IN][:1]


PAGES = [
    (address, viewer)
    for address in ADDRESSES
    if not address.startswith(NOT_PAGES)
    for viewer in viewers(address)
]


def is_due(page: str, state: str, look: Look) -> bool:
    """Whether this run takes this look."""
    if os.environ.get("EVERY_LOOK"):
        return True
    if state == "used" and look.direction == "ltr" and look.colours == "light":
        return True
    return crc32(f"{page} {state} {look}".encode()) % SHARE == today().toordinal() % SHARE


@pytest.fixture(scope="module", params=WORLDS)
def state(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[str, World]]:
    with kept(django_db_blocker, WORLDS[request.param]) as world:
        yield request.param, world


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("address", "viewer"), PAGES)
def test_every_page_is_for_everybody(
    window: Page,
    state: tuple[str, World],
    address: str,
    viewer: str,
    record_property: Callable[[str, object], None],
) -> None:
    name, world = state
    path = path_of(address, declared(address), world.known)
    if address in ALWAYS_THE_SAME and name != "used":
        return
    if viewer not in world.users or (name == "empty" and not _is_there(address, world)):
        return
    due = {
        kind: [look for look in LOOKS if is_due(f"{address} {viewer}", kind, look)]
        for kind in (name, *(f"{name}, pressed {press}" for press in PRESSES))
    }
    if not any(due.values()):
        return
    served = Served(window, world.users[viewer])
    try:
        looks, faults = _look_at(window, served, path, name, due)
    finally:
        served.close()
    record_property("looks", looks)
    assert not faults, "\n".join(faults)


def _is_there(address: str, world: World) -> bool:
    """Whether an address is about nothing but what an empty world has."""
    route = declared(address)
    return "<" not in path_of_pattern(address, world) and not route.subject


def path_of_pattern(address: str, world: World) -> str:
    """The address with what the world knows filled in, the rest left as it is."""
    for word in world.known:
        address = address.replace(f"<int:{word}>", "1")
    return address


def _look_at(
    window: Page, served: Served, path: str, name: str, due: dict[str, list[Look]]
) -> tuple[int, list[str]]:
    """Give how many looks were taken and what was found."""
    looks, faults = 0, []
    window.set_viewport_size({"width": WIDTHS[-1], "height": 900})
    if due[name] and served.open(path):
        looks += len(due[name])
        faults += _looked_at(window, name, due[name])
    for press in PRESSES:
        kind = f"{name}, pressed {press}"
        if due[kind] and served.open(path) and _press(window, press):
            looks += len(due[kind])
            faults += _complaints(window, kind) + _looked_at(window, kind, due[kind])
    return looks, faults


def _press(window: Page, press: str) -> bool:
    """Press the last button of the page's main form; whether another page follows."""
    form = window.locator(_FORM).last
    if not form.count():
        return False
    try:
        with window.expect_navigation(timeout=_LONGEST):
            window.evaluate(_PRESS, [_FORM, press == "cleared"])
    except PlaywrightError:  # a file to be saved
        return False
    window.locator("body.govuk-frontend-supported").wait_for(state="attached")
    return True


#: A page on which nothing can be done now has a form without a button.
_FORM = "main form[method=post]:has(button, input[type=submit])"
_PRESS = """
([forms, clear]) => {
  const form = [...document.querySelectorAll(forms)].at(-1)
  form.noValidate = true
  if (clear) {
    for (const box of form.elements) {
      if (['checkbox', 'radio'].includes(box.type)) box.checked = false
      else if (!['hidden', 'submit', 'button'].includes(box.type)) box.value = ''
    }
  }
  const button = [...form.querySelectorAll('button, input[type=submit]')].at(-1)
  form.requestSubmit(button)
}
"""


def _complaints(window: Page, kind: str) -> list[str]:
    """What is wrong with how a page says that something is missing."""
    links = window.locator(".govuk-error-summary__list a").all()
    faults = [
        f"{window.url} ({kind}): {target} is nowhere"
        for link in links
        if (target := link.get_attribute("href") or "").startswith("#")
        and not window.locator(f"[id='{target[1:]}']").count()
    ]
    if links and not window.title().startswith("Error: "):
        faults.append(f"{window.url} ({kind}): the title does not say that there is an error")
    return faults


def _looked_at(window: Page, kind: str, looks: list[Look]) -> list[str]:
    faults: list[str] = []
    for look in looks:
        window.set_viewport_size({"width": look.width, "height": 900})
        window.emulate_media(color_scheme=look.colours)
        window.evaluate("direction => { document.documentElement.dir = direction }", look.direction)
        faults += [f"{fault} ({kind}, {look})" for fault in faults_of(window)]
    window.emulate_media(color_scheme="light")
    return faults
