"""Installations in folders of their own, and what is started in them ended again."""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from config.running import supervision
from config.running.installation import Installation, installation_for
from config.running.stopping import stop_everything
from config.running.supervision import Program


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An empty installation; its processes are ended after the test."""
    found = installation_for({"DEMO": "0", "HARROW_VAR_DIR": str(tmp_path)})
    yield found
    stop_everything(found)


@pytest.fixture
def supervise(installation: Installation) -> Iterator[Callable[..., None]]:
    """`supervise(programs, env)` starts the supervisor, which is ended after the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(programs: list[Program], env: Mapping[str, str] = os.environ) -> None:
        started.append(supervision.start(installation, programs, env))

    yield start
    stop_everything(installation)
    for process in started:
        process.wait()


@pytest.fixture
def until() -> Callable[..., None]:
    """`until(condition, seconds)` waits, and fails when the time is over."""
    import time

    def wait(condition: Callable[[], object], seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                pytest.fail(f"not within {seconds} s")
            time.sleep(0.05)

    return wait
