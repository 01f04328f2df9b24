"""Words of several languages for the items of the taxonomy, and what is said around them.

Read from `data/terms/<language>.csv` (columns `causes,activities,skills,terms`) and
`data/terms/grammar.csv` (columns `language,kind,words`), which the README beside them describes.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TERMS_DIR = Path(__file__).parent / "data" / "terms"
#: Columns of a file of terms, and the kind of item that each names.
KINDS = {"causes": "cause", "activities": "activity", "skills": "skill"}
#: What the words of a row of the grammar do.
GRAMMAR_KINDS = frozenset({"common", "not-before", "not-after", "only", "but", "end"})

#: Kind and code of an item.
Item = tuple[str, str]


class TermsError(ValueError):
    """A file of terms is not sound; the message says which and where."""


@dataclass(frozen=True)
class Concept:
    """Words of one language, and the items they stand for; none: what they mean is not ours."""

    language: str
    items: tuple[Item, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Grammar:
    """Words of one language that do one thing to others: see `GRAMMAR_KINDS`."""

    language: str
    kind: str
    words: tuple[str, ...]


@cache
def concepts(folder: Path = TERMS_DIR) -> tuple[Concept, ...]:
    """All words of all languages, read once in a process. Raises TermsError."""
    files = sorted(path for path in folder.glob("*.csv") if path.stem != "grammar")
    return tuple(concept for path in files for concept in _concepts_of(path))


@cache
def grammar(folder: Path = TERMS_DIR) -> tuple[Grammar, ...]:
    """What is said around the words, read once in a process. Raises TermsError."""
    path = folder / "grammar.csv"
    rows = []
    for number, row in _rows(path, ("language", "kind", "words")):
        if row["kind"] not in GRAMMAR_KINDS:
            raise TermsError(f"{path.name}, row {number}: kind {row['kind']!r} is not known")
        rows.append(Grammar(row["language"], row["kind"], tuple(row["words"].split())))
    return tuple(rows)


def _concepts_of(path: Path) -> Iterable[Concept]:
    for number, row in _rows(path, (*KINDS, "terms")):
        items = [(kind, code) for column, kind in KINDS.items() for code in row[column].split()]
        terms = [term.strip() for term in row["terms"].split("|")]
        if not all(terms):
            raise TermsError(f"{path.name}, row {number}: a term is empty")
        yield Concept(path.stem, tuple(items), tuple(terms))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterable[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != columns:
            raise TermsError(f"{path.name}: the columns must be {','.join(columns)}")
        for number, row in enumerate(reader, start=2):
            if None in row or None in row.values():
                raise TermsError(f"{path.name}, row {number}: not {len(columns)} cells")
            yield number, row
