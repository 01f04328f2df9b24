"""Connections that are cut and locks that are held lose no work and double none."""

import time
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, transaction

from tests.integration.worker.service import Service, all_done, until

State = Callable[..., None]

pytestmark = pytest.mark.slow


@pytest.mark.postgres
def test_database_that_cuts_all_connections_loses_nothing(service: Service, state: State) -> None:
    state("test.write", *range(200))
    terminated = 0
    for cut in range(3):
        until(partial(_more_done, service, 40 * cut), "some work")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid != pg_backend_pid()"
            )
            terminated += cursor.fetchone()[0]
    assert terminated > 0

    until(lambda: all_done(["test.write"]), "all work", within=60)
    # A connection that is cut between an effect and the end of its fact makes the work run again.
    effects = service.effects("test.write")
    assert sorted(set(effects)) == list(range(200))
    assert len(effects) - 200 <= 6, "three cuts, two workers"


@pytest.mark.sqlite
def test_write_lock_held_for_longer_than_a_lease_leaves_one_effect(
    service: Service, state: State
) -> None:
    state("test.slow", 1)
    until(lambda: service.journal("test.slow"), "the worker to be in the middle")
    with transaction.atomic():
        time.sleep(service.timing["lease"] + 1)

    until(lambda: all_done(["test.slow"]), "the work")
    assert service.effects("test.slow") == [1]


def _more_done(service: Service, effects: int) -> bool:
    return len(service.effects("test.write")) > effects
