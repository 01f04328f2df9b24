"""`manage.py load_demo`: load the demonstration borough."""

from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from core.clock import today
from demonstration import logins, wiping
from demonstration.borough import Loaded, load
from demonstration.kinds import role_kinds
from demonstration.models import Loading
from demonstration.plan import Plan

#: The smallest borough that has everything the logins need.
FEWEST = {"volunteers": 20, "organisations": 4, "opportunities": 4}
#: Kinds of role whose supply ÷ places is printed: some with many seekers, some with few.
SHOWN = ("reading-helper", "gardener", "food-bank", "befriender", "driver", "trustee")


class Command(BaseCommand):
    help = (
        "Loads a made-up borough: people, groups, roles and a season of applications. The same "
        "seed and day make the same borough. A borough that is loaded is left as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--volunteers", type=int, default=3000)
        parser.add_argument("--organisations", type=int, default=400)
        parser.add_argument("--opportunities", type=int, default=500)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--today", type=date.fromisoformat, help="load it as of this day (YYYY-MM-DD)"
        )
        parser.add_argument(
            "--replace", action="store_true", help="take away the loaded borough first"
        )
        parser.add_argument(
            "--beside-real-people",
            action="store_true",
            help="load it although there are volunteers or groups that it did not make; nobody "
            "of the made-up borough can then sign in",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        plan = self._plan(options)
        loaded_before = Loading.objects.first()
        if loaded_before is not None and not options["replace"]:
            self.stdout.write(
                f"The demonstration borough is loaded already ({loaded_before}). Nothing was "
                "changed; --replace loads it anew."
            )
            return
        beside = wiping.real_people()
        if beside and not options["beside_real_people"]:
            raise CommandError(
                "There are volunteers or groups here that the demonstration did not make. "
                "Nothing was changed. To load it beside them all the same, say "
                "--beside-real-people; nobody of the made-up borough can then sign in."
            )
        loaded = load(plan, replace=options["replace"], with_logins=not beside, progress=self._bar)
        self._report(loaded)
        if not beside:
            self.stdout.write(logins.table())

    def _plan(self, options: dict[str, Any]) -> Plan:
        for what, fewest in FEWEST.items():
            if options[what] < fewest:
                raise CommandError(f"--{what} has to be {fewest} or more.")
        sizes = {what: options[what] for what in FEWEST}
        return Plan(**sizes, seed=options["seed"], today=options["today"] or today())

    def _report(self, loaded: Loaded) -> None:
        self.stdout.write(
            f"{loaded.volunteers} volunteers, {loaded.organisations} groups, "
            f"{loaded.opportunities} roles ({_counts(loaded.statuses)}), "
            f"{loaded.applications.total()} applications ({_counts(loaded.applications)})."
        )
        overall = loaded.seekers_for_each_place()
        self.stdout.write(
            f"{loaded.seekers.total()} people look for a role, {loaded.places.total()} places are "
            f"left: {_ratio(overall)} people for each place."
        )
        by_kind = ", ".join(
            f"{role_kinds()[kind].titles[0]} {_ratio(loaded.seekers_for_each_place(kind))}"
            for kind in SHOWN
        )
        self.stdout.write(f"By kind: {by_kind}.")
        self.stdout.write(
            "A full ranking is asked for: the running service does it by itself; without one, run "
            "“manage.py rank”."
        )

    def _bar(self, rows: Iterable[Any], label: str) -> Iterable[Any]:
        """A progress bar on a terminal, nothing elsewhere."""
        return tqdm(rows, desc=label, disable=None, leave=False)


def _counts(counted: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(counted.items()))


def _ratio(value: float | None) -> str:
    return "no place" if value is None else f"{value:.1f}"
