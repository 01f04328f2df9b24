"""Print the figures of a period, as they may be shown."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.clock import today
from insights.disclosure import Shown
from insights.measures import MEASURES, Measure
from insights.measures.dimensions import DIMENSIONS
from insights.periods import Period
from insights.selectors.published import published
from insights.services import figures
from insights.wording import explained, in_words


class Command(BaseCommand):
    help = "Print every figure of a month (2026-10) or a year from April (2026-27)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", help="such as 2026-10 or 2026-27; without it, this month")
        parser.add_argument("--by", help="one dimension, such as ward; without it, all")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["by"] and options["by"] not in DIMENSIONS:
            there_are = ", ".join(each.code for each in DIMENSIONS)
            raise CommandError(f"There is no dimension “{options['by']}”. There are: {there_are}.")
        try:
            period = (
                Period.of_code(options["period"]) if options["period"] else Period.month_of(today())
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        figures.refresh_of(period)
        found = published([period]).get(period)
        if found is None:
            raise CommandError(f"There are no figures of {period.code}.")
        self.stdout.write(f"{period.code}, {'closed' if found.closed else 'still running'}")
        reasons: list[str] = []
        for measure in MEASURES:
            total = found.total(measure)
            self.stdout.write(f"{_text(measure, total):>10}  {measure.title} ({measure.unit})")
            whys = {total.why}
            for dimension in [options["by"]] if options["by"] else measure.by:
                rows = found.split(measure, dimension)
                if rows:
                    self.stdout.write(f"{'':>12}by {DIMENSIONS[dimension].title}")
                for row in rows:
                    self.stdout.write(f"{_text(measure, row.shown):>14}  {row.label}")
                whys |= {row.shown.why for row in rows}
            reasons += explained(measure, whys)
        if not found.closed:
            self.stdout.write("Splits are published when the period is closed.")
        for reason in dict.fromkeys(reasons):
            self.stdout.write(reason)


def _text(measure: Measure, shown: Shown) -> str:
    if shown.value is not None:
        return f"{shown.value:g}"
    return f"[{shown.why}]" if shown.more_than is None else f"[{in_words(measure, shown)}]"
