"""Print the figures of a period, as they may be shown."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.clock import today
from insights.measures import MEASURES
from insights.periods import Period
from insights.selectors.published import published
from insights.services import figures


class Command(BaseCommand):
    help = "Print every figure of a month (2026-10) or a year from April (2026-27)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", help="such as 2026-10 or 2026-27; without it, this month")
        parser.add_argument("--by", help="a dimension to split by, such as ward")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = (
                Period.of_code(options["period"]) if options["period"] else Period.month_of(today())
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        figures.refresh(period)
        found = published([period])[period]
        self.stdout.write(f"{period.code}, {'closed' if found.closed else 'still running'}")
        for measure in MEASURES:
            self.stdout.write(
                f"{_text(found.total(measure)):>10}  {measure.title} ({measure.unit})"
            )
            for row in found.split(measure, options["by"]) if options["by"] else ():
                self.stdout.write(f"{_text(row.shown):>14}  {row.label}")


def _text(shown: Any) -> str:
    return f"{shown.value:g}" if shown.value is not None else f"[{shown.why}]"
