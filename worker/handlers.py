"""Which work follows which fact.

A handler takes the id of the fact's subject and the lease that it works under. It may run more than
once for one fact, and its subject may be gone when it runs: both must do no harm. It computes
first, then writes in a transaction that begins with `lease.check()`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.outbox import tidying
from core.outbox.health import HEARTBEAT
from core.outbox.leases import Lease
from worker.app import QUICK, SLOW

Work = Callable[[int, Lease], object]


@dataclass(frozen=True, slots=True)
class Handler:
    """The work that follows one kind of fact, and the queue that it waits in."""

    work: Work
    queue: str = QUICK


class UnknownKindError(Exception):
    """No work is known for this kind of fact: it was stated by another version of the service."""


def handler_for(kind: str) -> Handler:
    """Give the handler of this kind of fact. Raises UnknownKindError if there is none."""
    try:
        return HANDLERS[kind]
    except KeyError:
        raise UnknownKindError(kind) from None


def slow_kinds() -> list[str]:
    """The kinds of fact whose work waits in the slow queue."""
    return [kind for kind, handler in HANDLERS.items() if handler.queue == SLOW]


def _heartbeat(minute: int, lease: Lease) -> None:
    """Nothing to do: that it was done is what `core.outbox.health` looks at."""


def _tidy(night: int, lease: Lease) -> None:
    tidying.delete_old()


HANDLERS: dict[str, Handler] = {
    HEARTBEAT: Handler(_heartbeat),
    "night.tidying": Handler(_tidy, SLOW),
}
