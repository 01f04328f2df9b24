"""Messages in the code and in catalogues: read here, so that CI needs no GNU gettext."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

#: What people who volunteer and groups read. The desk, the administration and the API are not.
SOURCES = (
    *("accounts", "core", "equality", "matching", "notifications", "opportunities"),
    *("placements", "volunteers", "web"),
)
_LEFT_OUT = re.compile(r"/(?:migrations|admin|desk|transparency|management|outbox)\b|admin\.py")
_FUNCTIONS = {
    *("_", "_now", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"),
    *("gettext_noop", "pgettext", "npgettext"),
}
_IN_TEMPLATES = re.compile(
    r"""\b(?:_|gettext|ngettext)\(\s*u?("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""", re.S
)


def in_code(root: Path) -> set[str]:
    """The messages (of plurals the singular) of the code and templates of `SOURCES`."""
    found: set[str] = set()
    for name in SOURCES:
        for path in (root / name).rglob("*"):
            if _LEFT_OUT.search(str(path.relative_to(root))):
                continue
            if path.suffix == ".py":
                found.update(of_python(path.read_text(encoding="utf-8")))
            elif path.suffix in (".html", ".txt") and "templates" in path.parts:
                found.update(of_template(path.read_text(encoding="utf-8")))
    return found


def of_python(text: str) -> Iterator[str]:
    """The messages of a module."""
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
            continue
        said = node.args[0]
        if node.func.id in _FUNCTIONS and isinstance(said, ast.Constant):
            yield str(said.value)


def of_template(text: str) -> Iterator[str]:
    """The messages of a template."""
    for literal in _IN_TEMPLATES.findall(templatize(text)):
        yield ast.literal_eval(literal)


@dataclass
class Entry:
    """One message of a catalogue."""

    id: str = ""
    translations: list[str] = field(default_factory=list)
    is_fuzzy: bool = False

    @property
    def is_done(self) -> bool:
        """Whether somebody or something has translated all of it, and it is not in doubt."""
        return bool(self.translations) and all(self.translations) and not self.is_fuzzy


def catalogue(text: str) -> dict[str, Entry]:
    """Read a `.po` file: its messages by what they are in English. What is obsolete is left out."""
    entries: dict[str, Entry] = {}
    for block in re.split(r"\n\s*\n", text):
        entry = _entry(line for line in block.splitlines() if not line.startswith("#~"))
        if entry.id:
            entries[entry.id] = entry
    return entries


def _entry(lines: Iterable[str]) -> Entry:
    entry, into = Entry(), ""
    for line in lines:
        if line.startswith("#,"):
            entry.is_fuzzy |= "fuzzy" in line
            continue
        word, _, literal = line.partition(' "')
        if word.startswith("msg"):
            into = word
            if word.startswith("msgstr"):
                entry.translations.append("")
        elif not line.startswith('"'):
            continue
        said = ast.literal_eval(f'"{literal}' if word.startswith("msg") else line)
        if into == "msgid":
            entry.id += said
        elif into.startswith("msgstr"):
            entry.translations[-1] += said
    return entry


def faults(messages: set[str], entries: dict[str, Entry]) -> list[str]:
    """What a catalogue lacks, and what it has that nobody says any more, a line each."""
    done = {id for id, entry in entries.items() if entry.is_done}
    return [
        *(f"not translated: {message}" for message in sorted(messages - done)),
        *(f"stale: {message}" for message in sorted(set(entries) - messages)),
    ]
