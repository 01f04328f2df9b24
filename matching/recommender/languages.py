"""Fits what `matching.ranking` knows of languages on parallel texts, and writes its files."""

import gzip
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from matching.ranking import languages
from matching.ranking.embedding import neutral
from matching.ranking.embedding.sentences import ENCODERS, Sentences

Translations = dict[str, dict[str, str]]

#: How many directions of language each encoder loses: few for one that knows few languages.
DIRECTIONS = {"universal": 8, "multilingual": 16}
MOST_RUNS = 150
PARALLEL_TEXTS = 90


def fit_table(translations: Translations) -> Path:
    """Write the table of languages from translations by language (English text to translation)."""
    texts: dict[str, Sequence[str]] = {
        language: list(of.values()) for language, of in translations.items()
    }
    texts["en"] = sorted({english for of in translations.values() for english in of})
    content = json.dumps(languages.fitted_table(texts, MOST_RUNS), ensure_ascii=False)
    languages.TABLE.write_bytes(gzip.compress(content.encode(), mtime=0))
    return languages.TABLE


def fit_directions(encoder: str, translations: Translations, threads: int = 1) -> Path:
    """Write the directions of language of an encoder, from the texts that most languages have."""
    known = getattr(ENCODERS[encoder], "LANGUAGES", translations.keys())
    counts = Counter(english for of in translations.values() for english in of)
    texts = [english for english, _ in sorted(counts.items(), key=lambda i: (-i[1], i[0]))]
    texts = texts[:PARALLEL_TEXTS]
    sentences = Sentences(encoder, threads)
    by_language = {}
    for language, of in translations.items():
        if language in known:
            vectors = sentences.transform([of.get(english, "") for english in texts])
            vectors[[english not in of for english in texts]] = np.nan
            by_language[language] = vectors
    arrays = neutral.fitted(by_language, sentences.transform(texts), DIRECTIONS[encoder])
    mean, directions = (arrays[name].astype(np.float16) for name in ("mean", "directions"))
    np.savez(neutral.file_of(encoder), mean=mean, directions=directions)
    return neutral.file_of(encoder)
