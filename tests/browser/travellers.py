"""Two ways to go through the service: on an old phone without JavaScript, and by keyboard alone.

A journey is written once, in the words that people read, and both ways lead through it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from re import Pattern
from typing import ClassVar

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from accounts.models import User
from tests.browser.looks import DESK, PHONE, sign_in

Words = str | Pattern[str]
#: Nothing on our pages is farther away than this many presses of the tabulator.
_FARTHEST = 300


class Traveller:
    """Somebody on the pages of the service at `address`; opens, reads, fills in and presses."""

    #: Who is under way now.
    under_way: ClassVar[list["Traveller"]] = []

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def sign_in(self, person: User) -> None:
        """Go on as somebody who has signed in."""
        sign_in(self.page.context, person, self.address)

    def open(self, path: str) -> None:
        """Open a page by its address, of this site or of a mail."""
        self.page.goto(path if path.startswith("http") else self.address + path)

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def sees(self, *words: Words) -> None:
        for said in words:
            expect(self.main).to_contain_text(said)

    def sees_not(self, words: Words) -> None:
        expect(self.main).not_to_contain_text(words)

    def is_told_of_mistakes(self, *words: Words) -> None:
        """The page says that something is wrong, in its title and in a list on top."""
        expect(self.page).to_have_title(re.compile("^Error: "))
        for said in words:
            expect(self.page.locator(".govuk-error-summary")).to_contain_text(said)

    def follow(self, words: Words, *, within: str = "main", nth: int = 0) -> None:
        """Follow a link."""
        self._press(
            self.page.locator(within).first.get_by_role("link", name=words, exact=_is(words)), nth
        )

    def press(self, words: Words, *, within: str = "main", nth: int = 0) -> None:
        """Press a button, or a link that looks like one."""
        self._press(
            self.page.locator(within).first.get_by_role("button", name=words, exact=_is(words)), nth
        )

    def unfold(self, words: str) -> None:
        self._press(self.main.locator("summary", has_text=words), 0)

    def fill(self, label: Words, text: str, *, nth: int = 0) -> None:
        """Write into a box, in place of what is there."""
        raise NotImplementedError

    def choose(self, label: Words, *, nth: int = 0) -> None:
        """Tick a box, or choose one of several."""
        raise NotImplementedError

    def select(self, label: Words, option: str) -> None:
        """Choose from a list that opens."""
        raise NotImplementedError

    def _press(self, what: Locator, nth: int) -> None:
        raise NotImplementedError

    def _box(self, label: Words, nth: int) -> Locator:
        if isinstance(label, str):
            label = re.compile(rf"^\s*{re.escape(label)}( \(.*\))?\s*$")
        return self.main.get_by_label(label).nth(nth)


class OnAnOldPhone(Traveller):
    """A narrow window, a finger, no JavaScript."""

    def fill(self, label: Words, text: str, *, nth: int = 0) -> None:
        self._box(label, nth).fill(text)

    def choose(self, label: Words, *, nth: int = 0) -> None:
        self._box(label, nth).check()

    def select(self, label: Words, option: str) -> None:
        self._box(label, 0).select_option(label=option)

    def _press(self, what: Locator, nth: int) -> None:
        what.nth(nth).click()


class ByKeyboard(Traveller):
    """A desk's window with JavaScript, and no mouse."""

    def fill(self, label: Words, text: str, *, nth: int = 0) -> None:
        box = self._box(label, nth)
        self._tab_to(box)
        if box.get_attribute("type") in ("date", "time"):
            # What a browser's own date box takes from the keyboard depends on its language.
            box.fill(text)
            return
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.type(text)

    def choose(self, label: Words, *, nth: int = 0) -> None:
        box = self._box(label, nth)
        if box.get_attribute("type") == "checkbox":
            self._tab_to(box)
            self.page.keyboard.press("Space")
        else:
            self._choose_one(box)
        expect(box).to_be_checked()

    def select(self, label: Words, option: str) -> None:
        self._tab_to(self._box(label, 0))
        self.page.keyboard.type(option)

    def _choose_one(self, box: Locator) -> None:
        """The tabulator leads into a group, arrows lead through it."""
        name = box.get_attribute("name")
        group = self.main.locator(f"input[type=radio][name='{name}']")
        for _ in range(_FARTHEST):
            self.page.keyboard.press("Tab")
            if group.locator(":scope:focus").count():
                break
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if box.is_checked():
                return
            self.page.keyboard.press("ArrowDown")

    def _press(self, what: Locator, nth: int) -> None:
        self._tab_to(what.nth(nth))
        self.page.keyboard.press("Enter")

    def _tab_to(self, what: Locator) -> None:
        """Go on to something as the tabulator leads, round the page once at the most."""
        what.wait_for()
        for _ in range(_FARTHEST):
            if what.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{what} is not reached with the keyboard on {self.page.url}")


WAYS: dict[str, type[Traveller]] = {"old phone": OnAnOldPhone, "keyboard": ByKeyboard}


@contextmanager
def travelling(
    browser: Browser, way: str, address: str, person: User | None = None, **options: object
) -> Iterator[Traveller]:
    """Give somebody who goes this way, in a window of their own; `person` has signed in."""
    context: BrowserContext = browser.new_context(
        viewport=PHONE if way == "old phone" else DESK,
        java_script_enabled=way != "old phone",
        locale="en-GB",
        timezone_id="Europe/London",
        **options,
    )
    context.set_default_timeout(10_000)
    traveller = WAYS[way](context.new_page(), address)
    if person is not None:
        traveller.sign_in(person)
    Traveller.under_way.append(traveller)
    yield traveller
    Traveller.under_way.remove(traveller)
    context.close()


def _is(words: Words) -> bool | None:
    """Words are the whole name of what is meant; a pattern is a part of it."""
    return True if isinstance(words, str) else None
