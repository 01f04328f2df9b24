"""Edits that follow each other quickly become few runs, and the last one is seen soon."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from core.models import Fact
from core.outbox import facts, leases

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
#: How often the relay looks, and how long the work takes, in this play.
TICK = 0.1
WORK = 0.2


@dataclass
class Play:
    """Runs the outbox on a clock of its own: edits at the seconds given, a worker that is free."""

    edits: list[float]
    began: list[float] = field(default_factory=list)

    def run(self, seconds: float) -> "Play":
        edits = sorted(self.edits)
        busy: leases.Lease | None = None
        for step in range(round(seconds / TICK)):
            at = step * TICK
            with time_machine.travel(NOON + timedelta(seconds=at), tick=False):
                while edits and edits[0] <= at:
                    facts.state("profile.changed", 42)
                    edits.pop(0)
                if busy and at >= self.began[-1] + WORK:
                    leases.finish(busy)
                    busy = None
                waiting = Fact.objects.waiting().first()
                lease = leases.claim(waiting.pk) if waiting else None
                if lease:
                    busy = lease
                    self.began.append(at)
        return self

    @property
    def seconds_to_see_the_last(self) -> float:
        """From the last edit to the end of a run that began after it."""
        last = max(self.edits)
        return min(began for began in self.began if began >= last) + WORK - last


def test_lone_edit_is_seen_at_once() -> None:
    play = Play([0.0]).run(5)
    assert play.began == [0.0]


@pytest.mark.parametrize("seed", range(3))
def test_100_edits_in_10_seconds_are_at_most_two_runs_and_the_last_is_seen_in_5(seed: int) -> None:
    even = [0.1 * number for number in range(100)]
    uneven = [random.Random(seed).uniform(0, 10) for _ in range(100)]
    play = Play([even, uneven][seed % 2]).run(20)

    assert len(play.began) <= 2
    assert play.seconds_to_see_the_last < 2


def test_second_edit_right_after_a_run_is_seen_within_two_seconds() -> None:
    for gap in (0.1, 0.5, 1.4, 1.6, 3.0):
        Fact.objects.all().delete()
        play = Play([0.0, gap]).run(10)
        assert len(play.began) == 2
        assert play.seconds_to_see_the_last < 2


def test_edits_without_end_are_seen_every_15_seconds() -> None:
    play = Play([0.5 * number for number in range(120)]).run(70)
    gaps = [later - earlier for earlier, later in zip(play.began, play.began[1:], strict=False)]

    assert max(gaps) <= 16
    assert len(play.began) <= 6


def test_edits_to_others_do_not_hold_up_the_work() -> None:
    with time_machine.travel(NOON, tick=False):
        facts.state_many("profile.changed", range(50))
        assert all(leases.claim(fact.pk) for fact in Fact.objects.all())
