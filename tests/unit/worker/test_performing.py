"""One run of a fact's work: done, failed, handed on or interrupted."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from core.models import Fact
from core.outbox.leases import Lease
from core.outbox.timing import TIMING
from tests.factories.core import FactFactory, lose
from worker.handlers import HANDLERS, Handler
from worker.performing import perform

pytestmark = pytest.mark.django_db

Work = Callable[[int, Lease], None]


@pytest.fixture
def perform_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[Work], Fact]:
    """Perform a fact whose work is the function given; gives the fact afterwards."""

    def perform_with(work: Work) -> Fact:
        monkeypatch.setitem(HANDLERS, "test", Handler(work))
        fact = FactFactory.create(kind="test", subject_id=42)
        try:
            perform(fact.pk)
        finally:
            fact.refresh_from_db()
        return fact

    return perform_with


def test_work_gets_the_subject_and_the_fact_is_done(perform_with) -> None:
    seen = []
    fact = perform_with(lambda subject_id, lease: seen.append((subject_id, lease.kind)))

    assert seen == [(42, "test")]
    assert fact.state == Fact.State.DONE


def test_message_that_comes_again_does_nothing(perform_with) -> None:
    seen = []
    fact = perform_with(lambda subject_id, lease: seen.append(subject_id))
    for _ in range(9):
        perform(fact.pk)

    assert seen == [42]


def test_failure_is_written_on_the_fact_and_not_raised(perform_with, caplog) -> None:
    def fail(subject_id: int, lease: Lease) -> None:
        raise ValueError("anna@example.org")

    fact = perform_with(fail)

    assert (fact.state, fact.attempts) == (Fact.State.WAITING, 1)
    assert fact.last_error.startswith("ValueError in fail (tests/unit/worker/test_performing.py:")
    assert "anna" not in caplog.text


def test_failure_rolls_back_what_was_written(perform_with) -> None:
    def write_and_fail(subject_id: int, lease: Lease) -> None:
        with transaction.atomic():
            lease.check()
            FactFactory.create(kind="written")
            raise ValueError

    perform_with(write_and_fail)

    assert not Fact.objects.filter(kind="written").exists()


def test_work_that_lost_its_lease_changes_nothing(perform_with) -> None:
    def be_late(subject_id: int, lease: Lease) -> None:
        lose(lease)
        with transaction.atomic():
            lease.check()
            FactFactory.create(kind="written")

    fact = perform_with(be_late)

    assert (fact.state, fact.attempts, fact.fence) == (Fact.State.CLAIMED, 0, 2)
    assert not Fact.objects.filter(kind="written").exists()


def test_interrupted_work_is_given_back_untried(perform_with) -> None:
    def be_told_to_go(subject_id: int, lease: Lease) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        perform_with(be_told_to_go)

    fact = Fact.objects.get()
    assert (fact.state, fact.attempts) == (Fact.State.WAITING, 0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_failure_that_cannot_be_written_is_left_to_the_lease(perform_with, caplog) -> None:
    def cut_own_connection(subject_id: int, lease: Lease) -> None:
        with connection.cursor() as cursor, suppress(DatabaseError):
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        raise ValueError("anna@example.org")

    with suppress(DatabaseError):
        perform_with(cut_own_connection)
    connection.close()

    assert Fact.objects.get().state == Fact.State.CLAIMED
    assert "fact.left_open" in caplog.text
    assert "anna" not in caplog.text


def test_unknown_kind_is_a_failure_that_a_person_will_see() -> None:
    fact = FactFactory.create(kind="from.another.version")
    perform(fact.pk)

    fact.refresh_from_db()
    assert (fact.state, fact.attempts) == (Fact.State.WAITING, 1)
    assert fact.last_error.startswith("UnknownKindError")


@pytest.mark.django_db(transaction=True)
def test_lease_is_renewed_while_the_work_goes_on(
    perform_with, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = replace(TIMING, beat=timedelta(seconds=0.05))
    monkeypatch.setattr("core.outbox.beats.TIMING", quick)
    ends: list[datetime | None] = []

    def wait(subject_id: int, lease: Lease) -> None:
        for _ in range(3):
            ends.append(Fact.objects.get().lease_until)
            threading.Event().wait(0.3)

    perform_with(wait)

    first, second, third = ends
    assert first
    assert second
    assert third
    assert first < second < third
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lease-")]
