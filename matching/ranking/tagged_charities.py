"""Charities that people tagged, and the tree of tags, out of the files that UKCAT publishes.

https://github.com/charity-classification/ukcat (CC BY 4.0): `ukcat.csv`, and its sample of tagged
charities with the columns `name`, `activities`, `objects` and `UKCAT` (codes parted by `;`).
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

#: The texts of a charity, shortest first.
FIELDS = ("name", "activities", "objects")
_CHARITY_COLUMNS = (*FIELDS, "UKCAT")
_TAG_COLUMNS = ("Code", "Category", "Subcategory", "Level")


class CharitiesError(ValueError):
    """A file of charities or tags cannot be read; the message says why."""


@dataclass(frozen=True)
class TaggedTexts:
    """n charities. texts: for each of `FIELDS`, n texts. tags: codes of each, with all that stand
    above them in the tree.
    """

    texts: Mapping[str, list[str]]
    tags: list[frozenset[str]]


def read_charities(path: Path, parents: Mapping[str, str]) -> TaggedTexts:
    """The charities of a file; codes that the tree does not know are left out.

    Raises CharitiesError where the file cannot be read or lacks a column.
    """
    rows = _rows(path, _CHARITY_COLUMNS)
    texts = {field: [row[field] or "" for row in rows] for field in FIELDS}
    codes = ((row["UKCAT"] or "").split(";") for row in rows)
    return TaggedTexts(texts, [with_those_above(map(str.strip, each), parents) for each in codes])


def read_tree(path: Path) -> dict[str, str]:
    """For each code of `ukcat.csv` the one above it, '' at the top.

    Raises CharitiesError where the file cannot be read or lacks a column.
    """
    rows = _rows(path, _TAG_COLUMNS)
    tops = {row["Category"]: row["Code"] for row in rows if row["Level"] == "1"}
    groups = {
        (row["Category"], row["Subcategory"]): row["Code"] for row in rows if row["Level"] == "2"
    }
    parents = {}
    for row in rows:
        top = tops.get(row["Category"], "")
        group = groups.get((row["Category"], row["Subcategory"]), top)
        parents[row["Code"]] = {"1": "", "2": top}.get(row["Level"], group)
    return parents


def with_those_above(codes: Iterable[str], parents: Mapping[str, str]) -> frozenset[str]:
    """Codes and all that stand above them; codes that the tree does not know are left out."""
    known: set[str] = set()
    for code in codes:
        above = code
        while above in parents and above not in known:
            known.add(above)
            above = parents[above]
    return frozenset(known)


def _rows(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise CharitiesError(f"{path} has no column {', '.join(missing)}")
            return list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CharitiesError(f"{path} cannot be read as CSV in UTF-8: {error}") from error
