"""Simulate seasons of applying under several policies."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from matching.recommender import season


class Command(BaseCommand):
    help = (
        "Simulate seasons over real role texts: people choose by a taste that no policy sees, "
        "groups answer late or never. Prints for each policy the mean over seeds ± the standard "
        "deviation. The same arguments give the same figures. Needs no database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help='CSV of roles: "NYC Service: Volunteer Opportunities"'
        )
        parser.add_argument(
            "--world", nargs="+", choices=list(season.WORLDS), default=["reference"]
        )
        parser.add_argument(
            "--supply", nargs="+", type=float, default=[1, 2, 4], help="people for each place"
        )
        parser.add_argument("--seeds", type=int, default=5, help="how many seasons of each")
        every = [*season.POLICIES, *season.MORE_POLICIES, *season.CAUSES]
        parser.add_argument(
            "--policies",
            nargs="+",
            choices=every,
            default=list(season.POLICIES),
            metavar="KEY",
            help=f"which take part, of: {', '.join(every)}",
        )
        parser.add_argument(
            "--causes",
            action="store_true",
            help="what bounds our policy: the same with one bound taken away in each",
        )
        parser.add_argument(
            "--suitability",
            choices=["words", "text"],
            default="words",
            help="what policies are told: words (fast), or all by which the service compares texts",
        )
        parser.add_argument("--processes", type=int, default=2)
        parser.add_argument("--json", action="store_true", help="print JSON instead of tables")

    def handle(
        self,
        *args: Any,
        file: Path,
        world: list[str],
        supply: list[float],
        seeds: int,
        policies: list[str],
        causes: bool,
        suitability: season.Suitability,
        processes: int,
        **options: Any,
    ) -> None:
        if seeds < 1 or processes < 1 or min(supply) <= 0:
            raise CommandError("--seeds, --processes and --supply have to be above 0")
        if causes:
            policies = [season.BASELINE, season.OURS, *season.CAUSES]
        trials = season.Trials(file, world, supply, seeds, policies, suitability, processes)
        results = []
        with tqdm(total=len(trials.each), unit="seasons", file=sys.stderr) as bar:
            try:
                for result in season.tried(trials):
                    results.append(result)
                    bar.update()
            except (OSError, season.SeasonDataError) as error:
                raise CommandError(f"{file} cannot be used: {error}") from error
        reports = season.reported(results)
        if options["json"]:
            content = {"file": file.name, "suitability": suitability, "seasons": reports}
            self.stdout.write(json.dumps(content, indent=2, default=asdict))
            return
        for report in reports:
            self.stdout.write("\n".join(_tables(report)))


def _tables(report: dict[str, Any]) -> list[str]:
    """Markdown: one table of all policies, one for each kind of people and groups, the odds."""
    oracle = report["oracle"]
    lines = [
        f"## World {report['world']}, {report['supply']:g} people for each place, "
        f"{len(report['seeds'])} seeds",
        "",
        "Best possible, knowing everybody's taste: places filled "
        f"{_figure(oracle['places_filled'], 'share')}, welfare "
        f"{_figure(oracle['welfare'], 'number')}.",
        "",
        *_table((*season.COLUMNS, *season.GAPS), report["policies"]),
    ]
    for heading, columns in season.GROUPS_OF_COLUMNS.items():
        lines += [f"{heading.capitalize()}:", "", *_table(columns, report["policies"])]
    return [*lines, *_worse_off(report["worse_off"]), *_odds(report["odds"])]


def _worse_off(worse: dict[str, dict[str, float | None]] | None) -> list[str]:
    if worse is None:
        return []
    headings = {
        column.key: f"{heading}, {column.heading}"
        for heading, columns in season.GROUPS_OF_COLUMNS.items()
        for column in columns
    }
    kinds = [f"{headings[key]} ({_figure(of, 'share')})" for key, of in worse.items()]
    return [f"Worse off under ours than under similarity: {'; '.join(kinds) or 'nobody'}.", ""]


def _table(columns: tuple[season.Column, ...], rows: list[season.Row]) -> list[str]:
    lines = [
        "| policy | " + " | ".join(column.heading for column in columns) + " |",
        "| --- |" + " --- |" * len(columns),
    ]
    for row in rows:
        figures = (_figure(row.measures[column.key], column.unit) for column in columns)
        lines.append(f"| {row.name} | {' | '.join(figures)} |")
    return [*lines, ""]


def _figure(of: dict[str, float | None], unit: str) -> str:
    if of["mean"] is None:
        return "–"
    factor, digits, sign = (100, 1, " %") if unit == "share" else (1, 2, "")
    spread = "" if of["sd"] is None else f" ± {factor * of['sd']:.{digits}f}"
    return f"{factor * of['mean']:.{digits}f}{spread}{sign}"


def _odds(odds: dict[str, Any] | None) -> list[str]:
    if odds is None:
        return []
    lines = []
    for key, heading in (
        ("all", "Odds of all applications under ours"),
        ("with_a_record", "Of those made when some group had answered already"),
    ):
        of = odds[key]
        if not of["applications"]:
            continue
        lines += [
            f"{heading}: {of['applications']} ({of['withdrawn']} more were withdrawn), mean chance "
            f"{of['mean_chance']:.3f}, became places {of['became_places']:.3f}, Brier score "
            f"{of['brier']:.3f} (naming the mean {of['brier_of_mean']:.3f}), expected calibration "
            f"error {of['error']:.3f}.",
            "",
            "| chance from | applications | mean chance | became places |",
            "| --- | --- | --- | --- |",
            *(
                f"| {b['from']:.1f} | {b['applications']} | {b['chance']:.3f} | "
                f"{b['became_places']:.3f} |"
                for b in of["bins"]
            ),
            "",
        ]
    return lines
