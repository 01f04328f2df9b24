"""The table of an application's states."""

import pytest

from placements.models import Application
from placements.states import (
    FINAL,
    HOLDS_PLACE,
    PENDING,
    PLACED,
    TABLE,
    TAKEN_ON,
    Move,
    Mover,
    State,
    movers,
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
    assert moves_open(state, Mover.GROUP)


def test_every_state_is_reached_from_submitted() -> None:
    reached, last = {State.SUBMITTED}, 0
    while len(reached) != last:
        last = len(reached)
        reached |= {rule.target for rule in TABLE.values() if rule.origins & reached}
    assert reached == set(State)


def test_only_the_volunteer_takes_up_or_withdraws() -> None:
    assert movers(Move.TAKE_UP) == movers(Move.WITHDRAW) == {Mover.VOLUNTEER}
    assert movers(Move.LAPSE) == {Mover.SERVICE}
    assert movers(Move.ACCEPT) == movers(Move.DECLINE) == {Mover.GROUP}


def test_either_side_says_that_it_started_or_ended() -> None:
    assert movers(Move.END) == {Mover.GROUP, Mover.VOLUNTEER}
    assert movers(Move.START) == {Mover.GROUP, Mover.VOLUNTEER, Mover.SERVICE}
    assert origins(Move.END) == PLACED == {State.ACCEPTED, State.STARTED}


def test_who_has_started_ends_it_and_does_not_withdraw() -> None:
    assert target(State.STARTED, Move.WITHDRAW) is None
    assert target(State.STARTED, Move.END) == State.ENDED
    assert PLACED | {State.ENDED} == TAKEN_ON


def test_an_offer_must_be_taken_up_by_the_person_not_accepted_by_the_group() -> None:
    assert target(State.OFFERED, Move.ACCEPT) is None
    assert target(State.OFFERED, Move.TAKE_UP) == State.ACCEPTED
