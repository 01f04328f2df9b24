"""A whole country, 1,000,000 people × 50,000 roles, split over Celery workers.

    python -m benchmarks.national [--volunteers 1000000] [--roles 50000] [--sample 24 | --all]
        [--processes 1 2] [--dense 384] [--folder /tmp]

Draws a made-up country (`benchmarks.country`) and cuts the people into neighbourhoods
(`matching.ranking.nearby`). A sample of these, every so many from a random start, or all, are
ranked, explained, packed and written by Celery workers of one process each, as if on machines of
their own; a message holds the number of a neighbourhood. The same neighbourhoods go to one worker
and then to two. Prints wall seconds, the speed-up, people a second, peak memory of each process,
what each step took, and what the whole country would take. Checks that both runs wrote the same
bytes, that lists are those of the whole board for people whose travel ends somewhere, and how much
the lists of the others share with those of the whole board.

Texts are vectors before the clock starts: they are drawn, and lie in files as 16 bits a number.
Reading them counts. The broker is that of REDIS_URL, or one of its own.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from benchmarks.borough import VOCABULARY, Drawn
from benchmarks.country import Country, Whereabouts
from benchmarks.national_files import Files, Record, half
from config.running import broker as brokers
from matching.ranking.columns import Applied
from matching.ranking.lists import rank_read
from matching.ranking.nearby import Board, NearbySettings, Reach, neighbourhoods
from matching.ranking.suitability import SuitabilityModel, Volunteers
from matching.ranking.text_memory import TextMemory

K = 50
#: Pounds that an hour of one core may cost: assumed.
PRICES = (0.02, 0.06)
_LONGEST = 3_600.0
#: Neighbourhoods of which a few people are ranked against the whole board.
_COMPARED = 30
_WORKER = (
    *(sys.executable, "-m", "celery", "--app", "benchmarks.national_worker", "worker"),
    *("--pool", "solo", "--loglevel", "warning"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
)


@dataclass(frozen=True, eq=False)
class Job:
    """What is ranked: neighbourhoods of everybody, and numbers of those that are in the sample."""

    files: Files
    model: SuitabilityModel
    board: Board
    everybody: Whereabouts
    reach: Reach
    hoods: list[NDArray[np.intp]]
    sample: list[int]

    @property
    def sampled_people(self) -> int:
        return sum(len(self.hoods[number]) for number in self.sample)


@dataclass(frozen=True, eq=False)
class Run:
    """The same job done by so many worker processes."""

    processes: int
    wall: float
    at_start: list[int]
    records: dict[int, Record]


def prepared(given: argparse.Namespace, folder: Path) -> Job:
    """Draw the country and write the files."""
    country, settings = Country(given.seed), NearbySettings()
    began = time.perf_counter()
    everybody = country.whereabouts(given.volunteers)
    reach = everybody.reach
    cut = time.perf_counter()
    hoods = list(neighbourhoods(reach, settings.people))
    took = time.perf_counter() - cut
    print(f"{len(hoods):,} neighbourhoods of {given.volunteers:,} people, cut in {took:.1f} s")
    sample = _every_nth(len(hoods), len(hoods) if given.all else given.sample, given.seed)
    roles = country.roles(given.roles)
    fields = [Drawn(1, given.roles, given.dense, given.seed + field) for field in (1, 2)]
    model = SuitabilityModel(interests=fields[0], experience=fields[1]).fit(roles, VOCABULARY)
    fitted = (model.interests_, model.experience_)
    board = Board(roles, half(fitted[0].roles_), half(fitted[1].roles_))
    for field in fitted:  # the vectors of roles are in the board: no worker keeps them twice
        field.roles_ = field.people_
    model._interest_memory = model._experience_memory = TextMemory()
    files = Files(folder)
    files.keep_board(model, board)
    for number in sample:
        rows = hoods[number]
        columns = country.volunteers(everybody, rows)
        texts = [half(field.more_people(len(rows), int(rows[0]))) for field in fitted]
        files.keep_people(number, Volunteers(columns, *texts), _applied(rows, given.roles))
    print(f"drawn and written in {time.perf_counter() - began:.0f} s, which is no part of the job")
    return Job(files, model, board, everybody, reach, hoods, sample)


def _every_nth(count: int, wanted: int, seed: int) -> list[int]:
    """So many of `count` neighbourhoods, as far apart as can be from a random start: they are in
    the order of their kinds, so that each kind has its share. What takes longest comes first.
    """
    step = max(count / wanted, 1.0)
    start = np.random.default_rng(seed).uniform(0, step)
    return np.arange(start, count, step).astype(int)[::-1].tolist()


def _applied(rows: NDArray[np.intp], roles: int) -> Applied:
    """One application each, anywhere."""
    wanted = np.random.default_rng(rows).integers(0, roles, len(rows))
    pairs = np.ones(len(rows), np.bool_), (np.arange(len(rows)), wanted)
    return Applied(csr_array(pairs, shape=(len(rows), roles), dtype=np.bool_))


def done_by(processes: int, job: Job, broker: str) -> Run:
    """Have the sample ranked by so many workers, and wait for the end."""
    files = Files(job.files.folder, f"lists-{processes}")
    (files.folder / files.results).mkdir()
    os.environ |= {
        "NATIONAL_FOLDER": str(files.folder),
        "NATIONAL_RESULTS": files.results,
        "NATIONAL_BROKER": broker,
        # Each process is busy with its own: threads would only be in each other's way.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    from benchmarks import national_worker  # noqa: PLC0415  - reads the environment

    app = national_worker.app
    with ExitStack() as running:
        with app.connection_for_write() as connection:  # of a run that was broken off
            connection.default_channel.queue_purge("national")
        log = files.folder / f"worker-{processes}.log"
        workers = [running.enter_context(_process(_named(at), log)) for at in range(processes)]
        found = f"ready-{files.results}-*"
        _wait(lambda: len(list(files.folder.glob(found))) == processes, workers, log)
        at_start = [int(path.read_text()) for path in files.folder.glob(found)]
        began = time.perf_counter()
        for number in job.sample:
            national_worker.rank_neighbourhood.delay(number)
        _wait(lambda: files.done() == len(job.sample), workers, log)
        wall = time.perf_counter() - began
    return Run(processes, wall, at_start, files.records())


def _named(at: int) -> list[str]:
    return [*_WORKER, "--hostname", f"national{at}@{platform.node()}"]


def _wait(done: Callable[[], bool], workers: Sequence[subprocess.Popen[bytes]], log: Path) -> None:
    """Raises SystemExit where a worker ends or all takes too long."""
    until = time.monotonic() + _LONGEST
    while not done():
        said = log.read_text()[-2000:]
        ended = any(worker.poll() is not None for worker in workers)
        if ended or "Traceback" in said or time.monotonic() > until:
            raise SystemExit(f"The workers did not get to the end:\n{said}")
        time.sleep(0.02)


@contextmanager
def _process(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def show_against_whole_board(job: Job, processes: int) -> None:
    """Compare the lists of a few people of each neighbourhood with those of the whole board."""
    ready = job.model.roles_of(job.board.columns, job.board.interests, job.board.experience)
    files = Files(job.files.folder, f"lists-{processes}")
    same: dict[bool, list[NDArray[np.bool_]]] = {True: [], False: []}
    shared: list[float] = []
    for number in job.sample[:: max(len(job.sample) // _COMPARED, 1)]:
        people, applied = files.people(number)
        some = np.arange(0, len(people), max(len(people) // 5, 1))
        lists = rank_read(job.model, people.take(some), ready, applied.take(some), k=K)
        whole = np.where(lists.indices >= 0, lists.ids[lists.indices], -1)
        kept = files.roles_listed(number)[some]
        width = max(whole.shape[1], kept.shape[1])
        whole, kept = _padded(whole, width), _padded(kept, width)
        capped = bool(job.reach.anywhere[job.hoods[number]].any())
        same[capped].append((whole == kept).all(axis=1))
        if capped:
            both = zip(whole, kept, strict=True)
            shared.extend(np.isin(a[a >= 0], b).mean() for a, b in both if (a >= 0).any())
    exact = np.concatenate(same[False]) if same[False] else np.zeros(0, np.bool_)
    print(f"the same lists as the whole board: {exact.sum()} of {len(exact)} people looked at")
    if shared:
        print(
            f"of people who would go any distance, {np.concatenate(same[True]).sum()} of"
            f" {sum(map(len, same[True]))}; their lists hold"
            f" {np.mean(shared):.1%} of what the whole board gives"
        )


def _padded(rows: NDArray[np.int64], width: int) -> NDArray[np.int64]:
    return np.pad(rows, ((0, 0), (0, width - rows.shape[1])), constant_values=-1)


def show(job: Job, runs: Sequence[Run]) -> None:
    people, everybody = job.sampled_people, len(job.everybody)
    print(
        f"\nsample: {len(job.sample):,} of {len(job.hoods):,} neighbourhoods,"
        f" {people:,} people, {people / everybody:.2%} of all"
    )
    first = runs[0]
    for run in runs:
        _show_run(run, people, first)
    for run in runs[1:]:
        files = [Files(job.files.folder, f"lists-{each.processes}") for each in (first, run)]
        same = sum(files[0].digest(at) == files[1].digest(at) for at in job.sample)
        print(
            f"the same bytes whether {first.processes} or {run.processes} at a time:"
            f" {same} of {len(job.sample)} neighbourhoods"
        )
    show_against_whole_board(job, first.processes)
    _show_steps(first)
    _show_kinds(job, first)
    _show_bytes(job, first)
    _show_whole(job, runs)


def _show_run(run: Run, people: int, first: Run) -> None:
    work = [record["cores"] for record in run.records.values()]
    peaks: dict[float, float] = {}
    for record in run.records.values():
        peaks[record["process"]] = max(peaks.get(record["process"], 0), record["peak"])
    each = ", ".join(f"{peak / 1e6:,.0f} MB" for peak in peaks.values())
    start = ", ".join(f"{peak / 1e6:,.0f}" for peak in run.at_start)
    processes = "process" if run.processes == 1 else "processes"
    print(f"{run.processes} {processes}: {run.wall:.1f} s of wall time, {sum(work):.1f} s of cores")
    had = sum(work) / run.wall / run.processes
    print(
        f"  each process had a core for {had:.0%} of the time: the rest is other programs, waiting"
    )
    print(f"  {people / run.wall:,.0f} people a second, {people * K / run.wall:,.0f} places")
    print(f"  peak memory of each process {each} (before the first task {start})")
    if run is not first:
        faster = first.wall / run.wall
        most = run.processes / first.processes
        print(f"  speed-up {faster:.2f} of {most:.0f} ({faster / most:.0%})")


def _show_steps(run: Run) -> None:
    steps: Counter[str] = Counter()
    for record in run.records.values():
        for name in ("read people", "find candidates", "rank and explain", "pack and write"):
            steps[name] += record[name]  # type: ignore[assignment]  # seconds are counted too
    for name, seconds in steps.most_common():
        print(f"  {name:<18}{seconds:8.1f} s {seconds / steps.total():6.1%}")


def _show_kinds(job: Job, run: Run) -> None:
    """What a person costs, and is compared with, by what decides the candidates."""
    kinds: dict[str, list[Record]] = {}
    for number, record in run.records.items():
        row = job.hoods[number][0]
        far = "any distance" if job.reach.anywhere[row] else "some distance"
        home = "from home too" if job.reach.from_home[row] else "in person only"
        kinds.setdefault(f"{far}, {home}", []).append(record)
    print("people                          neighbourhoods  candidates  eligible  ms of a core each")
    for name in sorted(kinds):
        found = kinds[name]
        people = sum(record["people"] for record in found)
        looked_at = sum(record["candidates"] * record["people"] for record in found) / people
        eligible = sum(record["eligible"] * record["people"] for record in found) / people
        each = sum(record["cores"] for record in found) / people * 1000
        print(f"  {name:<30}{len(found):14}{looked_at:12,.0f}{eligible:10,.0f}{each:12.2f}")


def _show_bytes(job: Job, run: Run) -> None:
    people = job.sampled_people
    read = sum(job.files.bytes_of_people(number) for number in job.sample) / people
    written = sum(record["bytes"] for record in run.records.values()) / people
    of_role = job.files.bytes_of_board() / len(job.board.columns)
    print(
        f"bytes: {read:,.0f} of a person read, {written:,.0f} of a person's list written,", end=""
    )
    print(f" {of_role:,.0f} of a role")


def _show_whole(job: Job, runs: Sequence[Run]) -> None:
    everybody, people = len(job.everybody), job.sampled_people
    records = list(runs[0].records.values())
    cores = np.array([record["cores"] for record in records])
    counts = np.array([record["people"] for record in records])
    each = cores.sum() / people
    # Of a ratio in a sample without replacement (Cochran 1977, 2.11).
    left = 1 - len(records) / len(job.hoods)
    spread = ((cores - each * counts) ** 2).sum() / max(len(records) - 1, 1) * len(records)
    error = np.sqrt(max(left, 0) * spread) / people
    print(f"all {everybody:,} people, from the sample:")
    print(
        f"  {each * everybody / 3600:.2f} core-hours"
        f" (± {2 * error * everybody / 3600:.2f}, two standard errors of the sample)"
    )
    low, high = (each * everybody / 3600 * price for price in PRICES)
    print(f"  £{low:.3f} to £{high:.3f} at £{PRICES[0]} to £{PRICES[1]} a core-hour, an assumption")
    for run in runs:
        minutes = run.wall / people * everybody / 60
        print(f"  {minutes:6.1f} minutes of {run.processes} at a time on this machine")
    last = runs[-1]
    for machines in (2, 4, 8, 16):
        minutes = last.wall / people * everybody / 60 / machines
        print(f"  {minutes:6.1f} minutes on {machines} machines like it, on paper")


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    name = names[0] if names else platform.machine()
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores ({name}), {memory:.0f} GiB, load {os.getloadavg()[0]:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--volunteers", type=int, default=1_000_000)
    parser.add_argument("--roles", type=int, default=50_000)
    parser.add_argument("--sample", type=int, default=24, help="neighbourhoods, drawn at random")
    parser.add_argument("--all", action="store_true", help="all neighbourhoods")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--dense", type=int, default=384, help="dense columns of each text field")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where files may lie for the time of the run")
    given = parser.parse_args()
    print(f"{given.volunteers:,} people × {given.roles:,} roles, 2 × {given.dense} dense columns")
    print(f"{date.today()}, {machine()}")  # noqa: DTZ011  - of this machine's clock
    with tempfile.TemporaryDirectory(dir=given.folder) as name, ExitStack() as running:
        folder = Path(name)
        broker = brokers.choose(folder, environ=os.environ)
        if broker.command:
            running.enter_context(_process(broker.command, folder / "broker.log"))
        job = prepared(given, folder)
        show(job, [done_by(count, job, broker.url) for count in given.processes])


if __name__ == "__main__":
    main()
