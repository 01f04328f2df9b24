"""How long things take in the outbox. docs/explanation/jobs.md says why these figures."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class Timing:
    """`settings.OUTBOX_TIMING` replaces single figures."""

    #: A claimed fact is another worker's to take when nobody renewed the lease for this long.
    lease: timedelta = timedelta(seconds=10)
    #: How often the worker renews it.
    beat: timedelta = timedelta(seconds=3)
    #: While a subject keeps changing, the work waits until nothing changed for this long …
    quiet: timedelta = timedelta(seconds=1.5)
    #: … but no longer than this after the first change that it has not seen.
    longest_wait: timedelta = timedelta(seconds=15)
    #: Pause before the second, third … attempt. One more failure sets the fact aside.
    pauses: tuple[timedelta, ...] = (timedelta(seconds=2), timedelta(seconds=30))
    #: What is out of reach is asked again after half a minute, then after as long again as it has
    #: been away, at least once in `longest_pause`; after `patience` the fact is set aside.
    first_pause: timedelta = timedelta(seconds=30)
    longest_pause: timedelta = timedelta(hours=1)
    patience: timedelta = timedelta(hours=24)
    #: A fact that was sent to the broker and is still waiting is sent again after this.
    resend: timedelta = timedelta(seconds=10)
    #: Facts that are done are kept for this long.
    keep: timedelta = timedelta(days=14)
    #: How often the heartbeat is stated, and after how many missed ones the service is unhealthy.
    heartbeat: timedelta = timedelta(minutes=1)
    missed_heartbeats: int = 3

    @property
    def attempts(self) -> int:
        """How often a fact is tried in all."""
        return len(self.pauses) + 1


TIMING: Final = Timing(**getattr(settings, "OUTBOX_TIMING", {}))
