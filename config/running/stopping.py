"""Ends everything that was started, and sees that nothing is left.

`python -m config.running.stopping FOLDER` is the guard: `make run` starts it first and keeps a pipe
to it. The pipe closes when `make run` ends, in whatever way (also `kill -9`), and then the guard
stops the supervisor, waits, and ends what is left.
"""

import os
import signal
import sys
import time
from pathlib import Path

from config.running.installation import HOST, ROOT, Installation, command_of, is_alive

#: How long the supervisor may take to stop its programs, in seconds.
PATIENCE = 25


def stop_everything(installation: Installation) -> None:
    """Stops the supervisor, which stops its programs; then ends what is still there."""
    supervisor = pid_in(installation.pids / "supervisor")
    if ours(supervisor):
        os.kill(supervisor, signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        while ours(supervisor) and time.monotonic() < until:
            time.sleep(0.1)
    for path in installation.pids.iterdir():
        end_group(pid_in(path))
        path.unlink(missing_ok=True)


def pid_in(path: Path) -> int:
    """The process id in a file; 0 when there is none."""
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return 0


def ours(pid: int) -> bool:
    """Whether a process of that id runs and is one of ours: the id may be a stranger's by now."""
    command = command_of(pid)
    # A broker calls itself by its program and its address.
    return str(ROOT) in command or f"-server {HOST}:" in command


def end_group(pid: int) -> None:
    """Ends a program and its children at once, whether or not the program itself still lives."""
    if pid > 1 and (ours(pid) or not is_alive(pid)):
        try:
            os.killpg(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return


def guard(installation: Installation) -> None:
    """Waits until standard input closes, then stops everything."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    sys.stdin.buffer.read()
    stop_everything(installation)


if __name__ == "__main__":
    guard(Installation(folder=Path(sys.argv[1]), is_demonstration=False))
