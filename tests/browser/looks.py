"""What every page has to stand: the rules of axe, a narrow window. And a quick way to sign in."""

from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from accounts.models import User

PHONE = {"width": 375, "height": 800}
DESK = {"width": 1280, "height": 900}
#: The narrowest phone, and a desk's window at four times its size.
NARROW = {"width": 320, "height": 640}
#: WCAG 2.2 AA and axe's own best practice.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS = {"runOnly": {"type": "tag", "values": _RULES}, "resultTypes": ["violations"]}


def sign_in(context: BrowserContext, person: User, address: str) -> None:
    """Give the browser the cookie of somebody who has signed in at the live server."""
    client = Client()
    client.force_login(person)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}]
    )


def _widest(page: Page) -> str:
    """The beginning of the innermost element that reaches furthest."""
    return str(page.evaluate(_WIDEST))


_WIDEST = """
() => {
  const box = one => one.getBoundingClientRect()
  const reach = one => Math.max(box(one).right, -box(one).left)
  const all = [...document.querySelectorAll('body *')]
  const widest = all.reduce((a, b) => reach(b) > reach(a) + 0.5 ? b : a)
  return widest.outerHTML.slice(0, 150)
}
"""


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page as it is shown now, a line each; empty if nothing is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options)", _OPTIONS)
    faults = [
        f"{page.url}: {rule['id']}: {rule['help']}: {node['html'][:150]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    width = page.viewport_size["width"] if page.viewport_size else 0
    if (needed := page.evaluate("document.documentElement.scrollWidth")) > width:
        faults.append(f"{page.url}: {needed} pixels wide in a window of {width}: {_widest(page)}")
    if page.locator("h1").count() != 1:
        faults.append(f"{page.url}: {page.locator('h1').count()} headings of the first level")
    return faults
