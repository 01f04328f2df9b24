"""The Celery worker of the national benchmark. A message holds the number of a neighbourhood.

    celery --app benchmarks.national_worker worker --pool solo

NATIONAL_FOLDER, NATIONAL_RESULTS and NATIONAL_BROKER say where its files and its broker are.
"""

import os
import time
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import worker_init, worker_ready

from benchmarks.national_files import Files
from matching.ranking.nearby import Board, candidates, rank_candidates
from matching.ranking.suitability import SuitabilityModel

K = 50

files = Files(Path(os.environ["NATIONAL_FOLDER"]), os.environ["NATIONAL_RESULTS"])
app = Celery("national", broker=os.environ["NATIONAL_BROKER"])
app.conf.update(
    broker_connection_retry_on_startup=True,
    # Nobody else's queues are touched, whoever else uses the broker.
    broker_transport_options={"global_keyprefix": "national:", "ack_emulation": False},
    task_default_queue="national",
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_enable_remote_control=False,
    worker_hijack_root_logger=False,
)
_loaded: list[tuple[SuitabilityModel, Board]] = []


@worker_init.connect
def load(**_: Any) -> None:
    """Read the model and the roles, before there is any work."""
    _loaded.append(files.board())


@worker_ready.connect
def say_so(**_: Any) -> None:
    """Leave word of this process and what it needs before it has done anything, in bytes."""
    name = f"ready-{files.results}-{os.getpid()}"
    (files.folder / name).write_text(str(peak_bytes()))


@app.task
def rank_neighbourhood(number: int) -> None:
    """Rank, explain, pack and write the lists of one neighbourhood."""
    model, board = _loaded[0]
    times = [time.perf_counter()]
    cores = time.process_time()
    people, applied = files.people(number)
    times.append(time.perf_counter())
    rows = candidates(model, people, board)
    times.append(time.perf_counter())
    lists = rank_candidates(model, people, board, rows, applied, k=K)
    times.append(time.perf_counter())
    written = files.keep_lists(number, people, lists)
    times.append(time.perf_counter())
    steps = ("read people", "find candidates", "rank and explain", "pack and write")
    record = {name: times[at + 1] - times[at] for at, name in enumerate(steps)}
    record |= {
        "cores": time.process_time() - cores,
        "people": len(people),
        "candidates": len(rows),
        "eligible": float(lists.eligible.mean()),
        "bytes": written,
        "process": os.getpid(),
        "peak": peak_bytes(),
    }
    files.keep_record(number, record)


def peak_bytes() -> int:
    """The most memory that this process has held, with pages of files that it shares with others.

    Not `ru_maxrss`: that begins with the memory of the process that started this one.
    """
    lines = Path("/proc/self/status").read_text().splitlines()
    (peak,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(peak.split()[1]) * 1024
