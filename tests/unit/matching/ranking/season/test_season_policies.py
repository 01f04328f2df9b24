"""What each policy shows on a board known by hand, and that ours shows what is served."""

import numpy as np
import pytest

from matching.ranking.allocation import AllocationSettings, serve
from matching.ranking.season.policies import (
    CapAndMail,
    FullHidden,
    Ours,
    PendingCap,
    Pool,
    Popularity,
    SimilarityOnly,
    SmartSort,
    best_k,
)

SCORES = np.array([[4.0, 3.0, 2.0, 1.0]], np.float32)
PLACES = np.array([2, 0, 4, 4])
PENDING = np.array([2, 0, 2, 0])


def shown(policy, k=4):
    pool = Pool(SCORES, np.ones(SCORES.shape, bool), PLACES, PENDING, np.zeros(1))
    policy.fit(pool)
    return policy.lists(np.array([0]), pool.eligible, PLACES, PENDING, k).tolist()[0]


@pytest.mark.parametrize(
    ("policy", "roles"),
    [
        (SimilarityOnly(), [0, 1, 2, 3]),
        (Popularity(np.array([1.0, 2.0, 4.0, 3.0])), [2, 3, 1, 0]),
        (FullHidden(), [0, 2, 3, -1]),
        # Worth 4 × 0.81, 2 × 0.81 and 1.
        (SmartSort("applications"), [0, 2, 3, -1]),
        # Worth 4 × 0.02, 2 × 0.5 and 1: equal ones in their order.
        (SmartSort("fullness"), [2, 3, 0, -1]),
        (PendingCap(), [2, 3, -1, -1]),
        (PendingCap(0.5), [3, -1, -1, -1]),
        (PendingCap(1.5), [0, 2, 3, -1]),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_what_each_policy_shows(policy, roles):
    assert shown(policy) == roles
    assert policy.name


def test_what_is_not_eligible_is_on_no_list():
    policy = SimilarityOnly()
    eligible = np.array([[False, True, False, True]])
    policy.fit(Pool(SCORES, eligible, PLACES, PENDING, np.zeros(1)))
    assert policy.lists(np.array([0]), eligible, PLACES, PENDING, 3).tolist() == [[1, 3, -1]]


def test_the_best_k_of_fewer_columns_are_padded():
    worth = np.array([[1.0, -np.inf], [2.0, 2.0]])
    assert best_k(worth, 3).tolist() == [[0, -1, -1], [0, 1, -1]]


def pool_of(draw, people=60, roles=25):
    return Pool(
        suitability=draw.random((people, roles), np.float32),
        eligible=draw.random((people, roles)) < 0.8,
        places_left=draw.integers(0, 4, roles),
        pending=draw.integers(0, 3, roles),
        waiting=draw.uniform(0, 300, people),
    )


@pytest.mark.parametrize("remembers", [False, True])
def test_ours_shows_to_each_person_what_is_served_to_them(remembers):
    draw = np.random.default_rng(1)
    policy, pool = Ours(remembers=remembers), pool_of(draw)
    seen = np.zeros(pool.suitability.shape)
    for _ in range(3):
        policy.fit(pool)
        for _ in range(2):
            people = draw.permutation(60)[:20]
            left, pending = draw.integers(0, 4, 25), draw.integers(0, 4, 25)
            lists = policy.lists(people, pool.eligible[people], left, pending, 10)
            for person, row in zip(people, lists, strict=True):
                before = seen[person] if remembers else None
                scores, eligible = pool.suitability[person], pool.eligible[person]
                served = serve(policy.plan, scores, eligible, left, pending, 10, seen=before)
                assert row.tolist() == served.tolist()
                seen[person, served[served >= 0]] += 1
    assert policy.state.plans == 3


def test_ours_without_invitations_writes_to_nobody():
    pool = pool_of(np.random.default_rng(2))
    assert len(Ours.without_invitations().fit(pool).invitations) == 0
    assert len(Ours().fit(pool).invitations) > 0


def test_ours_needs_to_be_fitted():
    with pytest.raises(ValueError, match="fit comes before lists"):
        Ours().lists(np.array([0]), np.ones((1, 4), bool), PLACES, PENDING, 3)


def test_untargeted_mail_is_rationed_as_ours_is():
    settings = AllocationSettings()
    policy, pool = CapAndMail(seed=1), pool_of(np.random.default_rng(3))
    last, times = np.full(60, -99), np.zeros(60, int)
    for week in range(14):
        pairs = policy.fit(pool).invitations
        people, roles = pairs.T
        assert len(set(people)) == len(people), "one mail for each person"
        assert pool.eligible[people, roles].all()
        assert (pool.places_left > pool.pending)[roles].all()
        wanted = np.ceil((pool.places_left - pool.pending) * settings.invited_for_each)
        assert (np.bincount(roles, minlength=25) <= np.maximum(wanted, 0)).all()
        assert (7 * (week - last[people]) >= settings.invitation_gap).all()
        last[people] = week
        times[people] += 1
    assert times.max() == settings.most_unanswered
