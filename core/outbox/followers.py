"""What an app does where work on its facts is put off, given up, or tried afresh.

Each app says it when it starts. What it does happens in the transaction that sets the fact aside or
lets it wait again; it writes a row or two, and raises nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from core.models.fact import Fact

Step = Callable[[int], object]
Put = Callable[[int, timedelta], object]


@dataclass(frozen=True, slots=True)
class Follower:
    """Functions that take the id of the fact's subject; `put_off` also for how long what the work
    needs has been out of reach.
    """

    given_up: Step
    tried_again: Step
    put_off: Put | None = None


_FOLLOWERS: dict[str, Follower] = {}


def follow(kind: str, *, given_up: Step, tried_again: Step, put_off: Put | None = None) -> None:
    """Say what follows where a fact of this kind is set aside, tried afresh, and put off."""
    _FOLLOWERS[kind] = Follower(given_up, tried_again, put_off)


def tell_put_off(fact: Fact, away: timedelta) -> None:
    """Do what follows from a fact being put off: what it needs has been `away` for so long."""
    if (follower := _FOLLOWERS.get(fact.kind)) and follower.put_off:
        follower.put_off(fact.subject_id, away)


def tell_given_up(fact: Fact) -> None:
    """Do what follows from a fact being set aside."""
    if follower := _FOLLOWERS.get(fact.kind):
        follower.given_up(fact.subject_id)


def tell_tried_again(fact: Fact) -> None:
    """Do what follows from a fact being tried afresh."""
    if follower := _FOLLOWERS.get(fact.kind):
        follower.tried_again(fact.subject_id)
