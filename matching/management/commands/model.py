"""The weights of the ranking: which there are, learn new ones, go back to older ones."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import NotFound
from matching import selectors
from matching.models import LearnedWeights
from matching.services import weights


class Command(BaseCommand):
    help = "The weights of the ranking: list versions, show one, learn now, or go back to one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("list", help="all versions, newest first")
        actions.add_parser("learn", help="learn now, and use it if it is no worse")
        show = actions.add_parser("show", help="everything about one version, as JSON")
        show.add_argument("version", type=int)
        back = actions.add_parser(
            "back", help="rank with the version before, or with one by number"
        )
        back.add_argument(
            "version",
            type=int,
            nargs="?",
            help="number of a version, 0 for the priors; left out: the one before",
        )

    def handle(self, *args: Any, action: str, version: int | None = None, **options: Any) -> None:
        try:
            if action == "list":
                self._list()
            elif action == "learn":
                self._learn()
            elif action == "show":
                self._show(version or 0)
            else:
                self._back(version)
        except NotFound as error:
            raise CommandError(str(error)) from error

    def _list(self) -> None:
        versions = list(selectors.model_history())
        for row in versions:
            self.stdout.write(_line(row))
        if not any(row.state == LearnedWeights.State.ACTIVE for row in versions):
            self.stdout.write("The priors are in use.")

    def _learn(self) -> None:
        lesson = weights.learn(by=None)
        read = f"{lesson.outcomes} outcomes of {lesson.showings} showings"
        if lesson.version is None:
            self.stdout.write(
                f"Nothing changes: {lesson.verdict} ({read}; {lesson.needed} outcomes are needed)."
            )
            return
        self.stdout.write(f"Learned from {read}.")
        self.stdout.write(_line(lesson.version))

    def _show(self, number: int) -> None:
        row = selectors.model_version(number)
        fields = {
            field.name: getattr(row, field.attname)
            for field in LearnedWeights._meta.concrete_fields
        }
        self.stdout.write(json.dumps(fields, indent=2, default=str))

    def _back(self, number: int | None) -> None:
        was, now_is = weights.go_back(number, by=None)
        if was == now_is:
            self.stdout.write(f"{_name(now_is)} in use already.")
            return
        instead = f"version {was}" if was else "the priors"
        self.stdout.write(f"{_name(now_is)} in use instead of {instead}. A ranking was asked for.")


def _line(row: LearnedWeights) -> str:
    judged = ("choice_loss", "ndcg", "brier")
    quality = " ".join(
        f"{name} {_number(row, 'learned', name)} ({_number(row, 'in_use', name)})"
        for name in judged
    )
    return (
        f"{row.pk:>4}  {row.learned_at:%Y-%m-%d}  {row.state:<8} {row.get_why_display()}; "
        f"{row.outcomes} outcomes; {quality}"
    )


def _number(row: LearnedWeights, of: str, name: str) -> str:
    value = row.metrics[of][name]
    return "-" if value is None else f"{value:.4f}"


def _name(number: int) -> str:
    return f"Version {number} is" if number else "The priors are"
