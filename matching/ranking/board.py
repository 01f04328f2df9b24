"""People of whom nothing is known but what the rules look at, and their packing into bytes."""

from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matching.ranking.columns import Vocabulary, VolunteerColumns

#: Columns of tags that a board holds, and the other ones.
TAGS = ("languages", "causes", "activities", "skills")
PLAIN = (
    "age",
    "parent_confirmed",
    "latitude",
    "longitude",
    "travel_km",
    "helps_in_person",
    "helps_from_home",
    "one_off",
    "regular",
    "wants_company",
    "availability",
    "dbs_level",
    "willing_dbs",
)


def pack(columns: VolunteerColumns, vocabulary: Vocabulary) -> bytes:
    """The columns that count, as compressed bytes, with the codes that their tags stand for."""
    arrays: dict[str, NDArray[Any]] = {name: getattr(columns, name) for name in PLAIN}
    arrays["codes"] = _codes(vocabulary)
    for name in TAGS:
        matrix = getattr(columns, name)
        arrays |= {
            f"{name}_indices": matrix.indices,
            f"{name}_indptr": matrix.indptr,
            f"{name}_size": np.array(matrix.shape[1]),
        }
    into = BytesIO()
    np.savez_compressed(into, **arrays)  # type: ignore[arg-type]  # names of arrays, no option
    return into.getvalue()


def is_of(packed: bytes, vocabulary: Vocabulary) -> bool:
    """Whether the tags of a packed board stand for these codes."""
    with np.load(BytesIO(packed), allow_pickle=False) as file:
        return "codes" in file and np.array_equal(file["codes"], _codes(vocabulary))


def _codes(vocabulary: Vocabulary) -> NDArray[np.str_]:
    return np.array([code for kind in TAGS for code in (kind, *getattr(vocabulary, kind))], np.str_)


def unpack(packed: bytes) -> VolunteerColumns:
    """The opposite of `pack`: people numbered from 0."""
    with np.load(BytesIO(packed), allow_pickle=False) as file:
        stored = dict(file.items())
    n = len(stored["age"])
    lists = {
        name: csr_array(
            (
                np.ones(len(stored[f"{name}_indices"]), np.float32),
                stored[f"{name}_indices"],
                stored[f"{name}_indptr"],
            ),
            shape=(n, int(stored[f"{name}_size"])),
        )
        for name in TAGS
    }
    return board_columns({name: stored[name] for name in PLAIN} | lists)


def board_columns(arrays: dict[str, Any]) -> VolunteerColumns:
    """All columns, with nothing in those that no rule looks at; numbered from 0 where there are no
    ids.
    """
    n = len(arrays["age"])
    return VolunteerColumns(
        travel_mode=np.zeros(n, np.int8),
        hours_a_week=np.full(n, np.nan, np.float32),
        waiting_days=np.zeros(n, np.float32),
        about=[""] * n,
        experience=[""] * n,
        **{"ids": np.arange(n, dtype=np.int64), **arrays},
    )
