"""Which language a text is in, as far as one can tell: short texts often fit several.

By runs of one to three characters inside words, weighed by how much more often each language has
them than the others (Cavnar and Trenkle 1994, as a naive Bayes model). The table is fitted by
`manage.py fit_languages` on the translations that come with Django.

What is said of many short texts together is clearer than of each: of a thousand job titles, one
that could be Dutch or English is English where most of the others are. So the shares of the
languages among texts can be estimated first (`shares_of`) and counted in.
"""

import gzip
import json
from collections import Counter
from collections.abc import Mapping, Sequence
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
#: Texts that shares are estimated by, spread over all, and how many times they are improved.
_MOST_TEXTS, _ROUNDS = 5000, 20
#: Of each estimate, so much is spread over all languages, so that none is ruled out.
_SPREAD = 0.1


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


def language_of(text: str, shares: Mapping[str, float] | None = None, trust: float = 1.0) -> str:
    """ISO 639-1 code of the text's language, or UNKNOWN where it is not clear.

    shares: of the languages among texts like it, as `shares_of` gives them; None, each is as likely
    as any other. trust: how much the shares count, from 0 to 1.
    """
    language = _by_script(text)
    if language is not None:
        return language
    languages, _ = _table()
    likely = _likelihoods(text)
    if shares is not None:
        even = 1 / len(languages)
        expected = np.array([shares.get(language, 0.0) for language in languages])
        likely = likely * (trust * expected + (1 - trust) * even).astype(np.float32)
    best = int(likely.argmax())
    return languages[best] if likely[best] > _SURE * likely.sum() else UNKNOWN


def shares_of(texts: Sequence[str]) -> dict[str, float]:
    """The shares of the languages of the table among texts, 1 in all, by expectation maximisation
    (Dempster, Laird and Rubin 1977): each text counts for languages as likely as it is in them,
    which depends on the shares. Without texts, all are alike.
    """
    languages, _ = _table()
    shares = np.full(len(languages), 1 / len(languages))
    sample = [text for text in texts[:: max(1, len(texts) // _MOST_TEXTS)] if not _by_script(text)]
    if sample:
        likelihoods = np.array([_likelihoods(text) for text in sample], float)
        for _ in range(_ROUNDS):
            likely = likelihoods * shares
            likely /= likely.sum(axis=1, keepdims=True)
            shares = (1 - _SPREAD) * likely.mean(axis=0) + _SPREAD / len(languages)
    return dict(zip(languages, shares.tolist(), strict=True))


def _by_script(text: str) -> str | None:
    for language, (first, last) in _SCRIPTS.items():
        if any(first <= character <= last for character in text):
            return language
    return None


@lru_cache(maxsize=50_000)
def _likelihoods(text: str) -> NDArray[np.float32]:
    """How likely the text is in each language of the table; 1 in the likeliest."""
    languages, table = _table()
    total = np.zeros(len(languages))
    for run, times in runs_of(text).items():
        if run in table:
            total += (1 + np.log(times)) * table[run]
    return np.exp((total - total.max()) * _INDEPENDENCE).astype(np.float32)


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
