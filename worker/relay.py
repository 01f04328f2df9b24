"""Hand facts that are due from the outbox to the broker.

The relay looks at the outbox a few times a second. Several at once do no harm. A broker that is
frozen, gone or emptied costs nothing but time: what was not taken by a worker is sent again.
"""

import threading
from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import Error as DatabaseTrouble
from django.db import connection, transaction
from django.db.models import Q
from kombu.connection import Connection
from kombu.exceptions import OperationalError
from kombu.messaging import Producer

from core import clock
from core.models.fact import Fact, FactQuerySet
from core.outbox import attempts
from core.outbox.timing import TIMING
from worker.app import QUICK, SLOW, app
from worker.handlers import slow_kinds
from worker.tasks import perform

log = structlog.get_logger(__name__)

#: How many messages may wait in a queue. Few: what is stated later may be more urgent, and messages
#: that no worker takes would pile up.
ROOM: Final = {QUICK: 200, SLOW: 4}
_BUSY_PAUSE: Final = timedelta(milliseconds=50)
_IDLE_PAUSE: Final = timedelta(milliseconds=200)
_TROUBLE_PAUSE: Final = timedelta(seconds=1)
#: Shorter than a worker's: the relay has other things to do than to wait for the broker.
_BROKER_TIMEOUT: Final = timedelta(seconds=1)


class Relay:
    """A connection to the broker, and what was last wrong with it or with the database."""

    def __init__(self) -> None:
        self._trouble = ""
        self._broker = _connect()

    def run(self, stop: threading.Event) -> None:
        """Send what is due, again and again until `stop` is set."""
        log.info("relay.started")
        while not stop.is_set():
            stop.wait(self.turn().total_seconds())
        self._broker.release()

    def turn(self) -> timedelta:
        """Look once; gives the pause until the next look. A failing part is noted, not raised."""
        try:
            attempts.sweep()
            sent = sum([self._send(queue) for queue in (QUICK, SLOW)])
        except DatabaseTrouble as error:
            connection.close()
            return self._note("database", error)
        except (
            OperationalError,  # how Celery puts the broker's errors
            *self._broker.connection_errors,
            *self._broker.channel_errors,
        ) as error:
            self._broker.release()
            self._broker = _connect()
            return self._note("broker", error)
        if self._trouble:
            log.info("relay.well_again", after=self._trouble)
            self._trouble = ""
        return _BUSY_PAUSE if sent else _IDLE_PAUSE

    def _note(self, part: str, error: Exception) -> timedelta:
        if part != self._trouble:  # said once, not once a second
            log.warning("relay.trouble", part=part, error=type(error).__name__)
            self._trouble = part
        return _TROUBLE_PAUSE

    def _send(self, queue: str) -> int:
        """Hand over what is due in one queue, as far as there is room; gives how many."""
        due = _due(queue, clock.now())
        candidates = list(due.order_by("not_before").values_list("pk", flat=True)[: ROOM[queue]])
        if not candidates:
            return 0
        with self._broker.channel() as channel:
            room = ROOM[queue] - channel.queue_declare(queue=queue).message_count
            taken = _take(due.filter(pk__in=candidates[: max(room, 0)]))
            producer = Producer(channel)
            try:
                for fact_id in taken:
                    perform.apply_async((fact_id,), queue=queue, producer=producer, retry=False)
            except Exception:
                # Some were sent, perhaps: a message that comes twice does no harm.
                Fact.objects.waiting().filter(pk__in=taken).update(sent_at=None)
                raise
        return len(taken)


def _connect() -> Connection:
    seconds = _BROKER_TIMEOUT.total_seconds()
    return app.connection_for_write(
        transport_options={"socket_timeout": seconds, "socket_connect_timeout": seconds}
    )


def _due(queue: str, now: datetime) -> FactQuerySet:
    """Facts for this queue that were not sent, or long ago."""
    due = Fact.objects.due(now).filter(Q(sent_at=None) | Q(sent_at__lte=now - TIMING.resend))
    if queue == SLOW:
        return due.filter(kind__in=slow_kinds())
    return due.exclude(kind__in=slow_kinds())


def _take(facts: FactQuerySet) -> list[int]:
    """Note that these facts are sent, and give their ids: another relay leaves them alone."""
    with transaction.atomic():
        rows = facts.order_by("not_before").select_for_update(skip_locked=True)
        taken = list(rows.values_list("pk", flat=True))
        Fact.objects.filter(pk__in=taken).update(sent_at=clock.now())
    return taken
