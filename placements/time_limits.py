"""How long a group has to answer, how long a place that is offered is kept, and when the person is
reminded of it.

An offer runs for 72 hours that pass: a change of the clocks makes it neither longer nor shorter.
The reminder comes while people are awake in London.
"""

from datetime import datetime, time, timedelta

from core.clock import LONDON

#: Within this many days a group is asked to answer.
ANSWER_WITHIN = timedelta(days=10)
#: How long somebody who is offered a place has to answer.
TIME_TO_ANSWER = timedelta(hours=72)
#: How long before the end they are reminded.
REMIND_BEFORE = timedelta(hours=24)
#: Hours in London at which nobody is woken by a message: from the first until before the last.
FIRST_HOUR, LAST_HOUR = 8, 21


def answer_by(offered_at: datetime) -> datetime:
    """Give the moment until which an offer made at `offered_at` can be answered."""
    return offered_at + TIME_TO_ANSWER


def remind_at(end: datetime) -> datetime:
    """Give when to remind somebody of an offer that ends at `end`: a day before, or with the
    first hour after that at which people are awake.
    """
    due = end - REMIND_BEFORE
    local = due.astimezone(LONDON)
    if FIRST_HOUR <= local.hour < LAST_HOUR:
        return due
    day = local.date() if local.hour < FIRST_HOUR else local.date() + timedelta(days=1)
    return datetime.combine(day, time(FIRST_HOUR), LONDON).astimezone(due.tzinfo)
