"""Three missed heartbeats make the service unhealthy; old facts are deleted."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from core.models import Fact
from core.outbox import health, tidying
from tests.factories.core import FactFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds_since_last", "well"), [(60, True), (180, True), (181, False), (86_400, False)]
)
def test_heartbeat_missed_three_times_is_a_problem(seconds_since_last: int, well: bool) -> None:
    last = NOON - timedelta(seconds=seconds_since_last)
    FactFactory.create(kind="heartbeat", subject_id=7, state="done", finished_at=last)
    FactFactory.create(kind="heartbeat", subject_id=8)  # stated, and nobody does it

    with time_machine.travel(NOON, tick=False):
        problems = health.problems(started=NOON - timedelta(days=2))

    assert problems == (
        [] if well else [f"no heartbeat of background work was done since {_(last)}"]
    )


def test_service_that_has_just_started_is_well() -> None:
    FactFactory.create(kind="heartbeat", state="done", finished_at=NOON - timedelta(days=1))
    with time_machine.travel(NOON, tick=False):
        assert not health.problems(started=NOON - timedelta(seconds=180))
        assert health.problems(started=NOON - timedelta(seconds=181))


def test_service_that_never_had_a_heartbeat_says_so() -> None:
    with time_machine.travel(NOON, tick=False):
        problems = health.problems(started=NOON - timedelta(minutes=5))

    assert problems == ["no heartbeat of background work was done yet"]


def test_tidying_deletes_what_was_done_two_weeks_ago_and_nothing_else() -> None:
    old, recent = NOON - timedelta(days=15), NOON - timedelta(days=13)
    FactFactory.create(state="done", finished_at=old)
    FactFactory.create(state="superseded", finished_at=old)
    kept = {
        FactFactory.create(state="done", finished_at=recent).pk,
        FactFactory.create(state="set_aside", finished_at=old).pk,
        FactFactory.create(created_at=old).pk,
    }

    with time_machine.travel(NOON, tick=False):
        assert tidying.delete_old() == 2
    assert set(Fact.objects.values_list("pk", flat=True)) == kept


def _(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
