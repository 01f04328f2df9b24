"""The official list of UK Charity Activity Tags, for whoever wants it beside our own causes.

The file is published at https://github.com/charity-classification/ukcat (CC BY 4.0).
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from core.errors import InvalidInput
from core.models.taxonomy import ICNPTSO_CODE, UKCAT_CODE, Cause, UkcatTag

COLUMNS = ("Code", "tag", "Category", "Level", "Related ICNPTSO code")
LEVELS = ("1", "2", "3")
#: What the columns of the table have room for.
LONGEST_NAME = 100
MOST_ICNPTSO_CODES = 7


@dataclass(frozen=True)
class UnknownCode:
    """A code that one of our causes refers to and the official list does not have."""

    cause: str
    code: str


def read_tags(path: Path) -> list[UkcatTag]:
    """The tags of an official CSV file, not yet saved.

    Raises InvalidInput if the file cannot be read or any line is wrong; `fields` then gives the
    sentences for each line, under `line 7`.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise InvalidInput(f"The file has no column {', '.join(missing)}.")
            lines = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput(f"The file cannot be read as CSV in UTF-8: {error}") from error
    return _checked(lines)


@transaction.atomic
def replace_tags(tags: Iterable[UkcatTag]) -> int:
    """Put these tags in the place of all that are stored; how many there are now."""
    UkcatTag.objects.all().delete()
    return len(UkcatTag.objects.bulk_create(tags))


def codes_not_listed(tags: Iterable[UkcatTag]) -> list[UnknownCode]:
    """The UKCAT and ICNP/TSO codes of our causes that these tags do not know."""
    ukcat: set[str] = set()
    icnptso: set[str] = set()
    for tag in tags:
        ukcat.add(tag.code)
        icnptso.update(tag.icnptso_code.split(";"))
    return [
        UnknownCode(cause.code, code)
        for cause in Cause.objects.all()
        for code, known in ((cause.ukcat_code, ukcat), (cause.icnptso_code, icnptso))
        if code not in known
    ]


def _checked(lines: Iterable[tuple[int, dict[str, str]]]) -> list[UkcatTag]:
    tags: dict[str, UkcatTag] = {}
    problems: dict[str, list[str]] = {}
    for number, row in lines:
        cells = {name: (row[name] or "").strip() for name in COLUMNS}
        wrong = _problems_with(cells)
        if cells["Code"] in tags:
            wrong.append(f"The code {cells['Code']} is there twice.")
        if None in row or None in row.values():
            wrong.append("The line has not as many cells as the header.")
        if wrong:
            problems[f"line {number}"] = wrong
            continue
        tags[cells["Code"]] = UkcatTag(
            code=cells["Code"],
            name=cells["tag"],
            category=cells["Category"],
            level=int(cells["Level"]),
            icnptso_code=cells["Related ICNPTSO code"],
        )
    if problems:
        raise InvalidInput("The file has lines that are wrong.", fields=problems)
    if not tags:
        raise InvalidInput("The file has no tags in it.")
    return list(tags.values())


def _problems_with(cells: dict[str, str]) -> list[str]:
    wrong = [
        f"{name} must be a text of 1 to {LONGEST_NAME} characters."
        for name in ("tag", "Category")
        if not 0 < len(cells[name]) <= LONGEST_NAME or not cells[name].isprintable()
    ]
    if not re.fullmatch(UKCAT_CODE, cells["Code"]):
        wrong.append(f"{cells['Code']!r} is not a UKCAT code, such as AR101.")
    if cells["Level"] not in LEVELS:
        wrong.append(f"Level must be 1, 2 or 3, not {cells['Level']!r}.")
    codes = cells["Related ICNPTSO code"]
    if codes and not re.fullmatch(rf"({ICNPTSO_CODE[1:-1]};?){{0,{MOST_ICNPTSO_CODES}}}", codes):
        wrong.append(f"{codes!r} is not a list of ICNP/TSO codes, such as A10;A11.")
    return wrong
