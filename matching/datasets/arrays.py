"""Python values into the arrays of a column."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import models
from django.db.models import QuerySet
from numpy.typing import NDArray

from core.clock import LONDON
from matching.ranking.columns import tag_matrix

#: Which state of a row was read: a row that changed since has another version.
Version = tuple[Any, ...]


def by_name(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    """Rows turned into columns."""
    return dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))


def tag_pairs(model: type[models.Model], name: str, chosen: QuerySet[Any]) -> list[tuple[int, int]]:
    """(id of the row, id of the tag) of a many-to-many list, for the rows of a query set."""
    field: Any = model._meta.get_field(name)
    through = field.remote_field.through._default_manager
    of_these = {f"{field.m2m_field_name()}__in": ids_of(chosen)}
    pairs = through.filter(**of_these).order_by()
    return list(pairs.values_list(field.m2m_column_name(), field.m2m_reverse_name()))


def ids_of(chosen: QuerySet[Any]) -> QuerySet[Any]:
    """The ids of a query set, to be asked for inside another query."""
    return chosen.order_by().values("pk")


def tagged(ids: NDArray[np.int64], pairs: Iterable[tuple[int, int]], index: dict[int, int]) -> Any:
    """Tag matrix, CSR (rows × tags), from (id of the row, id of the tag)."""
    rows: dict[int, list[int]] = {row_id: [] for row_id in ids.tolist()}
    for row_id, tag_id in pairs:
        # A row or tag that appeared after the first query is left for the next time.
        if row_id in rows and tag_id in index:
            rows[row_id].append(index[tag_id])
    return tag_matrix(list(rows.values()), len(index))


def flags(values: Iterable[bool]) -> NDArray[np.bool_]:
    """Yes or no."""
    return np.array(list(values), np.bool_)


def floats(values: Iterable[float | None]) -> NDArray[np.float32]:
    """Numbers, nan where there is none."""
    return np.array(list(values), np.float32)  # numpy makes None nan


def degrees(values: Iterable[float | None]) -> NDArray[np.float64]:
    """Coordinates, nan where there is none."""
    return np.array(list(values), np.float64)  # numpy makes None nan


def indices(values: Iterable[str], names: Sequence[str]) -> NDArray[np.int8]:
    """Where each value stands in `names`."""
    index = {name: position for position, name in enumerate(names)}
    return np.array([index[value] for value in values], np.int8)


def days_since(moments: Iterable[datetime | None], day: date) -> NDArray[np.float32]:
    """Days on London's calendar from each moment until `day`, 0 where there is none.

    Whole days, so that a ranking done again on the same day comes out the same.
    """
    dates = (None if at is None else at.astimezone(LONDON).date() for at in moments)
    return np.array([0 if at is None else max(0, (day - at).days) for at in dates], np.float32)
