"""Brings an installation's database and files up to date before its processes start.

Runs as a process of its own: `python -m config.running.prepare`. Each step is quick when there is
nothing to do, and an interrupted first start goes on where it stopped.
"""

import hashlib
import io
import os
import sys
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from config.running.installation import ROOT
from config.running.steps import say

DEMONSTRATION = {"volunteers": 3000, "organisations": 400, "opportunities": 500, "seed": 1}


def bring_database_up_to_date() -> None:
    """Migrates, and makes the table that the cache is kept in."""
    from django.db import connection  # noqa: PLC0415  - only after django.setup()
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing the database up to date …")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def collect_static_files() -> None:
    """Collects and compresses the static files when one of the sources has changed."""
    sources = hashlib.sha256()
    for path in (ROOT / "requirements.txt", *settings.STATICFILES_DIRS[0].rglob("*")):
        if path.is_file():
            sources.update(path.read_bytes())
    stamp = Path(settings.STATIC_ROOT) / ".made-from"
    if stamp.exists() and stamp.read_text() == sources.hexdigest():
        return
    say("Collecting the static files …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, stdout=io.StringIO())
    stamp.write_text(sources.hexdigest())


def load_demonstration() -> None:
    """Loads the demonstration borough and ranks it, each unless it is there."""
    from matching.models import Recommendation  # noqa: PLC0415  - only after django.setup()
    from volunteers.models import Volunteer  # noqa: PLC0415

    if not Volunteer.objects.exists():
        say("Loading the demonstration borough (about a minute, at the first start only) …")
        call_command("load_demo", **DEMONSTRATION, stdout=io.StringIO())
    if not Recommendation.objects.exists():
        say("Ranking roles for everybody …")
        call_command("rank", quiet=not sys.stderr.isatty(), stdout=io.StringIO())


def main() -> int:
    started = time.monotonic()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    bring_database_up_to_date()
    collect_static_files()
    if settings.DEMO:
        load_demonstration()
    if time.monotonic() - started > 10:
        say(f"  done in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
