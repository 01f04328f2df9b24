"""`make run`: starts the service on this machine, says where it is, and stops it at Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from environs import Env

from config.running import supervision
from config.running.broker import choose
from config.running.installation import (
    HOST,
    ROOT,
    CannotStart,
    Installation,
    environment,
    installation_for,
    only_one,
    port_from,
    tell_commands,
)
from config.running.steps import say
from config.running.stopping import stop_everything
from config.running.supervision import Program

#: How long the service may take until it answers, in seconds.
PATIENCE = 90

WITHOUT_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
CLOSING = """
Its data and logs are in {folder}. Commands work on it too:
  .venv/bin/python manage.py help
Ctrl-C stops everything."""


class Stopped(Exception):
    """Somebody asked the service to stop."""


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask_to_stop)
    Env().read_env(str(ROOT / ".env"), recurse=False)
    try:
        run(installation_for(os.environ))
    except CannotStart as problem:
        say(f"\n{problem}")
        return 1
    except Stopped:
        say("Stopped.")
    return 0


def ask_to_stop(number: int, _frame: object) -> None:
    # A second Ctrl-C would interrupt the stopping.
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    raise Stopped


def run(installation: Installation) -> None:
    """Prepares, starts, says where, and stays until asked to stop.

    Raises:
        CannotStart: something of it does not start; all of it is stopped again.
        Stopped: as asked; all of it is stopped.
    """
    started = time.monotonic()
    address = f"http://{HOST}:{os.environ.get('PORT') or 8000}/"
    with only_one(installation, address=address) as lock:
        stop_everything(installation)
        port = port_from(os.environ)
        broker = choose(installation.folder, environ=os.environ)
        env = environment(installation, broker_url=broker.url, port=port, environ=os.environ)
        tell_commands(installation, env)
        prepare(env)
        programs = supervision.programs(broker, port)
        with supervised(installation, programs, env, lock.fileno()) as supervisor:
            wait_until_it_answers(installation, supervisor, address)
            seconds = time.monotonic() - started
            say(f"\nHarrow Volunteering is ready: {address}  ({seconds:.0f} s)\n")
            subprocess.run([sys.executable, "-m", "config.running.welcome"], env=env, check=False)
            say(CLOSING.format(folder=installation.name))
            stay(installation, supervisor)


def prepare(env: dict[str, str]) -> None:
    """Brings database and files up to date, in a process of its own.

    Raises:
        CannotStart: it failed; what it said stands above.
    """
    done = subprocess.run(
        [sys.executable, "-m", "config.running.prepare"],
        # What it does is said in words; events would only come between.
        env={"LOG_LEVEL": "WARNING", **env},
        cwd=ROOT,
        check=False,
    )
    if done.returncode != 0:
        raise CannotStart("The preparation failed: see above. Nothing was started.")


@contextmanager
def supervised(
    installation: Installation, programs: list[Program], env: dict[str, str], lock: int
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs everything under the supervisor, and stops all of it at the end."""
    # The guard comes first. It holds the lock as well: a next start waits until all is stopped.
    guard = subprocess.Popen(
        [sys.executable, "-m", "config.running.stopping", str(installation.folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        start_new_session=True,
        pass_fds=[lock],
    )
    try:
        yield supervision.start(installation, programs, env)
    finally:
        say("\nStopping …")
        # Closes the pipe: the guard stops everything, as it would if this process were killed.
        guard.communicate()


def wait_until_it_answers(
    installation: Installation, supervisor: subprocess.Popen[bytes], address: str
) -> None:
    """Waits for the pages, and for every program to run.

    Raises:
        CannotStart: with the programs that do not run and the last lines of their logs.
    """
    say("Starting …")
    until = time.monotonic() + PATIENCE
    failures = 0
    while time.monotonic() < until and failures < 50 and supervisor.poll() is None:
        states = {info["statename"] for info in supervision.states(installation).values()}
        if states == {"RUNNING"} and answer_of(f"{address}health/") == "200":
            return
        # What dies at once is started again and again: it will not get better by waiting longer.
        failures += "BACKOFF" in states
        time.sleep(0.3)
    raise CannotStart(what_is_wrong(installation, answer_of(f"{address}health/")))


def answer_of(address: str) -> str:
    """The status that a page answers with, or why it does not answer."""
    try:
        with WITHOUT_PROXY.open(address, timeout=5) as answer:
            return str(answer.status)
    except urllib.error.HTTPError as problem:
        return f"{problem.code}: {problem.read(2000).decode(errors='replace')}"
    except OSError as problem:
        return str(problem)


def what_is_wrong(installation: Installation, answer: str) -> str:
    """What does not run or is not well, with the last lines of its log."""
    lines = [f"It does not get ready. Its page /health/ says: {answer}"]
    found = supervision.states(installation)
    if not found:
        lines.append(last_lines(installation.logs / "supervisor-start.log"))
    for name, info in found.items():
        if info["statename"] != "RUNNING":
            lines += [f"\n{name}: {info['description']}", last_lines(Path(info["stdout_logfile"]))]
    return "\n".join([*lines, f"\nMore is in {installation.name}/logs."])


def last_lines(path: Path, count: int = 15) -> str:
    """The end of a log, or that there is none."""
    if not path.exists():
        return f"  ({path.name} is empty)"
    return "\n".join(f"  {line}" for line in path.read_text(errors="replace").splitlines()[-count:])


def stay(installation: Installation, supervisor: subprocess.Popen[bytes]) -> None:
    """Stays until asked to stop, until the supervisor ends, or until `make` is gone.

    Raises:
        CannotStart: the supervisor ended by itself.
    """
    parent = os.getppid()
    while os.getppid() == parent:
        try:
            supervisor.wait(timeout=1)
        except subprocess.TimeoutExpired:
            continue
        raise CannotStart(
            f"The supervisor ended by itself: see {installation.name}/logs/supervisor.log"
        )
    raise Stopped


if __name__ == "__main__":
    sys.exit(main())
