"""`make run` from nothing to a page, stopped, and started again with everything still there.

One long story: each start takes several seconds. What a start does not get to is tested apart.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dotenv import dotenv_values

from config.running.broker import free_port
from config.running.installation import ROOT, Installation
from config.running.stopping import pid_in

pytestmark = pytest.mark.slow


def inherited() -> dict[str, str]:
    """The environment without what the lane and the tests' own settings say of the service."""
    ours = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    return {name: value for name, value in os.environ.items() if name not in ours}


class Start:
    """One `make run`, without the `make`."""

    def __init__(self, var: Path, **environ: str) -> None:
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.running.start"],
            cwd=ROOT,
            env={**inherited(), "HARROW_VAR_DIR": str(var), "DEMO": "0", **environ},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def read_until(self, text: str) -> str:
        """Everything it said up to the line with `text`; fails when it ended without saying it."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)
            if text in line:
                return "".join(self.lines)
        pytest.fail(f"It never said {text!r} but:\n{''.join(self.lines)}")

    def stop(self) -> str:
        """As Ctrl-C does; gives the rest of what it said."""
        self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate(timeout=60)
        return rest


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Start]]:
    started: list[Start] = []

    def begin(**environ: str) -> Start:
        started.append(Start(tmp_path, **environ))
        return started[-1]

    yield begin
    for one in started:
        one.process.terminate()
        one.process.communicate(timeout=60)


def processes_in(folder: Path) -> list[str]:
    """Every process whose command line names `folder`."""
    listing = subprocess.check_output(["ps", "-A", "-o", "command="], text=True)
    return [line for line in listing.splitlines() if str(folder) in line]


def command(told: Path, *words: str) -> str:
    """What `manage.py` says when it is told of the installation by its file."""
    env = inherited()
    env.update((name, value) for name, value in dotenv_values(told).items() if value)
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *words],
        env=env, cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def test_start_stop_and_start_again(start: Callable[..., Start], tmp_path: Path) -> None:
    port = str(free_port())
    first = start(PORT=port)
    said = first.read_until("Ctrl-C stops everything")
    assert f"ready: http://127.0.0.1:{port}/" in said
    assert "manage.py createsuperuser" in said
    installation = Installation(tmp_path / "service", is_demonstration=False)
    assert {path.name for path in installation.pids.iterdir()} == {
        *("supervisor", "broker", "web", "worker", "beat", "relay")
    }

    second = start(PORT=port)
    assert "It runs already" in second.read_until("Stop it with Ctrl-C")
    assert second.process.wait(timeout=30) == 1

    email = "somebody@example.org"
    environ = f"from accounts.models import User; User.objects.create_superuser({email!r}, 'x')"
    command(tmp_path / "local.env", "shell", "-c", environ)

    assert "Stopped." in first.stop()
    assert first.process.returncode == 0
    assert processes_in(tmp_path) == []
    assert list(installation.pids.iterdir()) == []

    third = start(PORT=port)
    said = third.read_until("Ctrl-C stops everything")
    # Nothing slow is done twice, and the administrator made before the restart is there.
    for once in ("Bringing the database", "Collecting the static", "createsuperuser"):
        assert once not in said

    os.kill(pid_in(installation.pids / "supervisor"), signal.SIGKILL)
    third.read_until("supervisor ended by itself")
    assert third.process.wait(timeout=60) == 1
    assert processes_in(tmp_path) == []


def test_taken_port_is_said_before_anything_is_started(
    start: Callable[..., Start], tmp_path: Path
) -> None:
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        refused = start(PORT=str(listener.getsockname()[1]))
        assert "is taken by another program" in refused.read_until("make run PORT=")
        assert refused.process.wait(timeout=30) == 1
    assert not (tmp_path / "service" / "harrow.sqlite3").exists()
