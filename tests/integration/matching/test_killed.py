"""A ranking that is killed in the middle is finished by whoever comes next."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from core.models import Fact
from matching.models import RankingBlock, RankingRun, Recommendation, Shortlist
from matching.services import runs
from tests.factories.matching import borough

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PEOPLE, ROLES = 180, 30
#: `manage.py rank` with blocks so small that few people make several.
PEOPLE_IN_A_BLOCK = 30
RANK = f"""
import django
django.setup()
from django.core.management import call_command
from matching.ranking import text
from matching.recommender import runs
text.meaning_blocks = lambda threads=1: []  # as in the other tests: encoders take seconds to load
runs.PEOPLE_IN_A_BLOCK = {PEOPLE_IN_A_BLOCK}
call_command("rank", quiet=True)
"""


def command(var_dir: Path) -> subprocess.Popen[str]:
    """`manage.py rank` on the database of this test."""
    of = connection.settings_dict
    url = (
        f"sqlite:///{of['NAME']}"
        if connection.vendor == "sqlite"
        else f"postgres://{of['USER']}:{of['PASSWORD']}@{of['HOST']}:{of['PORT']}/{of['NAME']}"
    )
    return subprocess.Popen(
        [sys.executable, "-c", RANK],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": url,
            "HARROW_VAR_DIR": str(var_dir),
            "HARROW_LOCAL": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_killed_ranking_is_finished_by_the_next(tmp_path: Path) -> None:
    borough(people=PEOPLE, roles=ROLES)
    run = runs.request(by=None)
    first = command(tmp_path)
    deadline = time.monotonic() + 240
    while not run.people_done and time.monotonic() < deadline:
        assert first.poll() is None, first.communicate()
        time.sleep(0.01)
        run.refresh_from_db()
    first.send_signal(signal.SIGKILL)
    first.communicate()
    run.refresh_from_db()
    assert 0 < run.people_done < PEOPLE
    assert run.state == RankingRun.State.RUNNING
    assert run.blocks.filter(kind=RankingBlock.Kind.PEOPLE).count() == PEOPLE / PEOPLE_IN_A_BLOCK
    done = set(run.blocks.filter(done_at__isnull=False).values_list("pk", "done_at"))

    second = command(tmp_path)
    printed, errors = second.communicate(timeout=300)
    assert second.returncode == 0, errors
    assert f"Ranking {run.pk}: lists for {PEOPLE} people and {ROLES} roles" in printed

    run.refresh_from_db()
    assert run.state == RankingRun.State.DONE
    assert (run.people_done, run.roles_done) == (PEOPLE, ROLES)
    assert RankingRun.objects.count() == 1
    assert Recommendation.objects.count() == PEOPLE
    assert Shortlist.objects.count() == ROLES
    # What was done before was not done again.
    assert done <= set(run.blocks.values_list("pk", "done_at"))
    # At most the block at hand was handed on, or was written just before the end.
    # Invitations of the plan wait for their turn to be sent.
    undone = Fact.objects.exclude(state=Fact.State.DONE).exclude(kind="invitation.made")
    assert undone.count() <= 1
    assert Fact.objects.filter(attempts__gt=0).count() <= 1
