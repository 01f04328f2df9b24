"""The table of an application's states."""

import pytest

from placements.models import Application
from placements.states import (
    FINAL,
    HOLDS_PLACE,
    PENDING,
    TRANSITIONS,
    Move,
    Mover,
    State,
    moves_open,
    origins,
    target,
)


def test_every_state_is_of_one_kind() -> None:
    assert set(State) == PENDING | HOLDS_PLACE | FINAL
    assert len(PENDING) + len(HOLDS_PLACE) + len(FINAL) == len(State)


def test_model_has_the_same_states() -> None:
    assert set(Application.State.values) == {state.value for state in State}


@pytest.mark.parametrize("state", sorted(FINAL))
def test_nothing_follows_a_final_state(state: State) -> None:
    assert not [move for move in Move if target(state, move)]


@pytest.mark.parametrize("state", sorted(set(State) - FINAL))
def test_every_other_state_has_a_way_out_for_each_side(state: State) -> None:
    assert moves_open(state, Mover.VOLUNTEER)
    assert moves_open(state, Mover.GROUP) or state == State.ACCEPTED


def test_every_state_is_reached_from_submitted() -> None:
    reached, last = {State.SUBMITTED}, 0
    while len(reached) != last:
        last = len(reached)
        reached |= {
            after for (before, __), (after, __m) in TRANSITIONS.items() if before in reached
        }
    assert reached == set(State)


def test_only_the_volunteer_takes_up_or_withdraws() -> None:
    movers = {move: {TRANSITIONS[origin, move][1] for origin in origins(move)} for move in Move}
    assert movers[Move.TAKE_UP] == movers[Move.WITHDRAW] == {Mover.VOLUNTEER}
    assert movers[Move.LAPSE] == {Mover.SERVICE}
    assert movers[Move.ACCEPT] == movers[Move.DECLINE] == {Mover.GROUP}


def test_an_offer_must_be_taken_up_by_the_person_not_accepted_by_the_group() -> None:
    assert target(State.OFFERED, Move.ACCEPT) is None
    assert target(State.OFFERED, Move.TAKE_UP) == State.ACCEPTED
