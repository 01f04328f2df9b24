"""A message that comes again has no second effect."""

from collections.abc import Callable

from core.models import Fact
from tests.integration.worker.service import Service, all_done, until
from worker.app import app

State = Callable[..., None]


def test_each_message_delivered_10_times_has_one_effect(service: Service, state: State) -> None:
    service.kill("relay")  # the messages of this test are its own
    state("test.write", *range(20))
    ids = list(Fact.objects.values_list("pk", flat=True))

    with app.connection_for_write(f"redis://127.0.0.1:{service.port}/0") as broker:
        for _ in range(10):
            for fact_id in ids:
                app.send_task("worker.tasks.perform", (fact_id,), queue="quick", connection=broker)
    until(lambda: all_done(["test.write"]), "the work")
    until(lambda: service.broker.llen("quick") == 0, "the messages to be taken")
    service.start_relay()

    assert service.effects("test.write") == list(range(20))


def test_two_relays_send_each_fact_once(service: Service, state: State) -> None:
    service.start_relay("second relay")
    service.freeze("worker")

    state("test.write", *range(100))
    until(lambda: service.broker.llen("quick") >= 98, "the messages")
    sent = service.broker.llen("quick")
    service.kill("second relay")
    service.thaw("worker")
    until(lambda: all_done(["test.write"]), "the work")

    assert sent <= 100
    assert service.effects("test.write") == list(range(100))


def test_slow_work_leaves_room_for_quick_work(service: Service, state: State) -> None:
    state("test.slow", *range(10))
    until(lambda: len(service.journal("test.slow")) >= 2, "the slow work to take every worker")

    state("test.write", 1)
    seconds = until(lambda: all_done(["test.write"]), "the quick work")

    assert seconds < 3, "it waited for more than the slow work that was under way"
