"""How quickly groups answer people, worked out each night from the last year's applications."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from core.clock import now
from opportunities.models import Organisation
from placements.models import Application
from placements.states import State
from placements.time_limits import ANSWER_WITHIN

#: Fewer applications than this say nothing about a group.
FEWEST = 5
#: Older applications say nothing about how a group answers now.
LOOK_BACK = timedelta(days=365)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long one person waited: until an answer, or until the wait ended without one."""

    length: timedelta
    answered: bool


@transaction.atomic
def refresh_answering_record() -> int:
    """Set every group's `answered_share` and `median_answer_days`; give how many changed.

    Safe to run at any time and again.
    """
    waits = _waits(now())
    changed = []
    for group in Organisation.objects.only("pk", "answered_share", "median_answer_days"):
        record = answered_share(waits[group.pk]), median_answer_days(waits[group.pk])
        if record != (group.answered_share, group.median_answer_days):
            group.answered_share, group.median_answer_days = record
            changed.append(group)
    Organisation.objects.bulk_update(
        changed, ["answered_share", "median_answer_days"], batch_size=1000
    )
    return len(changed)


def answered_share(waits: Iterable[Wait]) -> float | None:
    """Give the share (0 to 1) answered within 10 days; None below 5 that had the time to be.

    Who withdrew sooner, or whose role closed sooner, or who has not waited that long, says nothing.
    """
    told = [
        wait.answered and wait.length <= ANSWER_WITHIN
        for wait in waits
        if wait.answered or wait.length > ANSWER_WITHIN
    ]
    return round(sum(told) / len(told), 3) if len(told) >= FEWEST else None


def median_answer_days(waits: Iterable[Wait]) -> float | None:
    """Give the median of days until an answer, those who still wait counted in (Kaplan and Meier,
    1958): the first day by which half of the people have one. None below 5 applications, and where
    fewer than half are answered.
    """
    ordered = sorted(waits, key=lambda wait: (wait.length, not wait.answered))
    if len(ordered) < FEWEST:
        return None
    unanswered = 1.0
    for place, wait in enumerate(ordered):
        if wait.answered:
            unanswered *= 1 - 1 / (len(ordered) - place)
            if unanswered <= 0.5 + 1e-9:
                return round(wait.length / DAY, 1)
    return None


def _waits(at: datetime) -> defaultdict[int, list[Wait]]:
    """Give the waits of the last year by group."""
    waits: defaultdict[int, list[Wait]] = defaultdict(list)
    # Who was given a place straight from a waiting list did not ask, and was not answered.
    asked = Application.objects.exclude(answered_at=F("created_at"))
    rows = asked.filter(created_at__gte=at - LOOK_BACK).values_list(
        "opportunity__organisation_id", "created_at", "answered_at", "state", "state_since"
    )
    ended = {State.WITHDRAWN.value, State.LAPSED.value}
    for group, sent, answered, state, since in rows.order_by().iterator():
        end = answered or (since if state in ended else at)
        waits[group].append(Wait(max(end - sent, timedelta()), answered is not None))
    return waits
