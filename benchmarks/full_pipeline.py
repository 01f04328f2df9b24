"""Everything that makes the lists, against a bare exact nearest-neighbour search.

    python -m benchmarks.full_pipeline [--volunteers 20000] [--roles 2000] [--dense 384]

One run measures, on the same vectors and on all cores: scikit-learn's exact top 50 (brute force,
Euclidean on unit vectors), faiss's flat index of inner products, our own bare top 50, and the full
pipeline: rules, thirteen parts, the best 50 of each, contributions, reasons with their details.
Texts are vectors before the clock starts. The bare searches get the dense halves of both text
fields side by side; the words, tags, places and times that the full pipeline reads too come on top.
"""

import argparse
import os
import resource
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors

from benchmarks.borough import VOCABULARY, Borough, Drawn
from matching.ranking.lists import rank_read
from matching.ranking.nearest import nearest
from matching.ranking.suitability import SuitabilityModel

K = 50


class Took(NamedTuple):
    """Seconds on the clock, and of all cores together, which hardly change with other work."""

    clock: float
    cores: float

    def over(self, other: "Took") -> str:
        """How many times the other it is, on the clock and in work of cores."""
        return f"{self.clock / other.clock:5.2f} × ({self.cores / other.cores:.2f} × of cores)"


def seconds(work: Callable[[], Any], repeats: int) -> Took:
    """The best of several runs."""
    runs = []
    for _ in range(repeats):
        clock, cores = time.perf_counter(), time.process_time()
        work()
        runs.append(Took(time.perf_counter() - clock, time.process_time() - cores))
    return Took(min(run.clock for run in runs), min(run.cores for run in runs))


def peak_megabytes() -> float:
    # ru_maxrss counts kilobytes on Linux.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def unit(*fields: NDArray[np.float32]) -> NDArray[np.float32]:
    """Fields side by side, each row of length 1."""
    rows = np.hstack(fields)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def measure(volunteers: int, roles: int, dense: int, seed: int, repeats: int) -> None:
    threads = len(os.sched_getaffinity(0))
    borough = Borough(seed)
    people, offered = borough.volunteers(volunteers), borough.roles(roles)
    applied = borough.applied(people, offered)
    fields = [Drawn(volunteers, roles, dense, seed + field) for field in (1, 2)]
    model = SuitabilityModel(interests=fields[0], experience=fields[1]).fit(offered, VOCABULARY)
    ready, chosen = model.read_roles(offered), model.read_volunteers(people)
    before = peak_megabytes()

    def full() -> None:
        rank_read(model, chosen, ready, applied, k=K, threads=threads)

    ours = seconds(full, repeats)
    peak = peak_megabytes()

    there = unit(ready.interests.vectors.dense, ready.experience.vectors.dense)
    here = unit(chosen.interests.dense, chosen.experience.dense)
    brute = NearestNeighbors(n_neighbors=K, algorithm="brute", metric="euclidean").fit(there)
    bare = seconds(lambda: brute.kneighbors(here), repeats)
    index = faiss.IndexFlatIP(there.shape[1])
    index.add(there)
    flat = seconds(lambda: index.search(here, K), repeats)
    own = seconds(lambda: nearest(here, there, K, threads=threads), repeats)
    agree = (nearest(here[:200], there, K) == brute.kneighbors(here[:200])[1]).mean()

    print(
        f"{volunteers:,} volunteers × {roles:,} roles, 2 × {dense} dense columns, {threads} cores"
    )
    print(f"scikit-learn, bare top {K}        {bare.clock:8.2f} s")
    print(f"faiss flat, bare top {K}          {flat.clock:8.2f} s")
    print(f"ours, bare top {K}                {own.clock:8.2f} s {own.over(flat)} faiss")
    print(f"  the same as scikit-learn's      {agree:8.1%} of places")
    print(f"ours, full pipeline              {ours.clock:8.2f} s {ours.over(bare)} scikit-learn")
    print(
        f"peak memory of the full pipeline {peak:8.0f} MB, of which data and model {before:.0f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--volunteers", type=int, default=20_000)
    parser.add_argument("--roles", type=int, default=2_000)
    parser.add_argument("--dense", type=int, default=384)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    measure(given.volunteers, given.roles, given.dense, given.seed, given.repeats)


if __name__ == "__main__":
    main()
