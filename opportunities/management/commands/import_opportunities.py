"""`manage.py import_opportunities FILE --mapping NAME`: bring in roles from a CSV or XLSX file."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.models import User
from opportunities.importing import mapping as mappings
from opportunities.importing.check import Checked, check
from opportunities.importing.mapping import Mapping, MappingError
from opportunities.importing.reading import UnreadableFile
from opportunities.services import imports

T = TypeVar("T")


class Command(BaseCommand):
    help = (
        "Reads roles from a CSV or XLSX file, checks each row, says line by line which it refuses "
        "and why, and writes the others, all or none."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--mapping",
            required=True,
            help=f"what the columns mean: {', '.join(mappings.names())}, or a TOML file of yours",
        )
        parser.add_argument("--dry-run", action="store_true", help="check only, change nothing")
        parser.add_argument(
            "--reopen", action="store_true", help="open roles whose last day is over as of today"
        )
        parser.add_argument("--by", metavar="EMAIL", help="in whose name, for the audit trail")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            mapping = mappings.load(options["mapping"])
            checked = check(options["file"], mapping, progress=self._bar("Checking", options))
        except (MappingError, UnreadableFile) as error:
            raise CommandError(str(error)) from error
        self._report(checked)
        if options["dry_run"]:
            self.stdout.write("Nothing was changed (--dry-run).")
            return
        self._write(checked, mapping, options)

    def _report(self, checked: Checked) -> None:
        for refusal in checked.refused:
            self.stdout.write(
                f"line {refusal.line}: refused: {'; '.join(refusal.reasons)} “{refusal.title}”"
            )
        self.stdout.write(
            f"{checked.rows} rows read: {len(checked.roles)} good, "
            f"{len(checked.refused)} refused, {checked.placeless} without a known place."
        )

    def _write(self, checked: Checked, mapping: Mapping, options: dict[str, Any]) -> None:
        written = imports.write(
            checked.roles,
            mapping=mapping,
            by=self._person(options["by"]),
            reopen=options["reopen"],
            progress=self._bar("Writing", options),
        )
        self.stdout.write(
            f"{written.made} roles made, {written.changed} brought up to date, "
            f"{written.groups} new groups. {written.open} are open."
        )
        if written.past:
            self.stdout.write(
                f"{written.past} are past and closed. To open them as of today, run this again "
                "with --reopen."
            )
        if written.open:
            self.stdout.write(
                "A full ranking is asked for: the running service does it by itself; "
                "without one, run “manage.py rank”."
            )

    def _person(self, email: str | None) -> User | None:
        if not email:
            return None
        try:
            return User.objects.get_by_natural_key(email)
        except User.DoesNotExist:
            raise CommandError(f"Nobody has the address {email}.") from None

    def _bar(self, label: str, options: dict[str, Any]) -> Callable[[Iterable[T]], Iterable[T]]:
        """A progress bar on a terminal, nothing elsewhere."""
        return lambda rows: tqdm(rows, desc=label, unit=" rows", disable=None, leave=False)
