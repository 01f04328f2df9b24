"""One installation on this machine: its folder, its secret, its environment, and that it runs once.

The demonstration and an empty service each have a folder of their own (var/demo, var/service), with
a database, a broker and logs of their own: what is made up never mixes with what people entered.
"""

import contextlib
import fcntl
import json
import os
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
#: How long a start waits for one that is just stopping, in seconds.
PATIENCE = 30


class CannotStart(Exception):
    """Why the service does not start, in words for the person who typed `make run`."""


@dataclass(frozen=True)
class Installation:
    """Where the files of one installation are."""

    folder: Path
    is_demonstration: bool

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def pids(self) -> Path:
        """One file for each process that was started, with its id, which is its group's too."""
        return self.folder / "pids"

    @property
    def name(self) -> str:
        """The folder as people type it."""
        inside = self.folder.is_relative_to(ROOT)
        return str(self.folder.relative_to(ROOT) if inside else self.folder)


def installation_for(environ: Mapping[str, str]) -> Installation:
    """The installation that DEMO (1 unless said otherwise) and HARROW_VAR_DIR ask for.

    Its folders are made, readable by their owner only.

    Raises:
        CannotStart: DEMO is neither 0 nor 1.
    """
    demo = environ.get("DEMO", "1")
    if demo not in {"0", "1"}:
        raise CannotStart(f"DEMO is 1 (with a demonstration borough) or 0 (empty), not {demo!r}.")
    var = Path(environ.get("HARROW_VAR_DIR") or ROOT / "var").resolve()
    installation = Installation(var / ("demo" if demo == "1" else "service"), demo == "1")
    for folder in (installation.folder, installation.logs, installation.pids):
        folder.mkdir(parents=True, exist_ok=True)
    installation.folder.chmod(0o700)
    return installation


def secret_key(installation: Installation) -> str:
    """The installation's own secret, made at its first start."""
    path = installation.folder / "secret-key"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(50))
    return path.read_text().strip()


def write_private(path: Path, text: str) -> None:
    """Writes a file that only its owner may read, in one step: nobody finds half of it."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.rename(path)


def environment(
    installation: Installation, *, broker_url: str, port: int, environ: Mapping[str, str]
) -> dict[str, str]:
    """What the processes get to know, beside what the shell already says."""
    return {
        **environ,
        "HARROW_VAR_DIR": str(installation.folder),
        "HARROW_LOCAL": "1",
        "HARROW_DEMO": "1" if installation.is_demonstration else "0",
        "SECRET_KEY": environ.get("SECRET_KEY") or secret_key(installation),
        "REDIS_URL": broker_url,
        "SITE_URL": f"http://{HOST}:{port}",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
    }


#: What a command typed by hand must know, to work on the service that `make run` started.
TOLD_TO_COMMANDS = (
    *("HARROW_VAR_DIR", "HARROW_LOCAL", "HARROW_DEMO", "SECRET_KEY", "REDIS_URL", "SITE_URL"),
    "DATABASE_URL",
)


def tell_commands(installation: Installation, env: Mapping[str, str]) -> Path:
    """Leaves the environment of the service started last in a file beside the installation.

    config/environment.py looks for it in var/, where installations are unless said otherwise.
    """
    lines = [f"{name}='{env[name]}'" for name in TOLD_TO_COMMANDS if env.get(name)]
    path = installation.folder.parent / "local.env"
    write_private(path, "\n".join(lines) + "\n")
    return path


def port_from(environ: Mapping[str, str]) -> int:
    """The port that PORT asks for, 8000 unless said otherwise, if nobody else has it.

    Raises:
        CannotStart: PORT is no port, or is taken; the message offers one that is free.
    """
    text = environ.get("PORT") or "8000"
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise CannotStart(f"PORT is a number from 1 to 65535, not {text!r}.")
    port = int(text)
    problem = why_not(port)
    if problem is None:
        return port
    free = next((other for other in range(8001, 8100) if why_not(other) is None), None)
    offer = f"Another one is free:  make run PORT={free}" if free else "Choose another: PORT=…"
    raise CannotStart(f"Port {port} {problem}. {offer}")


def why_not(port: int) -> str | None:
    """Why nobody can listen on `port` of this machine; None when it is free."""
    with socket.socket() as listener:
        # As the web server does: a port whose last connections are dying counts as free.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except PermissionError:
            return "is for the administrator of this machine only"
        except OSError:
            return "is taken by another program"
    return None


@contextlib.contextmanager
def only_one(installation: Installation, **about: Any) -> Iterator[IO[str]]:
    """Holds the installation's lock, and gives the open file, which can be handed to a child.

    `about` is left in it for whoever comes second.

    Raises:
        CannotStart: it runs already; the message says where.
    """
    with (installation.folder / "lock").open("a+") as file:
        wait_for_lock(file, installation)
        file.seek(0)
        file.truncate()
        json.dump({**about, "pid": os.getpid()}, file)
        file.flush()
        yield file


def wait_for_lock(file: IO[str], installation: Installation) -> None:
    """Takes the lock; waits for one that is just stopping, not for one that runs."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = json.loads(file.read() or "{}")
            if is_alive(holder.get("pid", 0)) or time.monotonic() > until:
                raise CannotStart(
                    f"It runs already ({installation.name}): {holder.get('address', '')}\n"
                    f"Stop it with Ctrl-C where it was started, or with:  kill {holder.get('pid')}"
                ) from None
            time.sleep(0.2)
        else:
            return


def is_alive(pid: int) -> bool:
    """Whether a process of that id runs; one that has ended and was not fetched yet does not."""
    return started(pid) is not None


def started(pid: int) -> float | None:
    """When a process began, in whole seconds since 1970; None when none of that id runs."""
    if pid <= 0:
        return None
    answer = subprocess.run(
        ["ps", "-o", "stat=", "-o", "etime=", "-p", str(pid)],  # noqa: S607  - its place differs
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    if len(answer) != 2 or answer[0].startswith("Z"):
        return None
    # [[days-]hours:]minutes:seconds
    days, _, clock = answer[1].rpartition("-")
    elapsed = int(days or 0) * 86_400
    for position, part in enumerate(reversed(clock.split(":"))):
        elapsed += int(part) * 60**position
    # Of a process that began in this moment, ps can give a negative time that wrapped around.
    return time.time() - (elapsed if elapsed < time.time() else 0)
