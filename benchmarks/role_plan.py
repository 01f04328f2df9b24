"""How near the plan of new roles comes to the best there is, on boroughs small enough to solve.

    python -m benchmarks.role_plan [--boroughs 20] [--people 200] [--proposed 60] [--most 3 5 10]

Made-up boroughs: people who like some kinds of work, are free at some times and live somewhere,
with places for some of them; proposed roles of each kind, time and area. The plan takes the best
role, then the next beside it (`insights.analysis.role_plan`); the best is found by mixed-integer
programming. Prints, by the number of roles, the plan's share of the best in the mean and at the
least, how often they are the same, and seconds of each.
"""

import argparse
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from insights.analysis.placing import Pool
from insights.analysis.role_plan import exact_plan, role_plan

_KINDS, _TIMES, _AREAS = 12, 5, 8
#: Places of a new role, and people for each place that there is.
_PLACES, _SUPPLY = 5, 3


def measure(boroughs: int, people: int, proposed: int, most: Sequence[int]) -> None:
    print(f"{boroughs} boroughs of {people} people, {proposed} roles to choose from")
    heads = f"{'roles':>6}{'mean':>9}{'least':>9}{'the same':>10}{'plan s':>9}{'best s':>9}"
    print(heads)
    for number in most:
        shares, took = [], np.zeros(2)
        for seed in range(boroughs):
            pool, numbers = _borough(seed, people, proposed)
            places = np.full(proposed, _PLACES)
            began = time.perf_counter()
            found = sum(role.weight for role in role_plan(pool, numbers, places, number))
            between = time.perf_counter()
            __, best = exact_plan(pool, numbers, places, number)
            took += (between - began, time.perf_counter() - between)
            shares.append(found / best if best else 1.0)
        same = np.mean(np.array(shares) > 1 - 1e-6)
        print(
            f"{number:6}{np.mean(shares):9.2%}{min(shares):9.2%}{same:10.0%}"
            f"{took[0] / boroughs:9.2f}{took[1] / boroughs:9.2f}"
        )


def _borough(seed: int, people: int, proposed: int) -> tuple[Pool, NDArray[np.int64]]:
    draw = np.random.default_rng(seed)
    roles = max(people // (_SUPPLY * 2), 1)
    # Some kinds are liked much more than others; what there is follows another taste.
    likes = draw.dirichlet(np.full(_KINDS, 0.7))
    offered = draw.dirichlet(np.full(_KINDS, 0.7))
    kinds = np.concatenate(
        [draw.choice(_KINDS, roles, p=offered), draw.integers(0, _KINDS, proposed)]
    )
    when, where = (draw.integers(0, of, roles + proposed) for of in (_TIMES, _AREAS))
    liked = draw.random((people, _KINDS)) < 3 * likes
    free = draw.random((people, _TIMES)) < 0.4
    near = draw.integers(0, _AREAS, people)
    far = np.abs(near[:, None] - where)
    could_do = liked[:, kinds] & free[:, when] & (np.minimum(far, _AREAS - far) <= 1)
    places = np.concatenate([draw.integers(1, 4, roles), np.zeros(proposed, int)])
    return Pool.of(could_do, 1 + draw.random(people), places), roles + np.arange(proposed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--boroughs", type=int, default=20)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--proposed", type=int, default=60)
    parser.add_argument("--most", type=int, nargs="+", default=[3, 5, 10])
    given = parser.parse_args()
    measure(given.boroughs, given.people, given.proposed, given.most)


if __name__ == "__main__":
    main()
