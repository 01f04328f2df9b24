"""Print the figures of a period, as they may be shown."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.clock import today
from insights.disclosure import Shown
from insights.measures import MEASURES, Measure
from insights.measures.dimensions import DIMENSIONS
from insights.periods import Period
from insights.selectors.published import Published, published
from insights.services import figures
from insights.wording import explained, in_a_file, in_words


class Command(BaseCommand):
    help = (
        "Print the figures of a month (2026-10) or a year from April (2026-27), each with what it "
        "is split by, in the words of the pages; what words instead of a number mean stands at the "
        "end. With --json as data, where “*” is fewer than 8 people, “–” kept back, “360+” more "
        "than so many days, and nothing where there is no figure."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", help="such as 2026-10 or 2026-27; without it, this month")
        parser.add_argument("--measure", help="one figure, such as people_waiting; without it, all")
        parser.add_argument("--by", help="one dimension, such as ward; without it, all")
        parser.add_argument("--totals", action="store_true", help="no splits")
        parser.add_argument("--json", action="store_true", help="as data, for another program")

    def handle(self, *args: Any, **options: Any) -> None:
        measures = _chosen(options["measure"])
        if options["by"] and options["by"] not in DIMENSIONS:
            there_are = ", ".join(each.code for each in DIMENSIONS)
            raise CommandError(f"There is no dimension “{options['by']}”. There are: {there_are}.")
        found = _figures_of(options["period"])
        splits = [] if options["totals"] else [options["by"]] if options["by"] else None
        if options["json"]:
            said = [_as_data(found, measure, splits) for measure in measures]
            written = {"period": found.period.code, "closed": found.closed, "figures": said}
            self.stdout.write(json.dumps(written, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{found.period.code}, {'closed' if found.closed else 'still running'}")
        reasons: list[str] = []
        for measure in measures:
            for line in _lines(found, measure, splits):
                self.stdout.write(line)
            reasons += explained(measure, set(_whys(found, measure, splits)))
        if not found.closed:
            self.stdout.write("Splits are published when the period is closed.")
        for reason in dict.fromkeys(reasons):
            self.stdout.write(reason)


def _chosen(code: str | None) -> list[Measure]:
    if code and code not in MEASURES:
        there_are = ", ".join(measure.code for measure in MEASURES)
        raise CommandError(f"There is no figure “{code}”. There are: {there_are}.")
    return [MEASURES[code]] if code else list(MEASURES)


def _figures_of(code: str | None) -> Published:
    try:
        period = Period.of_code(code) if code else Period.month_of(today())
    except ValueError as error:
        raise CommandError(str(error)) from error
    figures.refresh_of(period)
    found = published([period]).get(period)
    if found is None:
        raise CommandError(f"There are no figures of {period.code}.")
    return found


def _rows(
    found: Published, measure: Measure, splits: Sequence[str] | None
) -> Iterator[tuple[str, list[tuple[str, str, Shown]]]]:
    """Of each split that is published: its dimension, and code, label and figure of its rows."""
    for dimension in measure.by if splits is None else splits:
        if rows := found.split(measure, dimension):
            yield dimension, [(row.code, row.label, row.shown) for row in rows]


def _whys(found: Published, measure: Measure, splits: Sequence[str] | None) -> Iterator[Any]:
    yield found.total(measure).why
    for __, rows in _rows(found, measure, splits):
        yield from (shown.why for *__, shown in rows)


def _lines(found: Published, measure: Measure, splits: Sequence[str] | None) -> Iterator[str]:
    yield ""
    yield f"{measure.title}: {in_words(measure, found.total(measure))}  ({measure.code})"
    for dimension, rows in _rows(found, measure, splits):
        yield f"  By {str(DIMENSIONS[dimension].title).lower()}"
        width = max(len(row[1]) for row in rows)
        for _code, label, shown in rows:
            yield f"    {label:<{width}}  {in_words(measure, shown)}"


def _as_data(found: Published, measure: Measure, splits: Sequence[str] | None) -> dict[str, Any]:
    return {
        "measure": measure.code,
        "unit": str(measure.unit),
        "value": in_a_file(measure, found.total(measure)),
        "by": {
            dimension: {code: in_a_file(measure, shown) for code, __, shown in rows}
            for dimension, rows in _rows(found, measure, splits)
        },
    }
