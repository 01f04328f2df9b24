from collections.abc import Iterator
from copy import deepcopy

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.integration.api.cast import Cast, assemble, assemble_with_belongings
from tests.kept import kept


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


@pytest.fixture(scope="module")
def _kept_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with kept(django_db_blocker, assemble) as cast:
        yield cast


@pytest.fixture
def same_cast(db: None, _kept_cast: Cast) -> Cast:
    """For a module in which every test needs the cast: made once. Their rows are there from its
    first test on; what a test does to the objects, it does to its own copies.
    """
    return deepcopy(_kept_cast)


@pytest.fixture(scope="module")
def _kept_full_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with kept(django_db_blocker, assemble_with_belongings) as cast:
        yield cast


@pytest.fixture
def full_cast(db: None, _kept_full_cast: Cast) -> Cast:
    """As `same_cast`, with what they have besides."""
    return deepcopy(_kept_full_cast)
