"""Plans for a whole pool, and the lists that are served from them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from matching.ranking.allocation import AllocationSettings, plan, serve, worth_now
from matching.ranking.plan_state import PlanState
from tests.factories.allocation import WAITING, list_of, pool

#: So many people for so few roles that their attention is scarce.
SCARCE = AllocationSettings(looked_at=2, looks=1.0)


def test_roles_that_everybody_likes_cost_most() -> None:
    made = plan(**pool(), settings=SCARCE)
    assert made.prices[0] > made.prices[-1] >= 0
    assert made.prices.shape == (12,)


def test_prices_spread_the_first_places_of_lists() -> None:
    board = pool()
    made = plan(**board, settings=SCARCE)
    plain = np.argsort(-board["suitability"], axis=1)[:, 0]
    first = np.array([list_of(made, board, person)[0] for person in range(60)])
    assert len(set(first.tolist())) > len(set(plain.tolist()))


def test_every_open_role_is_near_the_top_of_some_lists() -> None:
    board = pool(people=150, roles=100, seed=2)
    board["places_left"][7] = 0

    def seen(floor: int) -> np.ndarray:
        made = plan(**board, settings=AllocationSettings(floor=floor))
        lists = np.array([list_of(made, board, person, k=10) for person in range(150)])
        return np.bincount(lists[lists >= 0], minlength=100)

    without, held = seen(0), seen(5)
    assert (without == 0).sum() > 20
    assert (np.delete(held, 7) >= 5).all()
    assert held[7] == 0


def test_placements_are_within_the_places_and_eligible() -> None:
    board = pool()
    board["eligible"][:, 2] = False
    board["pending"][3] = 2
    made = plan(**board)
    placed = np.bincount(made.placements[made.placements >= 0], minlength=12)
    assert (placed <= board["places_left"] - board["pending"]).all()
    assert placed[2] == 0
    assert placed.sum() == 11 * 3 - 2


def test_of_two_alike_the_one_who_waits_longer_is_placed() -> None:
    board = pool(people=2, roles=2)
    board["suitability"][:] = [[0.9, 0.1], [0.9, 0.1]]
    board["places_left"] = np.array([1, 0])
    board["waiting"] = np.array([10.0, 300.0])
    assert plan(**board).placements.tolist() == [-1, 0]


def test_scores_in_another_unit_give_the_same_plan_and_the_same_lists() -> None:
    board, other = pool(), pool()
    # A power of two: nothing is lost to rounding.
    other["suitability"] = board["suitability"] * 64 + 1024
    made, again = plan(**board, settings=SCARCE), plan(**other, settings=SCARCE)
    assert np.allclose(made.prices, again.prices, atol=1e-3)
    assert [list_of(made, board, person) for person in range(60)] == [
        list_of(again, other, person) for person in range(60)
    ]


def test_a_sparse_table_of_all_pairs_is_the_dense_one() -> None:
    board = pool()
    dense = plan(**board, settings=replace(SCARCE, candidates=12))
    board["suitability"] = csr_array(board["suitability"])
    board["eligible"] = csr_array(board["eligible"])
    sparse = plan(**board, settings=SCARCE)
    assert np.allclose(dense.prices, sparse.prices, atol=1e-3)
    assert dense.invitations.tolist() == sparse.invitations.tolist()


def test_placements_are_as_many_as_there_can_be() -> None:
    """Of whoever may have what, none could be placed besides: the greatest matching."""
    for seed in range(30):
        draw = np.random.default_rng(seed)
        board = pool(people=9, roles=6, seed=seed)
        board["eligible"] = draw.random((9, 6)) < 0.3
        board["places_left"] = draw.integers(0, 3, 6)
        made = plan(**board)
        given = np.bincount(made.placements[made.placements >= 0], minlength=6)
        assert (given <= board["places_left"]).all()
        columns = np.repeat(np.arange(6), board["places_left"])
        graph = csr_array(board["eligible"][:, columns].astype(int))
        most = (maximum_bipartite_matching(graph, "column") >= 0).sum()
        assert given.sum() == most


def test_whole_rows_are_served_as_lists_of_the_best_are() -> None:
    """Sparse suitability holds each person's best roles: whole rows are compared among as many."""
    board = pool(people=40, roles=30, seed=3)
    best = np.argsort(-board["suitability"], axis=1)[:, :8]
    rows = np.repeat(np.arange(40), 8)
    values = board["suitability"][rows, best.ravel()]
    sparse = csr_array((values, (rows, best.ravel())), shape=(40, 30))
    made = plan(sparse, sparse > 0, *(board[n] for n in ("places_left", "pending", "waiting")))
    assert made.compared == 8
    left, pending = board["places_left"], board["pending"]
    for person in range(5):
        mine = np.sort(best[person])
        stored = replace(made.for_roles(mine), compared=0)
        scores = board["suitability"][person]
        whole = serve(made, scores, np.ones(30, bool), left, pending, k=8)
        assert set(whole[:3].tolist()) <= set(mine.tolist())
        listed = serve(stored, scores[mine], np.ones(8, bool), left[mine], pending[mine], k=8)
        of_whole = [role for role in whole.tolist() if role in mine]
        assert mine[listed].tolist()[: len(of_whole)] == of_whole


