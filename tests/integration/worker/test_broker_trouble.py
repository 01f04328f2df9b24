"""No fact is lost, whatever happens to the broker; and nobody who states one waits for it."""

import statistics
import time
from collections.abc import Callable
from functools import partial

import pytest

from tests.integration.worker.service import Service, all_done, until

State = Callable[..., None]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("facts", [100, pytest.param(1_000, marks=pytest.mark.full)])
def test_frozen_broker_delays_nobody_and_loses_nothing(
    service: Service, state: State, facts: int
) -> None:
    service.freeze("broker")
    seconds = [_seconds_to(state, "test.write", subject) for subject in range(facts)]
    until(lambda: "relay.trouble" in service.log("relay"), "the relay to run into its time limit")
    service.thaw("broker")

    until(lambda: all_done(["test.write"]), "all work after the thaw", within=60)

    assert statistics.quantiles(seconds, n=20)[-1] < 0.3
    assert service.effects("test.write") == list(range(facts))


@pytest.mark.parametrize("facts", [100, pytest.param(1_000, marks=pytest.mark.full)])
def test_killed_broker_that_comes_back_empty_loses_nothing(
    service: Service, state: State, facts: int
) -> None:
    state("test.write", *range(facts))
    until(lambda: service.effects("test.write"), "the first work")
    service.kill("broker")
    state("test.write", *range(facts, facts + 20))
    time.sleep(1)
    service.start_broker()

    until(lambda: all_done(["test.write"]), "all work after the restart", within=60)

    assert service.effects("test.write") == list(range(facts + 20))


@pytest.mark.full
def test_broker_killed_again_and_again_never_leaves_a_deaf_worker(
    service: Service, state: State
) -> None:
    for cycle in range(10):
        subjects = range(1_000 * cycle, 1_000 * cycle + 100)
        state("test.write", *subjects)
        until(partial(_some_done, service, subjects), "the first work")
        service.kill("broker")
        service.start_broker()
        until(lambda: all_done(["test.write"]), "all work after the restart", within=60)


@pytest.mark.full
def test_broker_frozen_for_long_is_taken_up_again_within_60_seconds(
    service: Service, state: State
) -> None:
    state("test.write", *range(100))
    until(lambda: service.effects("test.write"), "the first work")
    service.freeze("broker")
    time.sleep(40)  # long enough for the worker to give its connection up, again and again
    state("test.write", *range(100, 200))
    service.thaw("broker")

    until(lambda: all_done(["test.write"]), "all work after the thaw", within=60)


def test_everything_deleted_in_the_broker_gets_done_all_the_same(
    service: Service, state: State
) -> None:
    service.freeze("worker")
    state("test.write", *range(50))
    until(lambda: service.broker.llen("quick") > 0, "messages in the broker")
    service.broker.flushall()
    service.thaw("worker")

    until(lambda: all_done(["test.write"]), "the work", within=60)

    assert service.effects("test.write") == list(range(50))


def _some_done(service: Service, subjects: range) -> bool:
    return not set(service.effects("test.write")).isdisjoint(subjects)


def _seconds_to(state: State, kind: str, subject_id: int) -> float:
    began = time.monotonic()
    state(kind, subject_id)
    return time.monotonic() - began
