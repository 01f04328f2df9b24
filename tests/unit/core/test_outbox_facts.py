"""Facts are stated with their change, merge while they wait, and say nothing twice for ever."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from core import clock
from core.models import Fact
from core.outbox import facts, leases

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_many_statements_about_one_subject_are_one_fact() -> None:
    for second in range(100):
        with time_machine.travel(NOON + timedelta(seconds=second), tick=False):
            facts.state("profile.changed", 42)

    fact = Fact.objects.get()
    assert (fact.created_at, fact.stated_at) == (NOON, NOON + timedelta(seconds=99))


@pytest.mark.django_db
def test_statements_differ_by_kind_and_subject() -> None:
    facts.state("profile.changed", 1)
    facts.state("profile.changed", 2)
    facts.state("role.changed", 1)

    assert Fact.objects.count() == 3


@pytest.mark.django_db
def test_statement_after_the_claim_is_a_new_fact() -> None:
    facts.state("profile.changed", 42)
    assert leases.claim(Fact.objects.get().pk)

    facts.state("profile.changed", 42)

    assert list(Fact.objects.values_list("state", flat=True)) == ["claimed", "waiting"]


@pytest.mark.django_db
def test_statement_makes_a_sent_fact_be_sent_again() -> None:
    facts.state("profile.changed", 42)
    Fact.objects.update(sent_at=clock.now())

    facts.state("profile.changed", 42)

    assert Fact.objects.get().sent_at is None


@pytest.mark.django_db
def test_statement_ends_the_pause_after_a_failure_and_keeps_the_count_of_attempts() -> None:
    facts.state("profile.changed", 42)
    lease = leases.claim(Fact.objects.get().pk)
    assert lease
    leases.fail(lease, ValueError())
    assert Fact.objects.get().not_before > clock.now()

    facts.state("profile.changed", 42)

    fact = Fact.objects.get()
    assert fact.not_before <= clock.now()
    assert fact.attempts == 1


@pytest.mark.django_db
def test_statements_for_different_times_stay_apart() -> None:
    day = timedelta(days=1)
    with time_machine.travel(NOON, tick=False):
        facts.state("application.nudge", 7, not_before=NOON + 3 * day)
        facts.state("application.nudge", 7, not_before=NOON + 5 * day)
        facts.state("application.nudge", 7, not_before=NOON + 5 * day)
        facts.state("application.nudge", 7, not_before=NOON - day)
        facts.state("application.nudge", 7)

    times = Fact.objects.order_by("not_before").values_list("not_before", flat=True)
    assert list(times) == [NOON, NOON + 3 * day, NOON + 5 * day]


@pytest.mark.django_db
def test_state_many_takes_one_statement_and_repeated_ids() -> None:
    facts.state("role.changed", 2)

    with CaptureQueriesContext(connection) as queries:
        facts.state_many("role.changed", [3, 1, 2, 3])

    assert sorted(Fact.objects.values_list("subject_id", flat=True)) == [1, 2, 3]
    assert len([query for query in queries if "INSERT" in query["sql"]]) == 1


@pytest.mark.django_db
def test_state_many_of_nothing_states_nothing() -> None:
    facts.state_many("role.changed", [])

    assert not Fact.objects.exists()


@pytest.mark.django_db
def test_state_once_is_stated_once_for_ever() -> None:
    facts.state_once("night.ranking", 20_000)
    lease = leases.claim(Fact.objects.get().pk)
    facts.state_once("night.ranking", 20_000)
    assert lease
    leases.finish(lease)
    facts.state_once("night.ranking", 20_000)

    assert Fact.objects.get().state == Fact.State.DONE


@pytest.mark.django_db(transaction=True)
def test_rolled_back_change_states_nothing() -> None:
    with transaction.atomic():
        facts.state("profile.changed", 42)
        transaction.set_rollback(True)

    assert not Fact.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", [facts.state, facts.state_once])
def test_statement_outside_a_transaction_is_refused(state) -> None:
    with pytest.raises(TransactionManagementError, match="in the transaction of the change"):
        state("profile.changed", 42)

    assert not Fact.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["", "k" * 61])
def test_kind_has_1_to_60_characters(kind: str) -> None:
    with pytest.raises(ValueError, match="1 to 60 characters"):
        facts.state(kind, 1)


@pytest.mark.django_db
def test_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        facts.state("application.nudge", 1, not_before=datetime(2030, 1, 1))  # noqa: DTZ001


@pytest.mark.django_db
def test_longest_key_fits() -> None:
    later = datetime(2126, 3, 2, 12, 0, 0, 1, tzinfo=UTC)
    facts.state("k" * 60, -(2**63), not_before=later)

    key = Fact.objects.get().waiting_key
    assert key
    assert key.endswith("@2126-03-02T12:00:00.000001+00:00")
    assert len(key) <= (Fact._meta.get_field("waiting_key").max_length or 0)
