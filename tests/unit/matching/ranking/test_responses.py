"""What people and groups did between two plans, read off the tables of both."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from matching.ranking.allocation import plan
from matching.ranking.plan_state import PlanState

PEOPLE, ROLES = 40, 6


class Board:
    """Tables of one plan after the other, as a caller keeps them who knows nothing else."""

    def __init__(self, *, sparse: bool) -> None:
        draw = np.random.default_rng(1)
        self.sparse = sparse
        self.suitability = 0.1 + draw.random((PEOPLE, ROLES))
        self.eligible = np.ones((PEOPLE, ROLES), bool)
        self.left, self.pending = np.full(ROLES, 5), np.zeros(ROLES, int)
        self.weeks = 0
        self.state: PlanState | None = None

    def plan(self) -> PlanState:
        self.weeks += 1
        table = csr_array if self.sparse else np.asarray
        waiting = np.full(PEOPLE, 7.0 * self.weeks)
        made = plan(
            table(self.suitability), table(self.eligible), self.left, self.pending, waiting,
            self.state,
        )  # fmt: skip
        self.state = made.state
        return made.state

    def apply(self, person: int, role: int) -> None:
        self.eligible[person, role] = False
        self.pending[role] += 1

    def take_on(self, person: int, role: int) -> None:
        self.pending[role] -= 1
        self.left[role] -= 1
        self.eligible[person] = False

    def turn_down(self, role: int) -> None:
        self.pending[role] -= 1


@pytest.fixture(params=[False, True], ids=["dense", "sparse"])
def board(request: pytest.FixtureRequest) -> Board:
    return Board(sparse=request.param)


def test_who_was_taken_on_and_is_gone_had_applied_as_well(board: Board) -> None:
    before = board.plan()
    for person in range(10):
        board.apply(person, 0)
    for person in range(4):
        board.take_on(person, 0)
    for _ in range(6):
        board.turn_down(0)
    after = board.plan()
    assert after.applied == 10
    fades = 0.5 ** (7 / 56)
    assert after.accepted == pytest.approx(fades * before.accepted + 4)
    assert after.answered == pytest.approx(fades * before.answered + 10)


def test_a_role_that_closes_took_nobody_on(board: Board) -> None:
    before = board.plan()
    board.left[2], board.eligible[:, 2] = 0, False
    after = board.plan()
    assert after.applied == 0
    assert after.accepted < before.accepted


def test_invitations_count_where_they_led_to_a_place_and_the_person_is_gone(board: Board) -> None:
    board.plan()
    assert board.state is not None
    sent = board.state.latest
    for person, role in sent.tolist()[:8]:
        board.apply(person, role)
        if board.left[role]:
            board.take_on(person, role)
    after = board.plan()
    # Five of the borough's belief, faded, and eight of those.
    assert after.followed == pytest.approx(0.5 ** (7 / 56) * 5 + 8)


def test_who_leaves_as_others_do_followed_nothing(board: Board) -> None:
    board.plan()
    board.eligible[::4] = False
    after = board.plan()
    assert after.followed == pytest.approx(0.5 ** (7 / 56) * 5)


def test_a_group_that_refuses_while_others_ask_is_not_silent(board: Board) -> None:
    board.apply(0, 1)
    board.plan()
    board.turn_down(1)
    board.apply(1, 1)
    assert board.plan().unanswered[1] == 0
    assert board.plan().unanswered[1] == 7
