"""How well skills, activities and languages are read from what people write about themselves.

    python -m benchmarks.reading

Reads the labelled texts of `tests/data/own_words/` and prints, for those by which the words were
tuned and for those held back, precision (how many of the suggestions are right) and recall (how
many of those that a reader would make are made).
"""

import os
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
_LABELLED = ROOT / "tests" / "data" / "own_words" / "labelled.toml"


class Measured(NamedTuple):
    """How many texts, the two shares over all of them, and what was wrong and missed."""

    texts: int
    precision: float
    recall: float
    wrong: list[str]
    missed: list[str]


def measured(part: str) -> Measured:
    """Read the texts of a part. What may be taken or left counts on neither side."""
    right = 0
    wrong: list[str] = []
    missed: list[str] = []
    texts = [text for text in labelled() if text["part"] == part]
    for text in texts:
        expected = set(text["expected"].split())
        found = found_in(text["words"]) - (set(text.get("allowed", "").split()) - expected)
        right += len(found & expected)
        wrong += sorted(found - expected)
        missed += sorted(expected - found)
    return Measured(
        len(texts), right / (right + len(wrong)), right / (right + len(missed)), wrong, missed
    )


def labelled() -> list[dict[str, str]]:
    """All texts with their labels."""
    with _LABELLED.open("rb") as file:
        texts: list[dict[str, str]] = tomllib.load(file)["text"]
    return texts


def found_in(text: str) -> set[str]:
    """What is read from a text, as the labels write it: `s:listening`."""
    from volunteers.reading import read  # noqa: PLC0415  - after Django is set up

    found = read(text)
    return {
        *(f"s:{code}" for code in found.skills),
        *(f"a:{code}" for code in found.activities),
        *(f"l:{code}" for code in found.languages),
    }


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("HARROW_LOCAL", "1")
    import django  # noqa: PLC0415  - after the settings are named

    django.setup()
    for part in ("first", "tune", "held_back"):
        of = measured(part)
        print(f"{part}: {of.texts} texts, precision {of.precision:.2f}, recall {of.recall:.2f}")


if __name__ == "__main__":
    main()
