"""Which rows and columns are about a person: what is exported to them and erased with them.

Each app says it in a module `personal_data`, loaded at start:

- `holds`: a table whose rows are one person's. All of its columns are exported, also those that
  somebody adds later, unless they are left out by name; its rows are deleted with the person.
- `mentions`: a column of a table that is not the person's own, which may name or point to somebody.
- `impersonal`: a table about nobody.
- `on_erasure`: what has to be done before rows are deleted; `obstacle`: what has to be done by the
  person before they can go.

A test walks all tables: one that no app speaks of fails it.
"""

import base64
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models, transaction
from django.db.models import Q

Person = AbstractBaseUser


@dataclass(frozen=True)
class Holding:
    """A table whose rows are one person's. `of` gives which."""

    model: str
    of: Callable[[Any], Q]
    #: Columns that are not exported, each with the reason.
    left_out: Mapping[str, str] = field(default_factory=dict)
    #: Why the rows stay, emptied by a step of their app; '' where they are deleted.
    stays: str = ""
    #: Why staff may not see the rows, not even to hand them to the person; '' where they may.
    theirs_alone: str = ""

    def rows(self, person: Person) -> models.QuerySet[Any]:
        """Give the person's rows."""
        return apps.get_model(self.model)._base_manager.filter(self.of(person)).order_by("pk")

    def columns(self) -> list[Any]:
        """Give the columns that are exported, lists of other rows among them."""
        options = apps.get_model(self.model)._meta
        every = [*options.concrete_fields, *options.many_to_many]
        return [column for column in every if column.name not in self.left_out]


@dataclass
class Registry:
    """What all apps have said."""

    holdings: dict[str, Holding] = field(default_factory=dict)
    mentioned: dict[str, dict[str, str]] = field(default_factory=dict)
    impersonal: dict[str, str] = field(default_factory=dict)
    steps: list[Callable[[Any], None]] = field(default_factory=list)
    obstacles: list[Callable[[Any], list[str]]] = field(default_factory=list)


REGISTRY = Registry()


def holds(
    model: str,
    *,
    path: str = "",
    of: Callable[[Any], Q] | None = None,
    left_out: Mapping[str, str] | None = None,
    stays: str = "",
    theirs_alone: str = "",
) -> None:
    """Say that rows of `model` are a person's: found by `path` to the person's row, or by `of`."""
    found = of or (lambda person: Q(**{path: person.pk}))
    REGISTRY.holdings[model] = Holding(model, found, left_out or {}, stays, theirs_alone)


def mentions(model: str, **columns: str) -> None:
    """Say which columns of `model` may name somebody whose row it is not, and what becomes of
    each.
    """
    REGISTRY.mentioned.setdefault(model, {}).update(columns)


def impersonal(why: str, *labels: str) -> None:
    """Say that these tables are about nobody."""
    REGISTRY.impersonal.update(dict.fromkeys(labels, why))


def on_erasure(step: Callable[[Any], None]) -> Callable[[Any], None]:
    """Register what an app does, in the same transaction, before a person's rows are deleted."""
    REGISTRY.steps.append(step)
    return step


def obstacle(check: Callable[[Any], list[str]]) -> Callable[[Any], list[str]]:
    """Register a check that gives, in sentences, what a person has to do before they can go."""
    REGISTRY.obstacles.append(check)
    return check


def obstacles(person: Person) -> list[str]:
    """Give what the person has to do before their account can be deleted."""
    return [sentence for check in REGISTRY.obstacles for sentence in check(person)]


def export(person: Person, *, through_staff: bool = False) -> dict[str, list[dict[str, Any]]]:
    """Give every column of every row that is the person's, by table; only what JSON can say.

    `through_staff`: somebody who works here sees it on its way, so what is theirs alone is not in
    it.
    """
    return {
        holding.model: list(_exported(holding, person))
        for holding in REGISTRY.holdings.values()
        if not (through_staff and holding.theirs_alone) and holding.rows(person).exists()
    }


@transaction.atomic
def erase(person: Person) -> None:
    """Delete all rows that are the person's, theirs among the people last.

    Apps are asked from the outside in: what the outer ones keep may hang on what the inner have.
    """
    for step in reversed(REGISTRY.steps):
        step(person)
    for holding in reversed(REGISTRY.holdings.values()):
        if not holding.stays and holding.model != settings.AUTH_USER_MODEL:
            holding.rows(person).delete()
    type(person)._base_manager.filter(pk=person.pk).delete()


def _exported(holding: Holding, person: Person) -> Iterator[dict[str, Any]]:
    columns = holding.columns()
    for row in holding.rows(person).iterator():
        yield {column.name: _value(row, column) for column in columns}


def _value(row: models.Model, column: Any) -> Any:
    if column.many_to_many:
        return [str(getattr(item, "code", item.pk)) for item in getattr(row, column.name).all()]
    value = column.value_from_object(row)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
