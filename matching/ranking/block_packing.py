"""All lists of a block as bytes at once: what `PackedList.pack` makes of each, many times faster.

One list has some two hundred reasons, and a block a thousand lists: their details are told apart
and written as arrays, and as text only once for each that differs.
"""

import json
from collections.abc import Sequence
from itertools import pairwise
from json.encoder import encode_basestring

import numpy as np
from numpy.typing import NDArray

from matching.ranking.matches import FORMS, Form, detail_of

#: Odd numbers by which parts of a key are multiplied before they are added up, modulo 2⁶⁴.
_MIX = np.uint64(0x9E3779B97F4A7C15)


def packed_details(
    rows: NDArray[np.integer],
    codes: NDArray[np.uint8],
    lengths: NDArray[np.integer],
    starts: NDArray[np.integer],
    numbers: NDArray[np.uint32],
    texts: Sequence[str],
    owners: int,
) -> tuple[NDArray[np.uint16], list[str]]:
    """Details of reasons, told apart within each of `owners` lists.

    rows: list of each reason, rising. codes: as in `matches.REASON_CODES`. lengths, starts: where
    its numbers stand in `numbers`. texts: what numbers point at.
    Gives for each reason the place of its detail among those of its list, and for each list its
    details as a JSON array.
    """
    longest = int(lengths.max(initial=0))
    kept = np.zeros((longest, len(rows)), np.uint32)
    for at in range(longest):
        has = lengths > at
        kept[at, has] = numbers[starts[has] + at]
    said, of_said = _distinct([codes.astype(np.uint32), lengths.astype(np.uint32), *kept])
    written = _written(codes[said], lengths[said], kept[:, said].T, texts)
    # Of one list: each list's different details, in the order in which they are told apart.
    keys = rows.astype(np.int64) * max(len(said), 1) + of_said
    found, at_found = np.unique(keys, return_inverse=True)
    first = np.searchsorted(found, np.arange(owners + 1, dtype=np.int64) * max(len(said), 1))
    places = (at_found - first[rows]).astype(np.uint16)
    texts_of = written[found % max(len(said), 1)].tolist()
    return places, [f"[{','.join(texts_of[a:b])}]" for a, b in pairwise(first.tolist())]


def _written(
    codes: NDArray[np.uint8],
    lengths: NDArray[np.integer],
    kept: NDArray[np.uint32],
    texts: Sequence[str],
) -> NDArray[np.object_]:
    """`detail_of` of each as JSON, null for kilometres, which stand beside the match."""
    written = np.empty(len(codes), object)
    each = enumerate(zip(codes.tolist(), lengths.tolist(), kept.tolist(), strict=True))
    for at, (code, length, numbers) in each:
        form = FORMS[code]
        if form is Form.TEXTS:
            said = [encode_basestring(texts[number]) for number in numbers[:length]]
            written[at] = f"[{','.join(said)}]"
        elif form is Form.KILOMETRES:
            written[at] = "null"
        else:
            detail = detail_of(code, numbers[:length], texts, None)
            written[at] = json.dumps(detail, separators=(",", ":"))
    return written


def _distinct(
    columns: Sequence[NDArray[np.uint32]],
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The first of each different row of these columns, and which of them each row is."""
    keys = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        keys = (keys ^ column) * _MIX
        keys ^= keys >> np.uint64(29)
    _, first, found = np.unique(keys, return_index=True, return_inverse=True)
    if all((column[first[found]] == column).all() for column in columns):
        return first, found
    # Two that differ have the same key, which happens once in a million years: told apart exactly.
    table = np.stack(columns, axis=1)
    _, first, found = np.unique(table, axis=0, return_index=True, return_inverse=True)
    return first, found.ravel()
