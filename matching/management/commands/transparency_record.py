"""Write the algorithmic transparency record of this code, or check the one that is written."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from matching.transparency import written


class Command(BaseCommand):
    help = (
        "Write docs/reference/transparency.json and .md: what the code that ranks does, field by "
        "field of the UK Algorithmic Transparency Recording Standard."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing, fail if what is written is stale"
        )
        parser.add_argument(
            "--folder",
            type=Path,
            default=Path(settings.BASE_DIR, "docs", "reference"),
            help="where they are (docs/reference)",
        )

    def handle(self, *args: Any, check: bool, folder: Path, **options: Any) -> None:
        record = {folder / name: content for name, content in written().items()}
        if not check:
            for path, content in record.items():
                path.write_text(content, encoding="utf-8")
                self.stdout.write(f"{path} written")
            return
        stale = [path for path, content in record.items() if _read(path) != content]
        if stale:
            names = " and ".join(map(str, stale))
            raise CommandError(
                f"{names} no longer says what the code does: run manage.py transparency_record."
            )
        self.stdout.write("The record says what the code does.")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
