"""The running parts, shared by the tests of this folder."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction

from core.outbox import facts
from tests.integration.worker.service import QUICK_TIMING, REAL_TIMING, Service
from tests.integration.worker.synthetic import EFFECTS


@pytest.fixture(scope="session")
def _effects_table(django_db_setup: None, django_db_blocker) -> None:
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE IF NOT EXISTS {EFFECTS}"
            " (kind varchar(60), subject_id bigint, fence integer, at double precision)"
        )


@pytest.fixture
def _no_effects(_effects_table: None, transactional_db: None) -> Iterator[None]:
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {EFFECTS}")


# Over with the last test of this folder: it would do the work that other tests state.
@pytest.fixture(scope="package")
def _shared_service(
    request: pytest.FixtureRequest,
    _effects_table: None,
    django_db_blocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Service]:
    # In a folder that is no package it would be over with the last test of all.
    assert isinstance(request.node, pytest.Package)
    service = Service(tmp_path_factory.mktemp("service"), QUICK_TIMING)
    try:
        with django_db_blocker.unblock():
            service.mend()
        yield service
    finally:
        service.stop()


@pytest.fixture
def service(_shared_service: Service, _no_effects: None) -> Iterator[Service]:
    """Broker, relay and worker running, with short leases."""
    _shared_service.mend()
    yield _shared_service
    _shared_service.mend()


@pytest.fixture
def real_service(service: Service) -> Iterator[Service]:
    """The same with the leases of the real service."""
    service.change_timing(REAL_TIMING)
    yield service
    service.change_timing(QUICK_TIMING)


@pytest.fixture
def state() -> Callable[..., None]:
    """State facts in a transaction of their own: state("test.write", 1, 2, 3)."""

    def state(kind: str, *subject_ids: int) -> None:
        with transaction.atomic():
            facts.state_many(kind, subject_ids)

    return state
