"""Slow commands, shown as they go. Standard library only: it runs before anything is installed."""

import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

WIDTH = 100


class StepFailed(Exception):
    """A step of the set-up failed; the message says which, and what to do."""


def say(message: str) -> None:
    """Prints at once, also into a pipe."""
    print(message, flush=True)  # noqa: T201  - this is the one place that prints


def run_step(
    what: str,
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> None:
    """Runs `command`, whose output is shown only as a moving line, or in full when it fails.

    Raises:
        StepFailed: with the last lines of its output.
    """
    say(f"{what} …")
    started = time.monotonic()
    last_lines: deque[str] = deque(maxlen=40)
    with subprocess.Popen(
        command, cwd=cwd, env=env, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        assert process.stdout is not None  # noqa: S101  - asked for as a pipe just above
        for line in process.stdout:
            last_lines.append(line.rstrip())
            show_moving(line.strip())
    show_moving("")
    if process.returncode != 0:
        lines = "\n".join(last_lines)
        raise StepFailed(
            f"{lines}\n\n{what} failed (exit code {process.returncode}). The command was:\n"
            f"  {' '.join(command)}"
        )
    if time.monotonic() - started > 2:
        say(f"  done in {time.monotonic() - started:.0f} s")


def show_moving(text: str) -> None:
    """Replaces the last line of a terminal; nothing where output goes to a file."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\033[K  {text[:WIDTH]}" if text else "\r\033[K")
        sys.stdout.flush()
