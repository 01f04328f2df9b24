"""Keep what profiles said at the end of a month, until the figures of the next one are final.

Where somebody lives, when they are free, what they like and since when they wait are figures of a
month's last moment. Nights can be missed, and a month is then worked out from a profile that says
something else by now; and a month that closes is held against the one before.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from core.clock import LONDON, now
from core.earlier import plain
from volunteers.models import EarlierProfile, EarlierUse, Volunteer

#: Columns of a profile that are kept, and lists.
COLUMNS = ("ward_code", "availability", "can_start_from", "waiting_since")
LISTS = ("causes", "activities")


def keep(volunteer_id: int, said: Mapping[str, Any]) -> None:
    """Keep what a profile said until now, in the transaction of the change; nothing for nothing."""
    if said:
        EarlierProfile.objects.create(volunteer_id=volunteer_id, until=now(), said=dict(said))


def uses(volunteer: Volunteer, times: Iterable[datetime]) -> Iterator[EarlierUse]:
    """Give the unsaved rows to keep of somebody who used the service at these times, in order: of
    each month but the latest the last use.
    """
    for used, until in pairwise(times):
        if _month(used) != _month(until):
            yield EarlierUse(volunteer=volunteer, used_at=used, until=until)


def _month(at: datetime) -> date:
    return at.astimezone(LONDON).date().replace(day=1)


def forget(*, until: datetime) -> int:
    """Delete what was so until a moment or before; give how many rows. Safe to run again."""
    return sum(
        kept.objects.filter(until__lte=until).delete()[0] for kept in (EarlierProfile, EarlierUse)
    )


def keep_waiting_since(volunteer: Volunteer, *, after: datetime | None) -> None:
    """Keep since when a person waited until now, where it is to be another time or none."""
    if volunteer.waiting_since != after:
        keep(volunteer.pk, {"waiting_since": plain(volunteer.waiting_since)})
