"""100 edits in 10 seconds, on the real clock, through broker and worker."""

import statistics
import time
from collections.abc import Callable

import pytest
from django.db import connection

from core.models import Fact
from tests.integration.worker.service import Service, all_done, until
from tests.integration.worker.synthetic import EFFECTS

State = Callable[..., None]


def test_lone_edit_is_done_within_a_second(service: Service, state: State) -> None:
    seconds = []
    for subject in range(9):  # one after the other, each found by an idle relay
        state("test.write", subject)
        seconds.append(until(lambda: all_done(["test.write"]), "the work"))

    assert statistics.median(seconds) < 1
    assert max(seconds) < 2


@pytest.mark.full
def test_100_edits_in_10_seconds_are_at_most_two_runs_and_the_last_is_seen_in_5(
    real_service: Service, state: State
) -> None:
    began = time.monotonic()
    for number in range(100):
        time.sleep(max(0, began + number * 0.1 - time.monotonic()))
        state("test.write", 42)
    last = time.time()
    until(lambda: all_done(["test.write"]), "the last edit to be seen")

    assert time.monotonic() - began < 15
    assert Fact.objects.filter(fence__gt=0).count() <= 2
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT at FROM {EFFECTS} ORDER BY at")
        runs = [at for (at,) in cursor.fetchall()]
    assert len(runs) <= 2
    assert last < runs[-1] < last + 5
