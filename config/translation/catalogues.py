"""The catalogue of each language: a `.po` file to be read and mended by people, and the `.mo` file
that is made from it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from config.languages import KNOWN
from config.translation.reading import Message, messages_of

#: %(name)s, %s and {name}.
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?([sdf])|\{(\w+)\}")
_NOTE = "# Drafted by machine, and open to correction by everybody who speaks the language."


def path_of(root: Path, code: str) -> Path:
    """Give where the catalogue of a language stands."""
    return root / "web" / "locale" / code / "LC_MESSAGES" / "django.po"


def read(path: Path, code: str) -> Catalog:
    """Read a catalogue; an empty one where there is none."""
    if not path.exists():
        return Catalog(locale=code)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def update(root: Path) -> Iterator[tuple[str, int]]:
    """Bring the catalogue of each known language in line with the code; give each code and how many
    messages are still to be translated. A message that changed is a new one."""
    messages = messages_of(root)
    for code in _codes():
        path = path_of(root, code)
        before = read(path, code)
        fresh = _in_line(before, messages, code)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, fresh, width=100, ignore_obsolete=True, include_lineno=False)
        yield code, len(faults(messages, fresh))


def compile_all(root: Path) -> int:
    """Make what is read at run time of each catalogue that changed; give how many did."""
    made = 0
    for code in _codes():
        source = path_of(root, code)
        target = source.with_suffix(".mo")
        if not source.exists() or (
            target.exists() and target.stat().st_mtime >= source.stat().st_mtime
        ):
            continue
        with target.open("wb") as file:
            write_mo(file, read(source, code))
        made += 1
    return made


def faults(messages: Iterable[Message], catalogue: Catalog) -> list[str]:
    """Give what a catalogue lacks, where what is put into its words differs from the English, and
    what it has that nobody says any more, a line each."""
    said = set(messages)
    kept = {_message_of(entry): entry for entry in catalogue if entry.id}
    done = {message for message, entry in kept.items() if _is_done(entry)}
    return [
        *(f"not translated: {message.text}" for message in sorted(said - done)),
        *(
            f"other placeholders: {message.text}"
            for message in sorted(said & done)
            if not _fits(message, _forms(kept[message]))
        ),
        *(f"stale: {message.text}" for message in sorted(set(kept) - said)),
    ]


def _codes() -> list[str]:
    return [code for code in KNOWN if code != "en-gb"]


def _in_line(before: Catalog, messages: Mapping[Message, str], code: str) -> Catalog:
    fresh = Catalog(
        locale=code,
        project="Harrow Volunteering",
        version="1",
        msgid_bugs_address="",
        last_translator="a machine",
        language_team=KNOWN[code],
        charset="utf-8",
        fuzzy=False,
        header_comment=_NOTE,
        creation_date=before.creation_date,
        revision_date=before.creation_date,
    )
    known = {_message_of(entry): entry for entry in before if entry.id}
    for message, where in sorted(messages.items(), key=lambda item: (item[1], item[0])):
        old = known.get(message)
        fresh.add(
            (message.text, message.many) if message.many else message.text,
            old.string if old is not None and not old.fuzzy else None,
            locations=[(where, 0)],
            context=message.context or None,
        )
    return fresh


def _message_of(entry: object) -> Message:
    said = entry.id  # type: ignore[attr-defined]  # Babel's messages carry no types
    one, many = said if isinstance(said, (tuple, list)) else (said, "")
    return Message(one, many, entry.context or "")  # type: ignore[attr-defined]  # likewise


def _is_done(entry: object) -> bool:
    """Whether all forms are there, and none is in doubt."""
    forms = _forms(entry)
    return bool(forms) and all(forms) and not entry.fuzzy  # type: ignore[attr-defined]  # likewise


def _forms(entry: object) -> Sequence[str]:
    said = entry.string  # type: ignore[attr-defined]  # likewise
    return said if isinstance(said, (tuple, list)) else (said,)


def _fits(message: Message, forms: Sequence[str]) -> bool:
    """Whether the same is put into all forms as into the English. A form for one or two may say its
    number in words: all but the last may leave out one placeholder."""
    wanted = _placeholders(message.text) | _placeholders(message.many)
    *others, last = map(_placeholders, forms)
    return last == wanted and all(form <= wanted and len(wanted - form) <= 1 for form in others)


def _placeholders(text: str) -> set[str]:
    """Give what is put in by name, and what without one as its number in the text."""
    found = _PLACEHOLDER.findall(text.replace("%%", ""))
    named = {name or braced for name, __, braced in found}
    bare = (sign for name, sign, __ in found if sign and not name)
    return (named - {""}) | {f"{sign} {number}" for number, sign in enumerate(bare)}
