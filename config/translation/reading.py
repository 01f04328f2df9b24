"""Messages that people read who volunteer or act for a group, found in code, templates and lists.

The desk (but not what it tells people), the statistics (but not what groups are asked), the
administration, the record of the ranking and the API are in English only.
"""

import ast
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

SOURCES = (
    *("accounts", "core", "equality", "matching", "notifications", "opportunities"),
    *("placements", "volunteers", "web", "desk", "insights"),
)
#: The context of names of causes, activities, skills and languages (`core.models.TaxonomyItem`).
TAXONOMY = "taxonomy"
_LISTS = Path("core", "taxonomy", "data")
_LISTED = ("causes", "activities", "skills", "languages")
#: Of the desk only what it tells people.
_DESK = (
    r"^desk/(?!messages\.py|placement_messages\.py"
    r"|services/(?:acted|answering|pausing|referring)\.py)"
)
#: Of the statistics only the question that groups are asked.
_INSIGHTS = r"^insights/(?!(?:models|services)/yearly_question\.py)"
_LEFT_OUT = re.compile(
    r"/(?:migrations|admin|desk\w*|insights|transparency|management|outbox)\b|admin\.py"
    rf"|{_DESK}|{_INSIGHTS}"
)
#: Where a call has its context, its text and its plural.
_CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "_now": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_LITERAL = r"""u?("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_IN_TEMPLATES = re.compile(
    rf"\b(_|n?p?gettext)\(\s*{_LITERAL}(?:\s*,\s*{_LITERAL})?(?:\s*,\s*{_LITERAL})?", re.S
)


@dataclass(frozen=True, order=True)
class Message:
    """What is said; `many` of it where there is a plural, and where, if the words alone do not
    tell."""

    text: str
    many: str = ""
    context: str = ""


def messages_of(root: Path) -> dict[Message, str]:
    """Give all messages below the project's root, each with the first file that says it."""
    found: dict[Message, str] = {}
    for name in SOURCES:
        for path in sorted((root / name).rglob("*")):
            where = path.relative_to(root).as_posix()
            if not _LEFT_OUT.search(where):
                for message in _of_file(path):
                    found.setdefault(message, where)
    for name in _LISTED:
        with (root / _LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                found.setdefault(Message(row["name"], context=TAXONOMY), f"{_LISTS}/{name}.csv")
    return found


def _of_file(path: Path) -> Iterator[Message]:
    if path.suffix == ".py":
        yield from of_python(path.read_text(encoding="utf-8"))
    elif path.suffix in (".html", ".txt") and "templates" in path.parts:
        yield from of_template(path.read_text(encoding="utf-8"))


def of_python(text: str) -> Iterator[Message]:
    """Give the messages of a module."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            said = [
                str(argument.value) if isinstance(argument, ast.Constant) else None
                for argument in node.args
            ]
            if message := _message(node.func.id, said):
                yield message


def of_template(text: str) -> Iterator[Message]:
    """Give the messages of a template."""
    for call, *literals in _IN_TEMPLATES.findall(templatize(text)):
        said = [ast.literal_eval(literal) if literal else None for literal in literals]
        if message := _message(call, said):
            yield message


def _message(call: str, said: list[str | None]) -> Message | None:
    """Give what a call says with these texts; None where it is no call of ours, or says what is
    known at run time only."""
    if call not in _CALLS:
        return None
    context, text, many = (
        None if place is None else (said[place : place + 1] or [None])[0] for place in _CALLS[call]
    )
    return Message(text, many or "", context or "") if text else None
