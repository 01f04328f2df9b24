"""What a row said before it was changed, so that it can be read as of an earlier moment."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import models

#: Plain values by the names of columns; lists of other rows as their codes, in order.
Said = dict[str, Any]


def said_by(row: models.Model, columns: Iterable[str], lists: Iterable[str] = ()) -> Said:
    """Give what a row says in these columns, and in these lists of rows with a code, as JSON can
    say it. One query for each list.
    """
    said: Said = {name: plain(getattr(row, name)) for name in columns}
    for name in lists:
        related: Any = getattr(row, name)
        said[name] = sorted(related.values_list("code", flat=True))
    return said


def changed(before: Said, after: Said) -> Said:
    """Give of what was said before the part that is not said any more."""
    return {name: value for name, value in before.items() if after[name] != value}


def plain(value: Any) -> Any:
    """Give a value of a column as JSON can say it."""
    return value.isoformat() if isinstance(value, date | datetime) else value
