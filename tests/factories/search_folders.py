"""A small folder of documents, searches and what each should find."""

import json
from collections.abc import Mapping
from pathlib import Path

DOCS = {"a": "Plant trees", "b": "Read stories to children", "c": "Cook soup", "7": "Repair bikes"}
QUERIES = {"q1": "trees", "q2": "stories", "q3": "nothing of it"}


def write_texts(path: Path, texts: Mapping[str, str]) -> None:
    """One JSON object a line, and an empty line, as files often end."""
    rows = [json.dumps({"id": name, "text": text}) for name, text in texts.items()]
    path.write_text("\n".join(rows) + "\n\n")


def write_folder(folder: Path) -> Path:
    """DOCS, QUERIES and three grades."""
    write_texts(folder / "docs.jsonl", DOCS)
    write_texts(folder / "queries.jsonl", QUERIES)
    (folder / "qrels.tsv").write_text("q1\ta\t1\nq2\tb\t2\nq2\tc\t0\n")
    return folder
