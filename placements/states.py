"""The life of an application, in one table. Plain Python: no Django, no database.

submitted → acknowledged → invited to talk → offered → accepted is the longest way through. A group
may skip steps; a place is held from the offer on.
"""

from enum import StrEnum


class State(StrEnum):
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    INVITED = "invited"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Move(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    INVITE = "invite"
    OFFER = "offer"
    ACCEPT = "accept"
    TAKE_UP = "take_up"
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
#: States that take up one of the role's places.
HOLDS_PLACE = frozenset({State.OFFERED, State.ACCEPTED})
#: States from which nothing follows.
FINAL = frozenset({State.DECLINED, State.WITHDRAWN, State.LAPSED})

_BY_GROUP: dict[Move, tuple[frozenset[State], State]] = {
    Move.ACKNOWLEDGE: (frozenset({State.SUBMITTED}), State.ACKNOWLEDGED),
    Move.INVITE: (frozenset({State.SUBMITTED, State.ACKNOWLEDGED}), State.INVITED),
    Move.OFFER: (PENDING, State.OFFERED),
    Move.ACCEPT: (PENDING, State.ACCEPTED),
    Move.DECLINE: (PENDING | {State.OFFERED}, State.DECLINED),
}
_BY_VOLUNTEER: dict[Move, tuple[frozenset[State], State]] = {
    Move.TAKE_UP: (frozenset({State.OFFERED}), State.ACCEPTED),
    Move.WITHDRAW: (PENDING | HOLDS_PLACE, State.WITHDRAWN),
}
_BY_SERVICE: dict[Move, tuple[frozenset[State], State]] = {
    Move.LAPSE: (PENDING | {State.OFFERED}, State.LAPSED),
}

#: (state, move) → (new state, on whose side the move is made). What is not here cannot happen.
TRANSITIONS: dict[tuple[State, Move], tuple[State, Mover]] = {
    (origin, move): (target, mover)
    for mover, moves in (
        (Mover.GROUP, _BY_GROUP),
        (Mover.VOLUNTEER, _BY_VOLUNTEER),
        (Mover.SERVICE, _BY_SERVICE),
    )
    for move, (origins, target) in moves.items()
    for origin in sorted(origins)
}


def origins(move: Move) -> frozenset[State]:
    """Give the states from which `move` is possible."""
    return frozenset(origin for origin, made in TRANSITIONS if made == move)


def target(state: State, move: Move) -> State | None:
    """Give the state that `move` leads to from `state`, or None where it cannot be made."""
    found = TRANSITIONS.get((state, move))
    return found[0] if found else None


def places_held(state: State | None) -> int:
    """Give how many of the role's places an application holds: 0 or 1. None: not sent yet."""
    return int(state in HOLDS_PLACE)


def waits(state: State | None) -> int:
    """Give 1 where the person waits for the group's answer, else 0. None: not sent yet."""
    return int(state in PENDING)


def moves_open(state: State, mover: Mover) -> list[Move]:
    """Give the moves that this side can make from `state`, in the order of `Move`."""
    return [
        move
        for move in Move
        if (found := TRANSITIONS.get((state, move))) is not None and found[1] == mover
    ]
