"""Work goes on when workers die, and what kills them is set aside."""

import os
import signal
import time
from collections.abc import Callable

import pytest

from core.models import Fact
from tests.integration.worker.service import Service, all_done, until

State = Callable[..., None]

pytestmark = pytest.mark.slow


def test_killed_worker_s_work_begins_again(service: Service, state: State) -> None:
    assert _seconds_from_death_to_new_beginning(service, state) < 20


@pytest.mark.full
def test_killed_worker_s_work_begins_again_within_20_seconds(
    real_service: Service, state: State
) -> None:
    assert _seconds_from_death_to_new_beginning(real_service, state) < 20


def _seconds_from_death_to_new_beginning(service: Service, state: State) -> float:
    state("test.slow", 1, 2, 3)
    until(lambda: len(service.journal("test.slow")) == 2, "two workers to be in the middle")
    killed = time.monotonic()
    service.kill("worker")
    service.start_worker()
    until(lambda: len(_begun(service, fence=2)) == 2, "the work to begin again", within=60)
    seconds = time.monotonic() - killed

    until(lambda: all_done(["test.slow"]), "the work")
    assert service.effects("test.slow") == [1, 2, 3]
    assert sorted(Fact.objects.values_list("attempts", flat=True)) == [0, 1, 1]
    return seconds


def test_worker_that_comes_back_after_its_lease_leaves_no_second_effect(
    service: Service, state: State
) -> None:
    state("test.slow", 1)
    until(lambda: service.journal("test.slow"), "the worker to be in the middle")
    service.freeze("worker")
    service.start_worker("other")

    until(lambda: all_done(["test.slow"]), "the other worker to do it")
    service.thaw("worker")
    until(lambda: "fact.handed_on" in service.log("worker"), "the first to find out")

    service.kill("other")
    assert service.effects("test.slow") == [1]


def test_work_that_kills_its_process_is_set_aside_and_others_get_done(
    service: Service, state: State
) -> None:
    state("test.die", 1)
    state("test.write", *range(100))

    until(lambda: Fact.objects.set_aside().exists(), "the deadly work to be set aside")
    until(lambda: all_done(["test.write"]), "the other work")

    assert len(service.journal("test.die")) == 3
    assert service.effects("test.write") == list(range(100))
    assert Fact.objects.set_aside().get().last_error == "lease ran out"


def test_work_that_fails_is_set_aside_without_a_word_about_the_person(
    service: Service, state: State
) -> None:
    state("test.refuse", 1)
    until(lambda: Fact.objects.set_aside().exists(), "the failing work to be set aside")
    state("test.write", *range(100))
    until(lambda: all_done(["test.write"]), "the other work")

    fact = Fact.objects.set_aside().get()
    assert fact.last_error.startswith("ValueError in refuse (tests/integration/worker/synthetic.py")
    assert len(service.journal("test.refuse")) == fact.attempts == 3
    assert "fact.set_aside" in service.log("worker")
    assert "canary" not in service.log("worker")


@pytest.mark.full
def test_workers_that_die_again_and_again_lose_nothing_and_double_nothing(
    service: Service, state: State
) -> None:
    state("test.write", *range(1_000))
    for _ in range(10):
        time.sleep(0.3)
        service.kill("worker")
        service.start_worker()

    until(lambda: all_done(["test.write"]), "all work", within=120)

    assert service.effects("test.write") == list(range(1_000))


@pytest.mark.full
def test_worker_told_to_stop_finishes_what_it_began(service: Service, state: State) -> None:
    state("test.slow", 1)
    until(lambda: service.journal("test.slow"), "the worker to be in the middle")
    worker = service.processes.pop("worker")

    os.kill(worker.pid, signal.SIGTERM)
    assert worker.wait(timeout=20) == 0

    fact = Fact.objects.get()
    assert (fact.state, fact.attempts, fact.fence) == (Fact.State.DONE, 0, 1)
    assert service.effects("test.slow") == [1]


def test_worker_stopped_with_its_processes_gives_its_work_back_untried(
    service: Service, state: State
) -> None:
    """As a supervisor does that asks the whole process group to stop."""
    state("test.slow", 1)
    until(lambda: service.journal("test.slow"), "the worker to be in the middle")
    worker = service.processes.pop("worker")

    os.killpg(worker.pid, signal.SIGTERM)
    assert worker.wait(timeout=20) == 0

    fact = Fact.objects.get()
    assert (fact.state, fact.attempts, fact.fence) == (Fact.State.WAITING, 0, 1)
    assert service.effects("test.slow") == []


def _begun(service: Service, *, fence: int) -> set[int]:
    """The subjects whose work began for the time that the fence says."""
    lines = [line.split() for line in service.journal("test.slow")]
    return {int(subject) for _, _, subject, lease, _ in lines if int(lease) == fence}
