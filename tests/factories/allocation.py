"""A board of people and roles for a plan, and the list that it serves somebody."""

import numpy as np

from matching.ranking.allocation import Plan, serve

WAITING = 30.0


def pool(people: int = 60, roles: int = 12, seed: int = 0) -> dict[str, np.ndarray]:
    """A board on which everybody likes the first roles best."""
    draw = np.random.default_rng(seed)
    liked = np.linspace(1, 0, roles)[None, :]
    return {
        "suitability": (liked + draw.random((people, roles))).astype(np.float32),
        "eligible": np.ones((people, roles), bool),
        "places_left": np.full(roles, 3),
        "pending": np.zeros(roles, int),
        "waiting": np.full(people, WAITING),
    }


def list_of(made: Plan, board: dict[str, np.ndarray], person: int, k: int = 5) -> list[int]:
    return serve(
        made,
        board["suitability"][person],
        board["eligible"][person],
        board["places_left"],
        board["pending"],
        k,
    ).tolist()
