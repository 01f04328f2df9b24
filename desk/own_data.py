"""What we keep about a person, on paper."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.clock import today
from core.dates import full_day
from core.documents import pdf

_TEMPLATE = Path(__file__).parent / "documents" / "own_data.typ"

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


def printed(tables: Tables, *, name: str) -> bytes:
    """Give what the desk gives of `core.personal_data.export` as PDF: each table, each of its rows,
    each column that is not empty.
    """
    return pdf(
        _TEMPLATE,
        {
            "name": name,
            "made": _("Made on %(day)s by %(centre)s. What is empty is left out.")
            % {
                "day": full_day(today()),
                "centre": settings.CENTRE["name"] or settings.SITE_NAME,
            },
            "without": _("Answers to the equality questions are only in your own account."),
            "tables": [_table(model, rows) for model, rows in tables.items()],
        },
        title=_("What we keep about you"),
    )


def _table(model: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    options = apps.get_model(model)._meta
    labels = {
        column.name: capfirst(column.verbose_name)
        for column in [*options.concrete_fields, *options.many_to_many]
    }
    return {
        "name": str(capfirst(options.verbose_name_plural)),
        "rows": [
            [[str(labels[column]), _words(value)] for column, value in row.items() if _says(value)]
            for row in rows
        ],
    }


def _says(value: Any) -> bool:
    return value is not None and value not in ("", [], {})


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
