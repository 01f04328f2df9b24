"""Every table says whether it holds personal data, so that a new one is exported and erased too."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from accounts.models import User
from core.personal_data import REGISTRY, Holding

HELD, MENTIONED = REGISTRY.holdings, REGISTRY.mentioned
#: Parts of names by which a column gives itself away.
_TELLING = ("email", "phone", "first_name", "last_name", "date_of_birth", "username")


def tables() -> Iterator[type[models.Model]]:
    """Each table but those that only link two others: they go with the row that has the list."""
    return (model for model in apps.get_models() if not model._meta.auto_created)


def label(model: type[models.Model]) -> str:
    return model._meta.label


def test_every_table_is_spoken_of() -> None:
    spoken_of = {*HELD, *MENTIONED, *REGISTRY.impersonal}
    silent = {label(model) for model in tables()} - spoken_of
    assert not silent, f"say in a module personal_data whose rows these are: {sorted(silent)}"


def test_what_is_said_is_about_tables_that_are_there_and_only_once() -> None:
    there = {label(model) for model in tables()}
    assert {*HELD, *MENTIONED, *REGISTRY.impersonal} <= there
    assert not REGISTRY.impersonal.keys() & {*HELD, *MENTIONED}


def _columns(model: type[models.Model]) -> list[Any]:
    return [*model._meta.concrete_fields, *model._meta.many_to_many]


def _points_to_somebody(column: Any, held: bool) -> bool:
    """Whether a column leads from a row that is nobody's to somebody, or from somebody's row to
    somebody else, who may go while the row stays."""
    if not column.is_relation or column.related_model is None:
        return False
    if held:
        return column.related_model is User and column.remote_field.on_delete is models.SET_NULL
    return column.related_model._meta.label in HELD


def _tells(column: Any) -> bool:
    return isinstance(column, models.EmailField) or any(part in column.name for part in _TELLING)


@pytest.mark.parametrize("model", list(tables()), ids=label)
def test_a_column_that_leads_to_a_person_is_said_to(model: type[models.Model]) -> None:
    holding = HELD.get(label(model))
    if holding is not None and holding.stays:
        return
    said = MENTIONED.get(label(model), {})
    leading = {
        column.name
        for column in _columns(model)
        if _points_to_somebody(column, holding is not None) or (holding is None and _tells(column))
    }
    assert leading <= said.keys(), f"say what becomes of it in {label(model)}"


@pytest.mark.parametrize("holding", list(HELD.values()), ids=list(HELD))
def test_every_column_is_exported_or_left_out_with_a_reason(holding: Holding) -> None:
    every = {column.name for column in _columns(apps.get_model(holding.model))}
    exported = {column.name for column in holding.columns()}
    assert exported | holding.left_out.keys() == every
    assert all(holding.left_out.values())
