"""Which language a text is in, as far as one can tell: short texts often fit several.

By runs of one to three characters inside words, weighed by how much more often each language has
them than the others (Cavnar and Trenkle 1994, as a naive Bayes model). The table is fitted by
`manage.py fit_languages` on the translations that come with Django.
"""

import gzip
import json
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

#: The language of a text that could be in several.
UNKNOWN = ""
TABLE = Path(__file__).parent / "models" / "languages.json.gz"
#: Scripts that one language here is written in: the table has no translations for these.
_SCRIPTS = {"gu": ("\u0a80", "\u0aff"), "or": ("\u0b00", "\u0b7f"), "si": ("\u0d80", "\u0dff")}
#: Runs of characters overlap, so each says less than it would alone.
_INDEPENDENCE = 0.3
#: How sure one must be: the share of the likeliest language.
_SURE = 0.8
#: The beginning of a long text says enough.
_READ = 600


def runs_of(text: str) -> Counter[str]:
    """Runs of one to three characters of words, a word having a space at each end."""
    letters = "".join(c if c.isalpha() or ord(c) > 0x900 else " " for c in text[:_READ].casefold())
    words = [f" {word} " for word in letters.split()]
    return Counter(
        word[at : at + size]
        for word in words
        for size in (1, 2, 3)
        for at in range(len(word) - size + 1)
    )


@lru_cache(maxsize=100_000)
def language_of(text: str) -> str:
    """ISO 639-1 code of the text's language, or UNKNOWN where it is not clear."""
    for language, (first, last) in _SCRIPTS.items():
        if any(first <= character <= last for character in text):
            return language
    languages, table = _table()
    total = np.zeros(len(languages))
    for run, times in runs_of(text).items():
        if run in table:
            total += (1 + np.log(times)) * table[run]
    likely = np.exp((total - total.max()) * _INDEPENDENCE)
    best = int(likely.argmax())
    return languages[best] if likely[best] > _SURE * likely.sum() else UNKNOWN


def fitted_table(texts: dict[str, Sequence[str]], most: int) -> dict[str, object]:
    """A table for `language_of`, from texts by language: of each run, how much likelier it is in
    each language than in all, in tenths of a natural logarithm; the `most` telling runs of each.
    """
    languages = sorted(texts)
    counts = [sum(map(runs_of, texts[language]), Counter()) for language in languages]
    runs = sorted({run for count in counts for run, times in count.items() if times > 1})
    seen = np.array([[count[run] for run in runs] for count in counts], float) + 0.5
    shares = seen / seen.sum(axis=1, keepdims=True)
    telling = np.log(shares) - np.log(shares.mean(axis=0))
    kept = np.unique(np.argsort(-np.abs(telling) * shares, axis=1)[:, :most])
    tenths = np.round(telling[:, kept].T * 10).astype(int).tolist()
    names = [runs[at] for at in kept]
    return {"languages": languages, "runs": dict(zip(names, tenths, strict=True))}


@cache
def _table() -> tuple[list[str], dict[str, NDArray[np.float64]]]:
    content = json.loads(gzip.decompress(TABLE.read_bytes()))
    runs = {run: np.array(row) / 10 for run, row in content["runs"].items()}
    return content["languages"], runs
