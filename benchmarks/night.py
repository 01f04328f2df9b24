"""What a night of statistics costs in a large borough: figures, segments, roles worth creating.

    python -m benchmarks.night [--volunteers 2500] [--copies 8] [--cores 2]

Loads the demonstration borough in an SQLite database of its own, or in that of DATABASE_URL (whose
name has to end in "benchmark": it is emptied), copies it until there are as many people as wanted
(each copy with applications, hours and audit trail of its own), and does the nightly work of the
statistics one after the other, as the worker does. Prints wall and processor seconds of each, and
the peak of memory. The aim: figures, segments and plan within 60 s for 20,000 people on 2 cores.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from core.outbox.leases import Lease

#: Nightly work of the statistics, by its fact; what a version of the service does not know is left
#: out.
_WORK = (
    "night.figures",
    "night.segments",
    "night.unmet",
    "night.role_plan",
    "night.capacity",
    "night.campaigns",
)


def measure(volunteers: int, copies: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415  - after setup

    from benchmarks.copies import copy_borough  # noqa: PLC0415
    from opportunities.models import Opportunity  # noqa: PLC0415
    from volunteers.models import Volunteer  # noqa: PLC0415
    from worker.handlers import HANDLERS  # noqa: PLC0415

    with _timed("load"), open(os.devnull, "w") as nowhere:
        call_command(
            "load_demo",
            volunteers=volunteers,
            organisations=volunteers // 8,
            opportunities=volunteers // 6,
            replace=True,
            stdout=nowhere,
            stderr=nowhere,
        )
    with _timed("copy"):
        copy_borough(copies)
    print(
        f"{Volunteer.objects.count():,} people, {Volunteer.objects.waiting().count():,} wait, "
        f"{Opportunity.objects.open().count():,} open roles"
    )
    with _timed("all of it"):
        for kind in _WORK:
            if kind in HANDLERS:
                with _timed(kind):
                    HANDLERS[kind].work(1, _lease_of(kind))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{'peak of memory':20}{peak:8.0f} MB")


def _lease_of(kind: str) -> "Lease":
    """A lease of a fact of this kind, as the worker has one while it does the work."""
    from django.db import transaction  # noqa: PLC0415  - after setup

    from core.models import Fact  # noqa: PLC0415
    from core.outbox import facts, leases  # noqa: PLC0415

    with transaction.atomic():
        facts.state(kind, 1)
    lease = leases.claim(Fact.objects.get(kind=kind, subject_id=1).pk)
    if lease is None:
        raise RuntimeError(f"somebody else has the work of {kind}")
    return lease


@contextmanager
def _timed(name: str) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    print(
        f"{name:20}{time.perf_counter() - wall:8.1f} s{time.process_time() - cpu:8.1f} s of CPU",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--volunteers", type=int, default=2_500)
    parser.add_argument("--copies", type=int, default=8)
    parser.add_argument("--cores", type=int, default=2)
    given = parser.parse_args()
    if sys.platform == "linux":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: given.cores])
    with tempfile.TemporaryDirectory() as folder:
        if not os.environ.setdefault(
            "DATABASE_URL", f"sqlite:///{Path(folder) / 'benchmark'}"
        ).endswith("benchmark"):
            parser.error("DATABASE_URL has to name a database that may be emptied: “…benchmark”.")
        os.environ |= {"HARROW_LOCAL": "1", "HARROW_VAR_DIR": folder}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
        from django.core.management import call_command  # noqa: PLC0415  - after setup

        call_command("migrate", verbosity=0)
        measure(given.volunteers, given.copies)


if __name__ == "__main__":
    main()
