"""Sentence vectors without the directions in which languages differ.

An encoder of many languages puts texts of one language closer together than what they say asks for.
The differences between the mean vectors of parallel texts span a few directions; without these,
translations come closer and what is left is what is said (after Yang et al. 2021, "A Simple and
Effective Method To Eliminate the Self Language Bias in Multilingual Representations").
Fitted by `manage.py fit_languages` on the translations that come with Django.
"""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MODELS = Path(__file__).parents[1] / "models"

Floats = NDArray[np.float32]


def neutral(vectors: Floats, encoder: str) -> Floats:
    """Rows (texts × d) less the mean and the directions of language, at length 1; a row of zeros
    stays one.
    """
    mean, directions = _fitted(encoder)
    centred = vectors - mean
    centred -= (centred @ directions.T) @ directions
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    said = vectors.any(axis=1, keepdims=True)
    return np.where(said, centred / np.maximum(lengths, 1e-12), 0).astype(np.float32)


def file_of(encoder: str) -> Path:
    """Where the fitted directions of an encoder are."""
    return MODELS / f"language_directions_{encoder}.npz"


def fitted(by_language: dict[str, Floats], pivot: Floats, most: int) -> dict[str, Floats]:
    """What `neutral` subtracts. by_language: vectors of the same texts in each language,
    (texts × d), nan where a translation is missing; pivot: those in the language of the originals;
    most: how many directions.
    """
    moved = [np.nanmean(vectors - pivot, axis=0) for vectors in by_language.values()]
    means = np.array([*moved, np.zeros(pivot.shape[1])])
    everything = np.concatenate([*by_language.values(), pivot])
    spread = np.linalg.svd(means - means.mean(axis=0), full_matrices=False)[2][:most]
    mean = np.nanmean(everything, axis=0)
    return {"mean": mean.astype(np.float32), "directions": spread.astype(np.float32)}


@cache
def _fitted(encoder: str) -> tuple[Floats, Floats]:
    with np.load(file_of(encoder), allow_pickle=False) as arrays:
        return arrays["mean"], arrays["directions"]
