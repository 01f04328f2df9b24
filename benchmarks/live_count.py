"""What the count beside a group's form costs, while a role is being written.

    python -m benchmarks.live_count [--people 20000] [--times 300]

Everybody waits. Each count is of another role: place, times, age, check, a language, causes and a
needed skill differ. Without the query that asks which board is the newest, and without the page.
"""

import argparse
import time

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # carries no types

from benchmarks.borough import VOCABULARY, Borough
from core.disclosure import STEP
from matching.ranking.board import board_columns, pack, unpack
from matching.ranking.eligibility import EligibilitySettings
from matching.ranking.live_count import live_count
from matching.ranking.mixing import mixed

RINGS_KM = (1.6, 4.8, 8.0)


def measure(people: int, times: int, seed: int) -> None:
    borough = Borough(seed)
    drawn = borough.volunteers(people)
    nobody = np.zeros(people, np.bool_)
    began = time.perf_counter()
    rows = board_columns(mixed(drawn, nobody, STEP, np.random.default_rng(seed)))
    mixing = (time.perf_counter() - began) * 1000
    packed = pack(rows, VOCABULARY)
    began = time.perf_counter()
    board = unpack(packed)
    unpacked = (time.perf_counter() - began) * 1000
    offered = borough.roles(times)
    settings = EligibilitySettings(assumed_language=0)
    took = []
    for number in range(times):
        role = offered.take([number])
        began = time.perf_counter()
        live_count(board, role, settings, rings_km=RINGS_KM, shown=1)
        took.append((time.perf_counter() - began) * 1000)
    p50, p95, most = np.percentile(took, [50, 95, 100])
    print(f"{people:,} people who wait in {len(VOCABULARY.skills)} skills; {times} roles counted")
    print(f"count p50 {p50:.1f} ms, p95 {p95:.1f} ms, most {most:.1f} ms")
    print(f"board {len(packed) / 1000:,.0f} kB, mixed once a month in {mixing:.0f} ms, unpacked in")
    print(f"{unpacked:.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with threadpool_limits(1):
        measure(given.people, given.times, given.seed)


if __name__ == "__main__":
    main()
