"""`make run` from nothing to a page, stopped, and started again with everything still there."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dotenv import dotenv_values

from config.running.broker import free_port
from config.running.installation import ROOT, Installation
from config.running.stopping import pid_in

pytestmark = pytest.mark.slow


class Start:
    """One `make run`, without the `make`."""

    def __init__(self, var: Path, **environ: str) -> None:
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
        }
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.running.start"],
            cwd=ROOT,
            env={**inherited, "HARROW_VAR_DIR": str(var), "DEMO": "0", **environ},
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
        rest, _ = self.process.communicate(timeout=40)
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
        one.process.communicate(timeout=40)


def processes_in(folder: Path) -> list[str]:
    """Every process whose command line names `folder`."""
    listing = subprocess.check_output(["ps", "-A", "-o", "command="], text=True)
    return [line for line in listing.splitlines() if str(folder) in line]


def command(told: Path, *words: str) -> str:
    """What `manage.py` says when it is told of the installation by its file."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
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
    assert second.process.wait(timeout=10) == 1

    email = "somebody@example.org"
    environ = f"from accounts.models import User; User.objects.create_superuser({email!r}, 'x')"
    command(tmp_path / "local.env", "shell", "-c", environ)

    assert "Stopped." in first.stop()
    assert first.process.returncode == 0
    assert processes_in(tmp_path) == []
    assert list(installation.pids.iterdir()) == []

    began = time.monotonic()
    third = start(PORT=port)
    said = third.read_until("Ctrl-C stops everything")
    assert time.monotonic() - began < 15
    # There is an administrator: the one made before the restart.
    assert "createsuperuser" not in said
    third.stop()


def test_taken_port_is_said_before_anything_is_started(
    start: Callable[..., Start], tmp_path: Path
) -> None:
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        refused = start(PORT=str(listener.getsockname()[1]))
        assert "is taken by another program" in refused.read_until("make run PORT=")
        assert refused.process.wait(timeout=10) == 1
    assert not (tmp_path / "service" / "harrow.sqlite3").exists()


def test_supervisor_that_was_killed_ends_the_rest(
    start: Callable[..., Start], tmp_path: Path
) -> None:
    one = start(PORT=str(free_port()))
    one.read_until("Ctrl-C stops everything")
    pids = tmp_path / "service" / "pids"
    programs = {path.name: pid_in(path) for path in pids.iterdir()}
    os.kill(programs["supervisor"], signal.SIGKILL)
    assert "supervisor ended by itself" in one.read_until("supervisor ended by itself")
    assert one.process.wait(timeout=40) == 1
    assert processes_in(tmp_path) == []
    assert json.loads((tmp_path / "service" / "lock").read_text())["pid"] == one.process.pid