def test_tables_may_be_dense_or_sparse_and_lack_scores() -> None:
    board = pool(people=6, roles=4)
    dense = plan(**board)
    board["eligible"] = csr_array(board["eligible"])
    assert plan(**board).placements.tolist() == dense.placements.tolist()
    board["suitability"][0, 0] = np.nan
    board["suitability"] = csr_array(board["suitability"])
    board["waiting"][1] = np.nan
    made = plan(**board)
    assert (made.placements[1:] >= 0).all()
    assert made.placements[0] != 0
    assert np.isfinite(made.prices).all()


def test_a_row_may_be_cut_from_a_table() -> None:
    board = pool(people=3, roles=4)
    made = plan(**board)
    counts = board["places_left"], board["pending"]
    as_row = serve(made, board["suitability"][0], board["eligible"][0], *counts)
    table = serve(made, board["suitability"][:1], csr_array(board["eligible"][:1]), *counts)
    assert table.tolist() == as_row.tolist()
    with pytest.raises(ValueError, match=r"of \(3, 4\)"):
        serve(made, board["suitability"][0, :2], board["eligible"][0, :2], *counts)


def test_shapes_that_do_not_fit_are_refused() -> None:
    board = pool()
    for name, wrong in {
        "waiting": np.zeros(3),
        "pending": np.zeros(3, int),
        "places_left": np.zeros(3, int),
        "eligible": np.ones((60, 3), bool),
    }.items():
        with pytest.raises(ValueError, match=r"\d"):
            plan(**{**board, name: wrong})


def test_nobody_and_nothing() -> None:
    for people, roles in ((0, 3), (3, 0), (0, 0)):
        made = plan(**pool(people, roles))
        assert made.prices.shape == (roles,)
        assert (made.placements == -1).all()
        assert made.invitations.shape == (0, 2)


# -- what is served --------------------------------------------------------------------------------


def test_a_role_leaves_the_lists_at_its_most_pending_and_comes_back_when_the_group_answers() -> (
    None
):
    board = pool()
    made = plan(**board)
    top = list_of(made, board, 0)[0]
    board["pending"][top] = 3
    assert top not in list_of(made, board, 0, k=12)
    board["pending"][top] = 0
    assert list_of(made, board, 0)[0] == top


def test_a_role_sinks_as_people_wait() -> None:
    board = pool()
    made = plan(**board)
    scores, eligible = board["suitability"][:1], board["eligible"][:1]
    worths = []
    for waiting in (1, 2):
        board["pending"][0] = waiting
        worths.append(worth_now(made, scores, eligible, board["places_left"], board["pending"]))
    assert worths[1][0, 0] < worths[0][0, 0]
    assert (worths[1][0, 1:] == worths[0][0, 1:]).all()


def test_a_role_whose_group_stays_silent_takes_no_more_until_it_answers() -> None:
    board = pool()
    board["pending"][0] = 1
    first = plan(**board)
    silent = plan(**board, state=first.state)
    assert 0 not in list_of(silent, board, 0, k=12)
    board["pending"][0] = 0
    board["places_left"][0] = 2
    assert 0 in list_of(silent, board, 0, k=12)
    assert 0 in list_of(plan(**board, state=silent.state), board, 0, k=12)


def test_a_list_is_padded_and_holds_no_role_that_is_full_or_not_eligible() -> None:
    board = pool()
    board["places_left"][:4] = 0
    board["eligible"][0, 4:9] = False
    assert sorted(list_of(plan(**board), board, 0, k=12)) == [-1] * 9 + [9, 10, 11]


