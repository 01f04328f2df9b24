"""Three attempts, then aside; what newer work covers is not tried again."""

from datetime import timedelta

import pytest
import time_machine

from core import clock
from core.errors import Conflict, NotFound
from core.models import Fact
from core.outbox import attempts, facts, leases, selectors
from core.outbox.timing import TIMING
from tests.factories.core import FactFactory

pytestmark = pytest.mark.django_db

SetAside = Fact.State.SET_ASIDE


def fail_once(fact: Fact) -> None:
    """Claim the fact when it is due and fail."""
    fact.refresh_from_db()
    with time_machine.travel(max(clock.now(), fact.not_before), tick=False):
        lease = leases.claim(fact.pk)
        assert lease
        leases.fail(lease, ValueError("anna@example.org"))
    fact.refresh_from_db()


def test_failing_fact_is_tried_three_times_and_set_aside() -> None:
    fact = FactFactory.create()
    states = []
    for _ in range(3):
        fail_once(fact)
        states.append((fact.state, fact.attempts))

    assert states == [("waiting", 1), ("waiting", 2), ("set_aside", 3)]
    assert list(selectors.set_aside()) == [fact]
    assert leases.claim(fact.pk) is None


def test_attempts_are_further_and_further_apart() -> None:
    fact = FactFactory.create()
    with time_machine.travel(clock.now(), tick=False):
        fail_once(fact)
        assert fact.not_before == clock.now() + timedelta(seconds=2)
    with time_machine.travel(fact.not_before, tick=False):
        fail_once(fact)
        assert fact.not_before == clock.now() + timedelta(seconds=30)


def test_error_is_kept_as_class_and_place_without_its_text() -> None:
    fact = FactFactory.create()
    lease = leases.claim(fact.pk)
    assert lease
    try:
        attempts.retry(fact_id=404)
    except NotFound as error:
        leases.fail(lease, error)

    fact.refresh_from_db()
    assert fact.last_error.startswith("NotFound in retry (core/outbox/attempts.py:")


def test_error_without_a_place_is_its_class() -> None:
    fact = FactFactory.create()
    fail_once(fact)

    assert fact.last_error == "ValueError"


def test_lease_that_ran_out_counts_as_an_attempt() -> None:
    fact = FactFactory.create()
    assert leases.claim(fact.pk)
    assert attempts.sweep() == 0
    with time_machine.travel(clock.now() + TIMING.lease, tick=False):
        assert attempts.sweep() == 1
        assert attempts.sweep() == 0

    fact.refresh_from_db()
    assert (fact.state, fact.attempts, fact.last_error) == ("waiting", 1, "lease ran out")


def test_renewed_lease_does_not_run_out() -> None:
    lease = leases.claim(FactFactory.create().pk)
    assert lease
    with time_machine.travel(clock.now() + timedelta(seconds=9), tick=False):
        assert leases.extend(lease)
    with time_machine.travel(clock.now() + timedelta(seconds=18), tick=False):
        assert attempts.sweep() == 0


def test_work_begins_again_within_20_seconds_of_a_death() -> None:
    sweep_and_send = timedelta(seconds=2)
    assert TIMING.lease + TIMING.pauses[0] + sweep_and_send < timedelta(seconds=20)
    assert TIMING.beat * 3 < TIMING.lease


def test_failed_fact_gives_way_to_a_newer_one_that_says_the_same() -> None:
    older = FactFactory.create(subject_id=42)
    lease = leases.claim(older.pk)
    assert lease
    facts.state("profile.changed", 42)

    leases.fail(lease, ValueError())

    assert list(Fact.objects.values_list("state", flat=True)) == ["superseded", "waiting"]


def test_last_failure_gives_way_too() -> None:
    fact = FactFactory.create(subject_id=42)
    fail_once(fact)
    fail_once(fact)
    with time_machine.travel(fact.not_before, tick=False):
        lease = leases.claim(fact.pk)
        assert lease
        facts.state("profile.changed", 42)
        leases.fail(lease, ValueError())

    assert not selectors.set_aside().exists()


def test_retry_tries_afresh() -> None:
    fact = FactFactory.create()
    for _ in range(3):
        fail_once(fact)

    attempts.retry(fact_id=fact.pk)

    fact.refresh_from_db()
    assert (fact.state, fact.attempts, fact.finished_at) == ("waiting", 0, None)
    assert leases.claim(fact.pk)


def test_retry_gives_way_to_newer_work() -> None:
    fact = FactFactory.create(subject_id=42, state=SetAside, finished_at=clock.now())
    facts.state("profile.changed", 42)

    attempts.retry(fact_id=fact.pk)

    fact.refresh_from_db()
    assert fact.state == Fact.State.SUPERSEDED


def test_retry_refuses_what_is_not_set_aside() -> None:
    with pytest.raises(Conflict):
        attempts.retry(fact_id=FactFactory.create().pk)
    with pytest.raises(NotFound):
        attempts.retry(fact_id=404)


def test_fact_set_aside_is_closed_when_newer_work_is_done() -> None:
    stale = FactFactory.create(subject_id=1, state=SetAside, finished_at=clock.now())
    FactFactory.create(subject_id=1, state=Fact.State.DONE, finished_at=clock.now())
    fresh = FactFactory.create(subject_id=2, state=SetAside, finished_at=clock.now())
    FactFactory.create(subject_id=2)
    FactFactory.create(subject_id=3, state=Fact.State.DONE, finished_at=clock.now())

    assert attempts.close_superseded() == 1
    assert list(selectors.set_aside()) == [fresh]
    stale.refresh_from_db()
    assert stale.state == Fact.State.SUPERSEDED


def test_backlog_counts_what_waits_oldest_kind_first() -> None:
    FactFactory.create_batch(2, kind="role.changed")
    oldest = FactFactory.create(created_at=clock.now() - timedelta(days=1))
    FactFactory.create(kind="other", state=Fact.State.DONE, finished_at=clock.now())

    assert [(each.kind, each.facts) for each in selectors.backlog()] == [
        ("profile.changed", 1),
        ("role.changed", 2),
    ]
    assert selectors.backlog()[0].since == oldest.created_at
