"""Ends everything that was started, and sees that nothing is left.

`python -m config.running.stopping FOLDER` is the guard: `make run` starts it first and keeps a pipe
to it. The pipe closes when `make run` ends, in whatever way (also `kill -9`), and then the guard
stops the supervisor, waits, and ends what is left.
"""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

from config.running.installation import Installation, started

#: How long the supervisor may take to stop its programs, in seconds.
PATIENCE = 25


def stop_everything(installation: Installation) -> None:
    """Stops the supervisor, which stops its programs; then ends what is still there."""
    supervisor = installation.pids / "supervisor"
    if wrote(supervisor):
        os.kill(pid_in(supervisor), signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while wrote(supervisor) and time.monotonic() < until:
            time.sleep(0.1)
    for path in installation.pids.iterdir():
        end_group(path)
        path.unlink(missing_ok=True)


def pid_in(path: Path) -> int:
    """The process id in a file; 0 when there is none."""
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return 0


def wrote(path: Path) -> bool:
    """Whether the process whose id is in the file still runs, and no stranger that got its id."""
    began = started(pid_in(path))
    return began is not None and began <= written(path) + 2


def written(path: Path) -> float:
    """When a file was written, in seconds since 1970; 0 when there is none."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0


def end_group(path: Path) -> None:
    """Ends the program whose id is in the file and its children, also when it is gone itself."""
    pid, machine_started = pid_in(path), started(1)
    from_before = machine_started is not None and written(path) < machine_started
    if pid > 1 and not from_before and (wrote(path) or started(pid) is None):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def guard(installation: Installation) -> None:
    """Waits until standard input closes, then stops everything."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.stdin.buffer.read()
    stop_everything(installation)


if __name__ == "__main__":
    guard(Installation(folder=Path(sys.argv[1]), is_demonstration=False))
