"""What one edited profile costs to rank.

    python -m benchmarks.one_profile [--roles 2000] [--dense 384] [--times 200]

Compute for one person after the other, on one core: rules, scores, the best 50, reasons with their
details, and the bytes that are stored. What the person wrote is a vector before the clock starts;
the roles are ready, as they are in a worker.
"""

import argparse
import time

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # carries no types

from benchmarks.borough import VOCABULARY, Borough, Drawn
from benchmarks.full_pipeline import K, peak_megabytes
from matching.ranking.columns import Applied
from matching.ranking.lists import rank_read
from matching.ranking.suitability import SuitabilityModel


def measure(roles: int, dense: int, times: int, seed: int) -> None:
    borough = Borough(seed)
    people, offered = borough.volunteers(times), borough.roles(roles)
    fields = [Drawn(times, roles, dense, seed + field) for field in (1, 2)]
    model = SuitabilityModel(interests=fields[0], experience=fields[1]).fit(offered, VOCABULARY)
    ready, chosen = model.read_roles(offered), model.read_volunteers(people)
    alone = Applied.none(1, roles)
    took, sizes = [], []
    for row in range(times):
        person = chosen.take([row])
        began = time.perf_counter()
        lists = rank_read(model, person, ready, alone, k=K)
        packed = lists.packed(0).pack()
        took.append((time.perf_counter() - began) * 1000)
        sizes.append(len(packed))
    p50, p95, most = np.percentile(took, [50, 95, 100])
    print(f"one profile × {roles:,} roles, top {K}, packed; {times} people one after the other")
    print(f"compute p50 {p50:.1f} ms, p95 {p95:.1f} ms, most {most:.1f} ms")
    print(f"stored {np.mean(sizes):,.0f} bytes on average, at most {max(sizes):,}")
    print(f"peak memory {peak_megabytes():.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--roles", type=int, default=2_000)
    parser.add_argument("--dense", type=int, default=384)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with threadpool_limits(1):
        measure(given.roles, given.dense, given.times, given.seed)


if __name__ == "__main__":
    main()
