"""One installation: its folders, its secret, its port, and that it runs once."""

import os
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.running.installation import (
    HOST,
    ROOT,
    CannotStart,
    Installation,
    environment,
    installation_for,
    is_alive,
    only_one,
    port_from,
    secret_key,
    started,
    tell_commands,
    why_not,
)


def test_demonstration_and_service_do_not_share_a_folder(tmp_path: Path) -> None:
    var = {"HARROW_VAR_DIR": str(tmp_path)}
    demo, service = installation_for(var), installation_for({**var, "DEMO": "0"})
    assert demo.folder != service.folder
    assert (demo.is_demonstration, service.is_demonstration) == (True, False)
    assert stat.S_IMODE(demo.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("demo", ["yes", "", "2"])
def test_demo_is_one_or_nought(tmp_path: Path, demo: str) -> None:
    with pytest.raises(CannotStart, match="DEMO is 1"):
        installation_for({"DEMO": demo, "HARROW_VAR_DIR": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


def test_secret_is_made_once_and_is_private(installation: Installation) -> None:
    first = secret_key(installation)
    assert len(first) >= 50
    assert secret_key(installation) == first
    assert stat.S_IMODE((installation.folder / "secret-key").stat().st_mode) == 0o600


def test_commands_are_told_where_the_service_is(installation: Installation) -> None:
    env = environment(
        installation, broker_url="redis://:it's@h/0", port=8123, environ={"HOME": "/home/me"}
    )
    told = tell_commands(installation, env)
    assert stat.S_IMODE(told.stat().st_mode) == 0o600
    text = told.read_text()
    assert f"HARROW_VAR_DIR='{installation.folder}'" in text
    assert "SITE_URL='http://127.0.0.1:8123'" in text
    assert "HOME" not in text


def test_taken_port_is_said_and_another_one_offered() -> None:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen()
        port = listener.getsockname()[1]
        with pytest.raises(CannotStart) as problem:
            port_from({"PORT": str(port)})
    message = str(problem.value)
    assert f"Port {port} is taken" in message
    offered = int(message.rpartition("PORT=")[2])
    assert why_not(offered) is None


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "80a"])
def test_port_is_a_number(port: str) -> None:
    with pytest.raises(CannotStart, match="number from 1 to 65535"):
        port_from({"PORT": port})


def test_second_start_is_refused_and_says_where_the_first_is(installation: Installation) -> None:
    holder = subprocess.Popen(
        [
            sys.executable, "-c",
            "import sys\n"
            "from pathlib import Path\n"
            "from config.running.installation import Installation, only_one\n"
            "with only_one(Installation(Path(sys.argv[1]), False), address='http://here/'):\n"
            "    print('held', flush=True)\n"
            "    sys.stdin.read()\n",
            str(installation.folder),
        ],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(CannotStart, match="http://here/") as problem, only_one(installation):
            pass
        assert f"kill {holder.pid}" in str(problem.value)
    finally:
        holder.kill()
        holder.communicate()
    with only_one(installation):
        pass


def test_process_that_ended_is_not_alive_before_it_is_fetched() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert not is_alive(process.pid)
    process.wait()
    assert is_alive(os.getpid())


@pytest.mark.parametrize(
    ("elapsed", "seconds"),
    [("00:07", 7), ("02:03", 123), ("01:02:03", 3723), ("2-01:02:03", 176_523)],
)
def test_age_of_a_process_is_read_in_each_of_its_forms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elapsed: str, seconds: int
) -> None:
    fake = tmp_path / "ps"
    fake.write_text(f"#!/bin/sh\necho 'Ss   {elapsed}'\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert started(4711) == pytest.approx(time.time() - seconds, abs=5)


def test_start_of_a_real_process_is_found() -> None:
    with subprocess.Popen(["/bin/sleep", "60"]) as process:
        assert started(process.pid) == pytest.approx(time.time(), abs=5)
        process.kill()
