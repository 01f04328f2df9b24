"""What an app does where work on its facts is given up, and where it is tried afresh.

Each app says it when it starts. What it does happens in the transaction that sets the fact aside or
lets it wait again; it writes a row or two, and raises nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.models.fact import Fact

Step = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Follower:
    """Functions that take the id of the fact's subject."""

    given_up: Step
    tried_again: Step


_FOLLOWERS: dict[str, Follower] = {}


def follow(kind: str, *, given_up: Step, tried_again: Step) -> None:
    """Say what follows where a fact of this kind is set aside, and where it is tried afresh."""
    _FOLLOWERS[kind] = Follower(given_up, tried_again)


def tell_given_up(fact: Fact) -> None:
    """Do what follows from a fact being set aside."""
    if follower := _FOLLOWERS.get(fact.kind):
        follower.given_up(fact.subject_id)


def tell_tried_again(fact: Fact) -> None:
    """Do what follows from a fact being tried afresh."""
    if follower := _FOLLOWERS.get(fact.kind):
        follower.tried_again(fact.subject_id)
