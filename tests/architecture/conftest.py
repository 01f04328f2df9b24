"""Everybody and everything that the tests of all addresses ask about, made once for a module."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.architecture.subjects import subjects
from tests.integration.api.cast import Cast, assemble
from tests.kept import kept


@dataclass(frozen=True)
class World:
    """The people, and what the words in addresses stand for."""

    cast: Cast
    known: dict[str, object]


def _make() -> World:
    cast = assemble()
    return World(cast, subjects(cast))


@pytest.fixture(scope="module")
def _kept_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with kept(django_db_blocker, _make) as made:
        yield made


@pytest.fixture
def world(db: None, _kept_world: World) -> World:
    """The rows of all tests of the module; what a test does to the objects, it does to its own."""
    return deepcopy(_kept_world)
