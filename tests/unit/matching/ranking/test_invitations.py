"""Whom a plan would have written to."""

import numpy as np
from scipy.sparse import csr_array

from matching.ranking.allocation import AllocationSettings, plan
from tests.factories.allocation import WAITING, pool


def test_who_follows_nothing_is_invited_ever_more_rarely() -> None:
    board, state, days = pool(people=4, roles=60), None, []
    for week in range(30):
        board["waiting"] = np.full(4, WAITING + 7 * week)
        made = plan(**board, state=state)
        state = made.state
        days += [7 * week] * (0 in made.invitations[:, 0])
    gaps = np.diff(days)
    assert len(days) <= AllocationSettings().most_unanswered
    assert (np.diff(gaps) >= 0).all()
    assert gaps[-1] > gaps[0] >= AllocationSettings().invitation_gap


def test_invitations_of_the_last_week_count_until_the_next() -> None:
    """A plan of the next night does not send as many again."""
    board = pool(people=200, roles=3)
    first = plan(**board)
    board["waiting"] = board["waiting"] + 1
    second = plan(**board, state=first.state)
    assert len(first.invitations) > 0
    assert len(second.invitations) == 0
    assert (second.promised > 0).all()
    board["waiting"] = board["waiting"] + 7
    assert len(plan(**board, state=second.state).invitations) > 0


def test_nobody_is_invited_twice_in_a_week_nor_ever_to_the_same_role() -> None:
    board, state, sent = pool(), None, []
    for night in range(0, 18, 3):
        board["waiting"] = np.full(60, WAITING + night)
        made = plan(**board, state=state)
        state = made.state
        sent.append(made.invitations)
    assert len(sent[0])
    assert not set(sent[0][:, 0].tolist()) & set(sent[1][:, 0].tolist())
    pairs = [tuple(pair) for each in sent for pair in each.tolist()]
    assert len(pairs) == len(set(pairs))


def test_who_follows_no_invitation_gets_no_more() -> None:
    board, state = pool(people=4, roles=40), None
    invited = np.zeros(4, int)
    for _ in range(20):
        made = plan(**board, state=state, settings=AllocationSettings(most_unanswered=2))
        state = made.state
        np.add.at(invited, made.invitations[:, 0], 1)
    assert invited.tolist() == [2, 2, 2, 2]


def test_following_one_earns_more() -> None:
    board, state = pool(people=4, roles=40), None
    ration = AllocationSettings(most_unanswered=1, invitation_gap=0)
    made = plan(**board, state=state, settings=ration)
    person, role = made.invitations[0]
    board["eligible"][person, role] = False
    made = plan(**board, state=made.state, settings=ration)
    assert made.invitations[:, 0].tolist() == [person]


def test_following_one_earns_more_where_it_is_told() -> None:
    board = pool(people=4, roles=40)
    for name in ("suitability", "eligible"):
        board[name] = csr_array(board[name])
    ration = AllocationSettings(most_unanswered=1, invitation_gap=0)
    made = plan(**board, settings=ration)
    told = made.invitations[:1]
    again = plan(**board, state=made.state, settings=ration, followed=told)
    assert again.invitations[:, 0].tolist() == told[:, 0].tolist()
    assert again.state.followed_share > plan(**board, state=made.state).state.followed_share


def test_invitations_are_to_eligible_roles_with_free_places() -> None:
    board = pool()
    board["eligible"][:30] = False
    board["places_left"][4] = 0
    board["pending"][5] = 3
    made = plan(**board)
    assert (made.invitations[:, 0] >= 30).all()
    assert not {4, 5} & set(made.invitations[:, 1].tolist())


def test_a_role_that_nobody_has_is_filled_first() -> None:
    """The last role suits everybody least, and still gets its invitations."""
    board = pool(people=60, roles=30)
    first = plan(**board)
    board["places_left"][:-1] -= 1
    made = plan(**board, state=first.state, settings=AllocationSettings(invitation_gap=0))
    assert made.empty.tolist() == [False] * 29 + [True]
    assert 29 in made.invitations[:, 1]
