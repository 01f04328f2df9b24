"""A labelled search in a plain folder: documents, queries and what is relevant to each.

docs.jsonl and queries.jsonl: one object a line with `id` and `text`; of lines with the same id the
last one counts, a text that is null is empty. qrels.tsv: query, document and grade (relevant above
0); exclude.tsv, if there is one: query and document, pairs that are not ranked. Columns are parted
by tabs, or by white space in lines without one; more columns than these are not read. A line that
cannot be used is left out, and how many were is said, a line for each kind: one slip among
thousands of lines is no reason to measure nothing.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

#: Columns that are read of qrels.tsv and of exclude.tsv.
_COLUMNS = {True: 3, False: 2}


class FolderError(ValueError):
    """A folder that cannot be read as a labelled search; the message says where and why."""


@dataclass(frozen=True, eq=False)
class Search:
    """A labelled search: texts, grades (queries × documents, above 0) and pairs to leave out; and
    what to say of the folder, a line for each kind of slip in it.

    The documents are in a fixed order that has nothing to do with that of the file, so that equal
    scores favour nobody.
    """

    docs: list[str]
    queries: list[str]
    grades: csr_array
    left_out: csr_array
    slips: tuple[str, ...] = ()


def read(folder: Path) -> Search:
    """The search in a folder. Raises FolderError where there is nothing to measure."""
    slips: Counter[str] = Counter()
    docs = _texts(folder / "docs.jsonl", slips)
    queries = _texts(folder / "queries.jsonl", slips)
    if not docs or not queries:
        said = "".join(f"; {slip}" for slip in _said(slips))
        raise FolderError(f"{folder}: there must be documents and queries{said}")
    ids = sorted(docs)
    order = [ids[at] for at in np.random.default_rng(0).permutation(len(ids))]
    doc_at = {name: at for at, name in enumerate(order)}
    query_at = {name: at for at, name in enumerate(queries)}
    grades = _pairs(folder / "qrels.tsv", query_at, doc_at, slips, graded=True)
    excluded = folder / "exclude.tsv"
    left_out = _pairs(excluded, query_at, doc_at, slips, graded=False) if excluded.exists() else {}
    shape = len(queries), len(docs)
    relevant = {pair: grade for pair, grade in grades.items() if grade > 0}
    if not relevant:
        said = "".join(f"; {slip}" for slip in _said(slips))
        raise FolderError(f"{folder / 'qrels.tsv'}: no document is relevant to any query{said}")
    without = len(queries) - len({query for query, _ in relevant.keys() - left_out.keys()})
    if without:
        slips["queries.jsonl: queries without a relevant document, left out of the means"] = without
    texts = [docs[name] for name in order], list(queries.values())
    return Search(*texts, _matrix(relevant, shape), _matrix(left_out, shape), _said(slips))


def _said(slips: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(f"{what}: {count}" for what, count in slips.items())


def _texts(path: Path, slips: Counter[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _lines(path):
        row = _object(line)
        if row is None or not isinstance(row.get("id"), str | int):
            slips[f"{path.name}: lines that are no object with an id, left out"] += 1
            continue
        name, text = str(row["id"]), row.get("text")
        if text is None:
            slips[f"{path.name}: texts that are missing, taken as empty"] += 1
            text = ""
        if name in found:
            slips[f"{path.name}: ids that were there before, the last one counts"] += 1
        # What JSON can write that cannot be encoded (half of a pair) would stop every encoder.
        found[name] = str(text).encode("utf-8", "replace").decode()
    return found


def _object(line: str) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return row if isinstance(row, dict) else None


def _pairs(
    path: Path,
    query_at: Mapping[str, int],
    doc_at: Mapping[str, int],
    slips: Counter[str],
    *,
    graded: bool,
) -> dict[tuple[int, int], float]:
    found: dict[tuple[int, int], float] = {}
    for position, line in enumerate(_lines(path)):
        columns = line.split("\t") if "\t" in line else line.split()
        query, doc, grade, *_ = [*map(str.strip, columns), "", "", ""]
        number = _number(grade) if graded else 1.0
        known = query in query_at and doc in doc_at
        if position == 0 and not known and (number is None or not graded):
            continue  # the names of the columns
        if len(columns) < _COLUMNS[graded]:
            slips[f"{path.name}: lines with too few columns, left out"] += 1
        elif query not in query_at:
            slips[f"{path.name}: lines with an unknown query, left out"] += 1
        elif doc not in doc_at:
            slips[f"{path.name}: lines with an unknown document, left out"] += 1
        elif number is None:
            slips[f"{path.name}: lines whose grade is not a number, left out"] += 1
        else:
            found[query_at[query], doc_at[doc]] = number
    return found


def _lines(path: Path) -> Iterator[str]:
    """Lines that are not empty. Raises FolderError."""
    try:
        with path.open(encoding="utf-8-sig") as content:
            for line in content:
                if line.strip():
                    yield line.rstrip("\r\n")
    except OSError as error:
        raise FolderError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FolderError(f"{path} is not UTF-8") from error


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def _matrix(pairs: Mapping[tuple[int, int], float], shape: tuple[int, int]) -> csr_array:
    rows, columns = np.array(list(pairs), np.intp).reshape(-1, 2).T
    return csr_array((np.array(list(pairs.values()), float), (rows, columns)), shape=shape)
