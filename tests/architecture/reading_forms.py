"""The forms of a page as a browser has them, what tests fill in, and what a page says is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: What no field takes: longer than any, in letters and in digits, and what answers no question.
LETTERS, DIGITS, NONSENSE = "x" * 7000, "9" * 7000, "?\0!"
#: Nothing at all, and all of these.
FILLINGS = ("", LETTERS, DIGITS, NONSENSE)
_CHOSEN = ("radio", "checkbox", "select")
_VOID = ("input", "br", "hr", "img", "meta", "link", "source", "wbr", "col")
#: Of the parts that say what is wrong, or what was done.
_SAYING = {
    *("govuk-error-message", "govuk-error-summary__list"),
    "govuk-notification-banner__heading",
}


@dataclass
class Control:
    """A box, a button, or one thing to choose: its kind, and what it says when it is left alone."""

    name: str
    kind: str
    value: str

    def said(self, filling: str) -> str:
        """Give what it says when all that can be typed says `filling`. Where that is nonsense, so
        is what can be chosen and what is hidden; where it is nothing, nothing is chosen."""
        if self.kind == "submit":
            return self.value
        if filling == NONSENSE:
            return NONSENSE
        if self.kind in _CHOSEN:
            return self.value if filling else ""
        return self.value if self.kind == "hidden" else filling


@dataclass
class Form:
    """Where a form goes, how, and what is in it."""

    method: str
    action: str
    controls: list[Control] = field(default_factory=list)

    def filled_with(self, filling: str) -> dict[str, list[str]]:
        """Give what is sent, by name."""
        sent: dict[str, list[str]] = {}
        for control in self.controls:
            said = control.said(filling)
            if control.kind == "submit" and control.name in sent:
                continue  # one button is pressed
            if said or control.kind not in _CHOSEN:
                sent.setdefault(control.name, []).append(said)
        return sent


class Page(HTMLParser):
    """What is read of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        #: What scripts of GOV.UK Frontend drive: the attributes of each part.
        self.parts: list[dict[str, str]] = []
        #: What the page says is wrong, and what was done.
        self.said: list[str] = []
        #: What the browser keeps afterwards, by name; filled in by whoever asked.
        self.cookies: set[str] = set()
        self._form: Form | None = None
        self._list = ""
        self._depth = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if "data-module" in has:
            self.parts.append(has)
        if self._depth:
            self._depth += tag not in _VOID
        elif _SAYING & set(has.get("class", "").split()):
            self._depth = 1
            self.said.append("")
        if tag == "form":
            self._form = Form(has.get("method", "get").lower(), has.get("action", ""))
            self.forms.append(self._form)
        elif self._form is not None:
            self._form.controls += self._controls(tag, has)

    def _controls(self, tag: str, has: dict[str, str]) -> Iterator[Control]:
        name, value = has.get("name", ""), has.get("value", "")
        if tag == "select":
            self._list = name
        elif tag == "option" and self._list and value:
            yield Control(self._list, "select", value)
            self._list = ""  # one is chosen
        elif tag == "textarea":
            yield Control(name, "text", "")
        elif tag == "button" and name:
            yield Control(name, "submit", value)
        elif tag == "input" and name:
            yield Control(name, has.get("type", "text"), value)

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag not in _VOID:
            self._depth -= 1
        if tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.said[-1] += data
