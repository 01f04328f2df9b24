"""How many short texts a second are read for causes, activities and skills, on one core.

    python benchmarks/mentions.py

Prints texts a second of processor time over the sentences that the tests know, in eight languages,
each sentence as it is and each as the beginning of a page.
"""

import csv
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: Each sentence is read so often.
ROUNDS = 100
SENTENCES_OF_A_PAGE = 12


def main() -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("HARROW_LOCAL", "1")
    import django  # noqa: PLC0415  - after the settings are named

    django.setup()
    texts = []
    for path in sorted((ROOT / "tests/data/mentions").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file)]
    pages = [
        " ".join(texts[at : at + SENTENCES_OF_A_PAGE])
        for at in range(0, len(texts), SENTENCES_OF_A_PAGE)
    ]
    for name, read in (("sentences", texts * ROUNDS), ("pages", pages * ROUNDS)):
        seconds = _seconds(read)
        length = sum(map(len, read)) / len(read)
        print(f"{name}: {len(read) / seconds:,.0f} a second ({length:.0f} characters each)")


def _seconds(texts: list[str]) -> float:
    """Processor time for reading the texts once the words are known."""
    from core.models import Activity, Cause, Skill  # noqa: PLC0415
    from core.taxonomy.loading import DATA_DIR, read_list  # noqa: PLC0415
    from core.taxonomy.mentions import Mentions  # noqa: PLC0415

    words = Mentions.of(
        model(code=row["code"], name=row["name"], terms=row["terms"])
        for model, file in ((Cause, "causes"), (Activity, "activities"), (Skill, "skills"))
        for row in read_list(DATA_DIR / f"{file}.csv")
    )
    words.places(texts[0])
    started = time.process_time()
    for text in texts:
        words.places(text)
    return time.process_time() - started


if __name__ == "__main__":
    main()
