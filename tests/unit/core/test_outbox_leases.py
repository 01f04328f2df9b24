"""A lease is held by one worker; who lost it writes nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from core import clock
from core.models import Fact
from core.outbox import attempts, leases
from core.outbox.leases import Lease, LeaseLostError
from core.outbox.timing import TIMING
from tests.factories.core import FactFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lease() -> Lease:
    lease = leases.claim(FactFactory.create(subject_id=42).pk)
    assert lease
    return lease


def test_claim_gives_the_subject_and_a_number_that_goes_up(lease: Lease) -> None:
    assert (lease.kind, lease.subject_id, lease.fence) == ("profile.changed", 42, 1)
    leases.release(lease)
    again = leases.claim(lease.fact_id)
    assert again
    assert again.fence == 2


def test_claimed_fact_is_nobody_elses(lease: Lease) -> None:
    assert leases.claim(lease.fact_id) is None


@pytest.mark.parametrize("state", [Fact.State.DONE, Fact.State.SUPERSEDED, Fact.State.SET_ASIDE])
def test_closed_fact_cannot_be_claimed(state: Fact.State) -> None:
    assert leases.claim(FactFactory.create(state=state, finished_at=clock.now()).pk) is None


def test_fact_that_is_not_there_cannot_be_claimed() -> None:
    assert leases.claim(404) is None


def test_fact_cannot_be_claimed_before_its_time() -> None:
    fact = FactFactory.create(not_before=clock.now() + timedelta(seconds=5))
    assert leases.claim(fact.pk) is None
    with time_machine.travel(fact.not_before, tick=False):
        assert leases.claim(fact.pk)


def test_work_on_one_subject_runs_one_at_a_time(lease: Lease) -> None:
    newer = FactFactory.create(subject_id=42)
    other_subject = FactFactory.create(subject_id=43)
    other_kind = FactFactory.create(kind="role.changed", subject_id=42)
    assert leases.claim(newer.pk) is None
    assert leases.claim(other_subject.pk)
    assert leases.claim(other_kind.pk)
    assert leases.finish(lease)
    assert leases.claim(newer.pk)


def test_database_refuses_two_runs_about_one_subject(lease: Lease) -> None:
    newer = FactFactory.create(subject_id=42)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fact.objects.filter(pk=newer.pk).update(
            state=Fact.State.CLAIMED, waiting_key=None, lease_until=clock.now()
        )


def test_check_renews_the_lease(lease: Lease) -> None:
    with time_machine.travel(clock.now() + timedelta(seconds=7), tick=False):
        with transaction.atomic():
            lease.check()
        assert Fact.objects.get().lease_until == clock.now() + TIMING.lease


@pytest.mark.django_db(transaction=True)
def test_check_outside_a_transaction_is_refused() -> None:
    lease = leases.claim(FactFactory.create().pk)
    assert lease
    with pytest.raises(TransactionManagementError):
        lease.check()


def test_lost_lease_can_do_nothing(lease: Lease) -> None:
    with time_machine.travel(clock.now() + TIMING.lease, tick=False):
        assert attempts.sweep() == 1
    with time_machine.travel(clock.now() + TIMING.lease + TIMING.pauses[0], tick=False):
        other = leases.claim(lease.fact_id)
        assert other

        with pytest.raises(LeaseLostError), transaction.atomic():
            lease.check()
        assert not leases.extend(lease)
        assert not leases.finish(lease)
        leases.fail(lease, ValueError())
        leases.release(lease)

        fact = Fact.objects.get()
        assert (fact.state, fact.attempts, fact.fence) == (Fact.State.CLAIMED, 1, other.fence)
        assert leases.finish(other)


def test_release_gives_the_fact_back_untried(lease: Lease) -> None:
    leases.release(lease)

    fact = Fact.objects.get()
    assert (fact.state, fact.attempts, fact.lease_until) == (Fact.State.WAITING, 0, None)
    assert leases.claim(fact.pk)


def test_finish_closes_the_fact_and_forgets_the_error(lease: Lease) -> None:
    leases.fail(lease, ValueError())
    with time_machine.travel(clock.now() + TIMING.pauses[0], tick=False):
        again = leases.claim(lease.fact_id)
        assert again
        assert leases.finish(again)

    fact = Fact.objects.get()
    assert (fact.state, fact.last_error, fact.attempts) == (Fact.State.DONE, "", 1)
    assert fact.finished_at is not None
