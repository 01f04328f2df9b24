"""Editors and workers at the same moment: no edit is left out, no work is done by two."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction

from core import clock
from core.models import Fact, UkcatTag
from core.outbox import facts, leases
from core.outbox.timing import TIMING
from tests.factories.core import FactFactory

pytestmark = pytest.mark.django_db(transaction=True)

KIND = "profile.changed"


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


@pytest.fixture
def subject() -> UkcatTag:
    """Any row will do: `level` is what editors change and workers read."""
    return UkcatTag.objects.create(code="AR", name="Arts", category="Arts", level=0)


def in_thread(pool: ThreadPoolExecutor, work: Callable[[], object]) -> "Future[object]":
    def with_own_connection() -> object:
        try:
            return work()
        finally:
            connection.close()

    return pool.submit(with_own_connection)


def edit(
    subject: UkcatTag, state: Callable[[], None], edited: threading.Event, go: threading.Event
):
    with transaction.atomic():
        UkcatTag.objects.filter(pk=subject.pk).update(level=1)
        state()
        edited.set()
        assert go.wait(10)


@pytest.mark.postgres
def test_worker_leaves_a_fact_alone_until_its_editor_has_committed(
    pool: ThreadPoolExecutor, subject: UkcatTag
) -> None:
    fact = FactFactory.create(kind=KIND, subject_id=subject.pk)
    edited, go = threading.Event(), threading.Event()
    editor = in_thread(
        pool, lambda: edit(subject, lambda: facts.state(KIND, subject.pk), edited, go)
    )
    assert edited.wait(10)

    assert leases.claim(fact.pk) is None
    go.set()
    editor.result(10)

    assert leases.claim(fact.pk)
    subject.refresh_from_db()
    assert subject.level == 1


@pytest.mark.postgres
def test_without_the_lock_the_edit_would_be_left_out(
    pool: ThreadPoolExecutor, subject: UkcatTag
) -> None:
    """The control: a statement that merges without locking lets the worker read the old row."""
    fact = FactFactory.create(kind=KIND, subject_id=subject.pk)
    edited, go = threading.Event(), threading.Event()

    def merge_without_lock() -> None:
        Fact.objects.bulk_create(
            [FactFactory.build(kind=KIND, subject_id=subject.pk)], ignore_conflicts=True
        )

    editor = in_thread(pool, lambda: edit(subject, merge_without_lock, edited, go))
    assert edited.wait(10)

    assert leases.claim(fact.pk)
    subject.refresh_from_db()
    seen = subject.level
    go.set()
    editor.result(10)

    assert seen == 0
    assert not Fact.objects.waiting().exists()


@pytest.mark.postgres
def test_editor_who_comes_while_a_worker_claims_states_a_new_fact(
    pool: ThreadPoolExecutor, subject: UkcatTag
) -> None:
    fact = FactFactory.create(kind=KIND, subject_id=subject.pk)

    def state() -> None:
        with transaction.atomic():
            facts.state(KIND, subject.pk)

    with transaction.atomic():
        assert leases.claim(fact.pk)
        editor = in_thread(pool, state)
        with pytest.raises(TimeoutError):
            editor.result(0.3)  # it waits for the claim to be committed
    editor.result(10)

    assert list(Fact.objects.values_list("state", flat=True)) == ["claimed", "waiting"]


def test_ten_workers_that_want_one_fact_get_one_lease(pool: ThreadPoolExecutor) -> None:
    for _ in range(20):
        fact = FactFactory.create(kind=KIND)
        claims = [in_thread(pool, partial(leases.claim, fact.pk)) for _ in range(10)]

        assert len([claim for claim in claims if claim.result(10)]) == 1


def test_work_sees_the_last_of_many_parallel_edits(
    pool: ThreadPoolExecutor, subject: UkcatTag, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.models.fact.TIMING", replace(TIMING, quiet=timedelta(0)))
    seen = [0]
    over = threading.Event()

    def edit_often() -> None:
        for _ in range(25):
            with transaction.atomic():
                row = UkcatTag.objects.select_for_update().get(pk=subject.pk)
                row.level += 1
                row.save()
                facts.state(KIND, subject.pk)

    def work() -> None:
        while not over.is_set() or Fact.objects.exclude(state=Fact.State.DONE).exists():
            for fact_id in Fact.objects.due(clock.now()).values_list("pk", flat=True):
                if lease := leases.claim(fact_id):
                    level = UkcatTag.objects.get(pk=subject.pk).level
                    with transaction.atomic():
                        lease.check()
                        seen.append(level)
                    assert leases.finish(lease)

    workers = [in_thread(pool, work) for _ in range(3)]
    for editor in [in_thread(pool, edit_often) for _ in range(4)]:
        editor.result(60)
    over.set()
    for worker in workers:
        worker.result(60)

    assert seen[-1] == 100
    assert seen == sorted(seen), "an older run wrote after a newer one"
