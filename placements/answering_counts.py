"""What came of asking each group, counted over the last year: what odds are worked out from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F

from core.clock import now
from placements.models import Application
from placements.services.answering import LOOK_BACK
from placements.states import TAKEN_ON, State
from placements.time_limits import ANSWER_WITHIN

#: Who has waited longer is not answered any more.
GIVEN_UP_AFTER = timedelta(days=30)
#: One application: its group, when it was sent and first answered, its state and since when, why.
Asked = tuple[int, datetime, datetime | None, str, datetime, str]
#: Declined for these reasons, it was not the person: there was no place, or no way to reach them.
_NOT_THE_PERSON = frozenset(
    {
        Application.Reason.NO_PLACE.value,
        Application.Reason.ROLE_CHANGED.value,
        Application.Reason.NO_REPLY.value,
    }
)


@dataclass(slots=True)
class Share:
    """`hits` of `trials` people."""

    hits: int = 0
    trials: int = 0

    def count(self, hit: bool) -> None:
        self.trials += 1
        self.hits += hit


@dataclass(slots=True)
class Counts:
    """Of the people who asked one group: answered within 10 days, answered at all, and taken on of
    those answered, as far as there was a place.
    """

    in_time: Share = field(default_factory=Share)
    answered: Share = field(default_factory=Share)
    accepted: Share = field(default_factory=Share)


def answering_counts() -> dict[int, Counts]:
    """Give the counts of each group that somebody asked in the last year, by its id. One query."""
    at = now()
    # Who was given a place straight from a waiting list did not ask, and was not answered.
    asked = Application.objects.exclude(answered_at=F("created_at"))
    rows = asked.filter(created_at__gte=at - LOOK_BACK).values_list(
        "opportunity__organisation_id",
        "created_at",
        "answered_at",
        "state",
        "state_since",
        "reason",
    )
    return counts_of(rows.order_by().iterator(), at)


def counts_of(rows: Iterable[Asked], at: datetime) -> dict[int, Counts]:
    """Give the counts of each group, by its id, of those who asked it in the year before `at`.

    What is still open says nothing: whoever waits and may yet be answered in time, or withdrew
    sooner for a reason of their own; and of those taken on, whoever was offered a place and has not
    said yes.
    """
    counts: defaultdict[int, Counts] = defaultdict(Counts)
    for group, sent, answered, state, since, reason in rows:
        if sent < at - LOOK_BACK:
            continue
        waited = _end(answered, state, since, at) - sent
        of_group = counts[group]
        if answered is not None or waited > ANSWER_WITHIN:
            of_group.in_time.count(answered is not None and waited <= ANSWER_WITHIN)
        # Who gave up because no answer came was not answered, however long that took.
        gave_up = state == State.LAPSED or reason == Application.Reason.NO_ANSWER
        if answered is not None or waited > GIVEN_UP_AFTER or gave_up:
            of_group.answered.count(answered is not None)
        if state in TAKEN_ON:
            of_group.accepted.count(True)
        elif state == State.DECLINED and reason not in _NOT_THE_PERSON:
            of_group.accepted.count(False)
    return dict(counts)


def _end(answered: datetime | None, state: str, since: datetime, at: datetime) -> datetime:
    """When the wait for an answer ended: not yet, for who still waits."""
    if answered is not None:
        return answered
    return since if state in (State.WITHDRAWN, State.LAPSED) else at
