"""Rank all roles for everybody."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from matching.models import RankingRun
from matching.services import runs


class Command(BaseCommand):
    help = (
        "Rank all open roles for everybody, here and now. A ranking that is going on is joined, "
        "one that broke off is finished."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--queue", action="store_true", help="leave the work to the workers, and watch them"
        )
        parser.add_argument("--quiet", action="store_true", help="show no progress")

    def handle(self, *args: Any, queue: bool, quiet: bool, **options: Any) -> None:
        run = runs.request(by=None)
        progress = runs.follow(run) if queue else runs.work_on(run)
        with tqdm(unit="lists", disable=quiet, file=sys.stderr) as bar:
            try:
                for run in progress:
                    bar.total = run.people + run.roles or None
                    bar.update(run.people_done + run.roles_done - bar.n)
            except runs.RunStuckError as error:
                raise CommandError(
                    "A part of the ranking failed too often and was set aside. "
                    "The log says why; let it be tried again from the volunteer centre's page."
                ) from error
        self.stdout.write(_outcome(run))


def _outcome(run: RankingRun) -> str:
    if run.state == RankingRun.State.SUPERSEDED:
        return f"Ranking {run.pk} was overtaken by a newer one."
    if not (run.started_at and run.finished_at):
        return f"Ranking {run.pk} is not over."
    seconds = (run.finished_at - run.started_at).total_seconds()
    return (
        f"Ranking {run.pk}: lists for {run.people} people and {run.roles} roles "
        f"in {seconds:.1f} s, model {run.model_version}."
    )
