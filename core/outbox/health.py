"""Is background work being done? Read by the page that a monitor asks.

Each minute a heartbeat goes the whole way of a job: stated by beat, sent by the relay, carried by
the broker, done by a worker. A service that has not finished one for three minutes is not well.
"""

from datetime import datetime

from core import clock
from core.models.fact import Fact
from core.outbox.timing import TIMING

HEARTBEAT = "heartbeat"

#: A service that has just started has had no time to miss anything.
_STARTED = clock.now()


def problems(*, started: datetime = _STARTED) -> list[str]:
    """What is wrong with background work, a line each for the person on call; empty if it is well.

    `started`: when the service started; heartbeats before it are not missed.
    """
    last = last_heartbeat()
    allowed = TIMING.heartbeat * TIMING.missed_heartbeats
    if clock.now() - max(started, last or started) <= allowed:
        return []
    since = f"since {last:%Y-%m-%d %H:%M:%S} UTC" if last else "yet"
    return [f"no heartbeat of background work was done {since}"]


def last_heartbeat() -> datetime | None:
    """When the latest heartbeat was done; None if there never was one."""
    return (
        Fact.objects.filter(kind=HEARTBEAT, state=Fact.State.DONE)
        .order_by("-subject_id")
        .values_list("finished_at", flat=True)
        .first()
    )
