"""How long a full ranking takes through Celery into PostgreSQL, and where the time goes.

    DATABASE_URL=postgres://postgres@127.0.0.1:5432/harrow_benchmark \\
        python -m benchmarks.full_rerank [--volunteers 5000 10000 20000] [--roles 2000]

Makes the demonstration borough of each size in the database of DATABASE_URL, which is emptied. Asks
for a ranking twice, done by a Celery worker with two processes: the first turns into vectors what
people wrote and the second, which counts, finds them. Prints for each size the wall seconds from
the request to the end, the seconds of each step summed over all jobs, the processor seconds of the
workers, and what a person costs in comparison with the size before.
"""

import argparse
import os
import time
from collections import Counter
from typing import Any

from benchmarks import service

_LONGEST = 1800.0


def main() -> None:
    parser = argparse.ArgumentParser(description="Times a full ranking through Celery.")
    parser.add_argument("--volunteers", type=int, nargs="+", default=[5000, 10_000, 20_000])
    parser.add_argument("--roles", type=int, default=2000, help="open roles, about")
    parser.add_argument(
        "--as-it-is", action="store_true", help="rank what the database holds, load nothing"
    )
    arguments = parser.parse_args()
    with service.environment():
        before: float | None = None
        for volunteers in arguments.volunteers[: 1 if arguments.as_it_is else None]:
            if not arguments.as_it_is:
                service.load(volunteers, arguments.roles)
            used = service.seconds_of_children()
            with service.workers():
                first, second = ranked(), ranked()
            used = service.seconds_of_children() - used
            load = os.getloadavg()[0]
            print(f"\n{second.people} people × {second.roles} open roles, load {load:.1f}")
            print(f"  wall {_wall(second):.1f} s (first time {_wall(first):.1f} s)")
            print(f"  processor seconds of relay and workers, both runs and start: {used:.1f}")
            _show_steps(second)
            each = _wall(second) / second.people
            if before is not None:
                print(f"  a person costs {each / before:.2f} times what one cost a size before")
            before = each


def ranked() -> Any:
    """Ask for a ranking and wait for its end."""
    from matching.models import RankingRun  # noqa: PLC0415  - after Django's setup
    from matching.services import runs  # noqa: PLC0415

    forget_messages()
    run = runs.request(by=None)
    until = time.monotonic() + _LONGEST
    for state in runs.follow(run):
        if state.state == RankingRun.State.DONE:
            return state
        if time.monotonic() > until:
            break
    raise SystemExit(f"ranking {run.pk} did not end: {run.state}")


def forget_messages() -> None:
    """Send nothing: messages go out at leisure, by the same workers, and are no ranking."""
    from core.models import Fact  # noqa: PLC0415  - after Django's setup

    Fact.objects.filter(kind__in=["invitation.made", "notification.created"]).delete()


def _wall(run: Any) -> float:
    """Seconds from when the run was begun (its model fitted) back to the request, to its end."""
    return float((run.finished_at - run.requested_at).total_seconds())


def _show_steps(run: Any) -> None:
    """Seconds of each step over all jobs, and its share of them."""
    steps: Counter[str] = Counter()
    for kind, seconds in run.blocks.values_list("kind", "seconds"):
        for name, value in seconds.items():
            steps[f"{kind}: {name}"] += value
    fitted = (run.started_at - run.requested_at).total_seconds()
    steps["begin: wait, fit the model, cut"] = fitted
    total = steps.total()
    for name, value in steps.most_common():
        print(f"    {name:<34} {value:7.2f} s  {value / total:5.1%}")


if __name__ == "__main__":
    main()
