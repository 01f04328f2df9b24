"""The service as benchmarks run it: a PostgreSQL database that may be emptied, a broker,
a relay and a Celery worker as processes of their own.
"""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command

WORKER_PROCESSES = 2
#: Roles of the demonstration borough for each that is open.
ROLES_FOR_EACH_OPEN = 2.0
_WORKER = (
    *("celery", "--app", "worker.app", "worker", "--concurrency", str(WORKER_PROCESSES)),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
)


@contextmanager
def environment() -> Iterator[None]:
    """Django on the database of DATABASE_URL, with a broker of its own or that of REDIS_URL.

    The database's name has to end in "benchmark", since it is emptied; ends the program if not.
    """
    if not os.environ.get("DATABASE_URL", "").endswith("benchmark"):
        sys.exit("DATABASE_URL has to name a database that may be emptied: “…benchmark”.")
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"HARROW_LOCAL": "1", "HARROW_VAR_DIR": folder, "OMP_NUM_THREADS": "1"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        from config.running import broker as brokers  # noqa: PLC0415  - reads the environment

        broker = brokers.choose(Path(folder), environ=os.environ)
        os.environ["REDIS_URL"] = broker.url
        with _process(broker.command) if broker.command else _nothing():
            django.setup()
            yield


def load(volunteers: int, open_roles: int) -> None:
    """Make the demonstration borough in an empty database, with about so many open roles."""
    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)
    from django.apps import apps  # noqa: PLC0415  - after setup
    from django.db.models.signals import post_migrate  # noqa: PLC0415

    for app in apps.get_app_configs():  # the taxonomy is loaded after each migrate
        if app.models_module:
            post_migrate.send(
                sender=app, app_config=app, verbosity=0, interactive=False, using="default"
            )
    call_command(
        "load_demo",
        volunteers=volunteers,
        organisations=max(open_roles // 3, 4),
        opportunities=int(open_roles * ROLES_FOR_EACH_OPEN),
        stdout=open(os.devnull, "w"),  # noqa: SIM115  - ends with the program
    )


@contextmanager
def workers() -> Iterator[None]:
    """A relay and a worker with two processes."""
    with (
        _process([sys.executable, "manage.py", "relay"]),
        _process([sys.executable, "-m", *_WORKER]),
    ):
        yield


def seconds_of_children() -> float:
    """Processor seconds of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def _process(command: Sequence[str]) -> Iterator[None]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _nothing() -> Iterator[None]:
    yield
