"""The supervisor restarts what dies, and nothing is left when it stops, or when it is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from config.running import broker as brokers
from config.running import supervision
from config.running.installation import ROOT, Installation, environment, is_alive
from config.running.stopping import pid_in, stop_everything
from config.running.supervision import Program

pytestmark = pytest.mark.slow

#: A program with a child of its own, which hears no signal: ended only by ending its whole group.
STUBBORN = (
    sys.executable,
    "-c",
    "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.fork();"
    "time.sleep(600)",
)


def running(installation: Installation, *names: str) -> bool:
    states = supervision.states(installation)
    return set(states) == set(names) and all(
        info["statename"] == "RUNNING" for info in states.values()
    )


def groups_alive(pids: list[int]) -> list[str]:
    """The command lines of all processes that are in one of the groups."""
    listing = subprocess.run(
        ["ps", "-A", "-o", "pgid=", "-o", "stat=", "-o", "command="],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    rows = [line.split(None, 2) for line in listing]
    return [row[-1] for row in rows if int(row[0]) in pids and not row[1].startswith("Z")]


@pytest.fixture
def two_programs(
    installation: Installation, supervise: Callable[..., None], until: Callable[..., None]
) -> list[int]:
    """The ids of a stubborn program and a broker that the supervisor runs."""
    broker = brokers.embedded(
        installation.folder, binary=brokers.find_binary(os.environ.get("PATH"))
    )
    assert broker.command is not None
    supervise(
        [
            Program("broker", broker.command, order=10),
            Program("stubborn", STUBBORN, stop_within=1),
        ]
    )
    until(lambda: running(installation, "broker", "stubborn"))
    return [pid_in(installation.pids / name) for name in ("broker", "stubborn")]


def test_stop_leaves_no_process(installation: Installation, two_programs: list[int]) -> None:
    supervisor = pid_in(installation.pids / "supervisor")
    assert len(groups_alive(two_programs)) == 3
    stop_everything(installation)
    assert groups_alive(two_programs) == []
    assert not is_alive(supervisor)
    assert list(installation.pids.iterdir()) == []


def test_stop_leaves_no_process_when_the_supervisor_was_killed(
    installation: Installation, two_programs: list[int]
) -> None:
    os.kill(pid_in(installation.pids / "supervisor"), signal.SIGKILL)
    assert len(groups_alive(two_programs)) == 3
    stop_everything(installation)
    assert groups_alive(two_programs) == []


def test_stop_spares_a_stranger_that_got_the_id(installation: Installation) -> None:
    stranger = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        file = installation.pids / "worker"
        file.write_text(str(stranger.pid))
        an_hour_ago = time.time() - 3600
        os.utime(file, (an_hour_ago, an_hour_ago))
        stop_everything(installation)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_killed_worker_is_restarted(
    installation: Installation, supervise: Callable[..., None], until: Callable[..., None]
) -> None:
    broker = brokers.embedded(
        installation.folder, binary=brokers.find_binary(os.environ.get("PATH"))
    )
    wanted = [p for p in supervision.programs(broker, port=1) if p.name in {"broker", "worker"}]
    env = environment(installation, broker_url=broker.url, port=1, environ=os.environ)
    supervise(wanted, env)
    until(lambda: running(installation, "broker", "worker"), 40)
    first = pid_in(installation.pids / "worker")
    os.killpg(first, signal.SIGKILL)
    until(
        lambda: (
            pid_in(installation.pids / "worker") != first
            and running(installation, "broker", "worker")
        ),
        40,
    )
    assert groups_alive([first]) == []


def test_nothing_is_left_when_the_starter_is_killed(
    installation: Installation, tmp_path: Path, until: Callable[..., None]
) -> None:
    script = tmp_path / "starter.py"
    script.write_text(
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from config.running.installation import Installation, only_one\n"
        "from config.running.start import supervised\n"
        "from config.running.supervision import Program\n"
        "installation = Installation(Path(sys.argv[1]), False)\n"
        f"programs = [Program('stubborn', {STUBBORN!r}, stop_within=1)]\n"
        "with only_one(installation) as lock:\n"
        "    with supervised(installation, programs, dict(os.environ), lock.fileno()):\n"
        "        signal.pause()\n"
    )
    starter = subprocess.Popen(
        [sys.executable, script, installation.folder],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    try:
        until(lambda: running(installation, "stubborn"))
        supervisor, stubborn = (
            pid_in(installation.pids / name) for name in ("supervisor", "stubborn")
        )
    finally:
        starter.kill()
        starter.wait()
    until(lambda: not is_alive(supervisor) and groups_alive([stubborn]) == [])


@pytest.mark.parametrize("name", ["Harrow's (new) files", "x" * 120])
def test_supervisor_starts_in_odd_folders(
    tmp_path: Path, until: Callable[..., None], name: str
) -> None:
    installation = Installation(tmp_path / name, is_demonstration=False)
    for path in (installation.logs, installation.pids):
        path.mkdir(parents=True)
    mark = tmp_path / "mark"
    script = f"import pathlib, time; pathlib.Path({str(mark)!r}).touch(); time.sleep(60)"
    program = Program("one", (sys.executable, "-c", script))
    supervisor = supervision.start(installation, [program], os.environ)
    try:
        until(lambda: mark.exists() and supervision.states(installation))
    finally:
        stop_everything(installation)
        supervisor.wait()