def test_what_was_shown_often_sinks() -> None:
    board = pool()
    made = plan(**board)
    now = (board["suitability"][0], board["eligible"][0], board["places_left"], board["pending"])
    top = serve(made, *now)[0]
    seen = np.zeros(12)
    seen[top] = 3
    assert serve(made, *now, seen=seen)[0] != top


def test_a_plan_for_some_roles_serves_what_the_whole_would_of_them() -> None:
    board = pool()
    made = plan(**board)
    some = np.array([7, 1, 4])
    part = made.for_roles(some)
    assert part.prices.tolist() == made.prices[some].tolist()
    assert (part.most_pending(np.array([3, 3, 3])) == made.most_pending(np.full(12, 3))[some]).all()
    scores = np.array([2.0, 1.0, 0.0])
    now = np.ones(3, bool), np.full(3, 3), np.zeros(3, int)
    cheapest_first = np.argsort(part.prices - scores / np.std(scores), kind="stable")
    assert serve(part, scores, *now, k=3).tolist() == cheapest_first.tolist()


def test_the_state_keeps_its_own_counts() -> None:
    """Whoever counts on in the same arrays changes nothing that was planned."""
    board = pool()
    made = plan(**board)
    board["places_left"] -= 1
    assert made.state.places_left.tolist() == [3] * 12
    assert plan(**board, state=made.state).state.accepted > made.state.accepted


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_no_list_ever_holds_what_it_must_not(seed: int) -> None:
    draw = np.random.default_rng(seed)
    board = pool(int(draw.integers(1, 20)), int(draw.integers(1, 15)), seed)
    board["eligible"] = draw.random(board["eligible"].shape) < 0.7
    roles = len(board["pending"])
    board["places_left"] = draw.integers(0, 4, roles)
    board["pending"] = draw.integers(0, 5, roles)
    made = plan(**board)
    for person in range(len(board["waiting"])):
        shown = [role for role in list_of(made, board, person, k=8) if role >= 0]
        assert len(shown) == len(set(shown))
        assert board["eligible"][person, shown].all()
        assert (board["places_left"][shown] > 0).all()
        assert (board["pending"][shown] < made.most_pending(board["places_left"])[shown]).all()


# -- state -----------------------------------------------------------------------------------------


def test_a_state_follows_people_and_roles_to_other_rows() -> None:
    board = pool(people=4, roles=3)
    state = plan(**board).state
    moved = state.aligned(np.array([2, -1, 0]), np.array([1, -1]))
    assert moved.last_invited[1] < 0
    assert moved.last_invited[0] == state.last_invited[2]
    assert moved.places_left.tolist() == [3, 0]
    known = {(2, 1): (0, 0), (0, 1): (2, 0)}
    kept = {known[tuple(pair)] for pair in state.invitations.tolist() if tuple(pair) in known}
    assert {tuple(pair) for pair in moved.invitations.tolist()} == kept


def test_what_is_learned_of_applications_and_answers() -> None:
    board = pool()
    state = plan(**board).state
    board["places_left"][0] = 1
    board["pending"][1] = 2
    for person in range(4):
        board["eligible"][person, 2] = False
    after = plan(**board, state=state).state
    assert after.applied == 2 + 2 + 4
    assert after.accepted_share < 1
    known = plan(**board, state=state, applications=np.full(12, 10)).state
    assert known.applied == 120
    assert plan(**board, state=state, days=1.0).state.applied == 8 * 7


def test_the_beginning_knows_nothing() -> None:
    state = PlanState.beginning(2, 3)
    assert state.plans == 0
    assert state.applied < 0
    assert state.accepted_share == pytest.approx(0.9)


def test_a_state_of_others_is_refused_and_told_how_to_be_brought_along() -> None:
    state = plan(**pool(people=5, roles=3)).state
    with pytest.raises(ValueError, match="aligned"):
        plan(**pool(people=6, roles=3), state=state)
    moved = state.aligned(np.array([0, 1, 2, 3, 4, -1]), np.arange(3))
    assert plan(**pool(people=6, roles=3), state=moved).state.shape == (6, 3)


def test_plans_of_every_night_count_in_days() -> None:
    """However often a plan is made, a group has a week to answer and people a week of rest."""
    board, state = pool(people=30, roles=4), None
    board["pending"][:] = 1
    for night in range(9):
        board["waiting"] = np.full(30, WAITING + night)
        made = plan(**board, state=state)
        state = made.state
        assert state.day == night
        assert (list_of(made, board, 0, k=4) == [-1] * 4) == (night >= 7)
