"""The life of an application, in one table. Plain Python: no Django, no database.

submitted → acknowledged → invited to talk → offered → accepted → started → ended is the longest way
through. A group may skip steps; a place is held from the offer until the end.
"""

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    INVITED = "invited"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    STARTED = "started"
    ENDED = "ended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Move(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    INVITE = "invite"
    OFFER = "offer"
    ACCEPT = "accept"
    TAKE_UP = "take_up"
    START = "start"
    END = "end"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"


class Mover(StrEnum):
    """On whose side a move is made; the volunteer centre may act for either."""

    GROUP = "group"
    VOLUNTEER = "volunteer"
    SERVICE = "service"


#: States in which the person waits for the group's answer.
PENDING = frozenset({State.SUBMITTED, State.ACKNOWLEDGED, State.INVITED})
#: States in which the group has not answered at all.
UNANSWERED = frozenset({State.SUBMITTED, State.ACKNOWLEDGED})
#: States in which the person has a place: said yes to on both sides, and not over.
PLACED = frozenset({State.ACCEPTED, State.STARTED})
#: States that take up one of the role's places.
HOLDS_PLACE = PLACED | {State.OFFERED}
#: States from which nothing follows.
FINAL = frozenset({State.ENDED, State.DECLINED, State.WITHDRAWN, State.LAPSED})
#: States in which nobody said no to the person: they may ask for the role again.
OVER_WITHOUT_A_NO = frozenset({State.ENDED, State.WITHDRAWN, State.LAPSED})
#: States of those whom the group has taken on, whatever came of it since.
TAKEN_ON = PLACED | {State.ENDED}

_GROUP, _VOLUNTEER, _SERVICE = (frozenset({mover}) for mover in Mover)


class Rule(NamedTuple):
    """On whose side a move is made, the states from which it is possible, where it leads."""

    movers: frozenset[Mover]
    origins: frozenset[State]
    target: State


#: Move → its rule. What is not here cannot happen.
TABLE: dict[Move, Rule] = {
    Move.ACKNOWLEDGE: Rule(_GROUP, frozenset({State.SUBMITTED}), State.ACKNOWLEDGED),
    Move.INVITE: Rule(_GROUP, frozenset({State.SUBMITTED, State.ACKNOWLEDGED}), State.INVITED),
    Move.OFFER: Rule(_GROUP, PENDING, State.OFFERED),
    Move.ACCEPT: Rule(_GROUP, PENDING, State.ACCEPTED),
    Move.TAKE_UP: Rule(_VOLUNTEER, frozenset({State.OFFERED}), State.ACCEPTED),
    # The service says it when the first attendance is recorded.
    Move.START: Rule(_GROUP | _VOLUNTEER | _SERVICE, frozenset({State.ACCEPTED}), State.STARTED),
    Move.END: Rule(_GROUP | _VOLUNTEER, PLACED, State.ENDED),
    Move.DECLINE: Rule(_GROUP, PENDING | {State.OFFERED}, State.DECLINED),
    # Who has started does not withdraw any more: they end it.
    Move.WITHDRAW: Rule(_VOLUNTEER, PENDING | HOLDS_PLACE - {State.STARTED}, State.WITHDRAWN),
    Move.LAPSE: Rule(_SERVICE, PENDING | {State.OFFERED}, State.LAPSED),
}


def origins(move: Move) -> frozenset[State]:
    """Give the states from which `move` is possible."""
    return TABLE[move].origins


def movers(move: Move) -> frozenset[Mover]:
    """Give on whose side `move` is made."""
    return TABLE[move].movers


def target(state: State, move: Move) -> State | None:
    """Give the state that `move` leads to from `state`, or None where it cannot be made."""
    rule = TABLE[move]
    return rule.target if state in rule.origins else None


def places_held(state: State | None) -> int:
    """Give how many of the role's places an application holds: 0 or 1. None: not sent yet."""
    return int(state in HOLDS_PLACE)


def waits(state: State | None) -> int:
    """Give 1 where the person waits for the group's answer, else 0. None: not sent yet."""
    return int(state in PENDING)


def moves_open(state: State, mover: Mover) -> list[Move]:
    """Give the moves that this side can make from `state`, in the order of `Move`."""
    return [move for move in Move if mover in movers(move) and state in origins(move)]
