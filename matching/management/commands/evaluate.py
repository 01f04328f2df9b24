"""Measure the text models and the policies on public data, and write down what came of it."""

import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from core.clock import today
from matching.evaluation_page import page_of
from matching.recommender import measuring, season
from matching.recommender.evaluation import FolderError
from matching.recommender.transparency import facts_of_code, fingerprint, versions

ROLES = "nyc_service_volunteer_opportunities.csv"
FILES = (ROLES, "ukcat.csv", "ukcat_tagged_half.csv")
#: Text folders are made by this, from DATA.
_BUILDER = Path(settings.BASE_DIR, "benchmarks", "build_text_tasks.py")
_PARTS = ("text", "season")


class Command(BaseCommand):
    help = (
        "Run the text evaluation and the season simulator on a folder of public files, and write "
        "docs/reference/evaluation.json and .md. A part that is left out stays as it was stored."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("data", type=Path, help=f"a folder with {', '.join(FILES)}")
        parser.add_argument("--only", choices=_PARTS, help="measure one part")
        parser.add_argument("--tasks", nargs="+", help="names of labelled searches (all)")
        worlds = list(season.WORLDS)
        parser.add_argument("--world", nargs="+", choices=worlds, default=worlds)
        parser.add_argument("--supply", nargs="+", type=float, default=[1, 2, 4])
        parser.add_argument("--seeds", type=int, default=5)
        parser.add_argument("--suitability", choices=["words", "text"], default="words")
        parser.add_argument("--cores", type=int, default=2)
        parser.add_argument(
            "--folder", type=Path, default=Path(settings.BASE_DIR, "docs", "reference")
        )

    def handle(self, *args: Any, data: Path, only: str | None, folder: Path, **given: Any) -> None:
        parts = [only] if only else _PARTS
        if missing := [name for name in FILES if not (data / name).is_file()]:
            raise CommandError(
                f"{data} has no {', '.join(missing)}. The README says where these files are."
            )
        stored = folder / "evaluation.json"
        measured = json.loads(stored.read_text()) if stored.exists() else {}
        measure: dict[str, Callable[[], dict[str, Any]]] = {
            "text": lambda: self._text(data, given["tasks"], given["cores"]),
            "season": lambda: self._season(data, given),
        }
        for part in parts:
            began = perf_counter()
            found = measure[part]()
            measured[part] = _made(perf_counter() - began, given["cores"]) | found
        stored.write_text(json.dumps(measured, indent=1, ensure_ascii=False) + "\n")
        page = folder / "evaluation.md"
        page.write_text(page_of(measured, measuring.columns()))
        self.stdout.write(f"{stored} and {page.name} written: manage.py transparency_record next.")

    def _text(self, data: Path, wanted: list[str] | None, cores: int) -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as made:
            command = [sys.executable, str(_BUILDER), str(data), made]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            folders = {folder.name: folder for folder in sorted(Path(made).iterdir())}
            if unknown := set(wanted or ()) - set(folders):
                raise CommandError(f"{', '.join(unknown)}: there are {', '.join(folders)}")
            tasks = [self._task(folders[name], cores) for name in wanted or folders]
        return {"builder": f"python benchmarks/{_BUILDER.name} DATA OUT", "tasks": tasks}

    def _task(self, folder: Path, cores: int) -> dict[str, Any]:
        with tqdm(file=self.stderr, leave=False) as bar:

            def show(what: str, done: int, of: int) -> None:
                bar.set_description(f"{folder.name}: {what}")
                bar.total, bar.n = of, done
                bar.refresh()

            try:
                found = measuring.measured_text(folder, cores, show)
            except FolderError as error:
                raise CommandError(str(error)) from error
        command = f"python benchmarks/{_BUILDER.name} DATA OUT && manage.py evaluate_text OUT/"
        return {**found, "command": command + folder.name}

    def _season(self, data: Path, given: dict[str, Any]) -> dict[str, Any]:
        trials = measuring.Trials(
            data / ROLES,
            given["world"],
            given["supply"],
            given["seeds"],
            suitability=given["suitability"],
            processes=given["cores"],
        )
        with tqdm(total=len(trials.each), unit="seasons", file=self.stderr) as bar:
            try:
                found = measuring.measured_season(trials, bar.update)
            except (OSError, season.SeasonDataError) as error:
                raise CommandError(f"{data / ROLES} cannot be used: {error}") from error
        worlds, supplies = " ".join(given["world"]), " ".join(f"{s:g}" for s in given["supply"])
        command = (
            f"manage.py simulate_season DATA/{ROLES} --world {worlds} --supply {supplies} "
            f"--seeds {given['seeds']} --suitability {given['suitability']}"
        )
        return {**found, "command": command}


def _made(seconds: float, cores: int) -> dict[str, Any]:
    return {
        "measured_on": today().isoformat(),
        "seconds": round(seconds, 1),
        "cores": min(cores, os.cpu_count() or 1),
        "fingerprint": fingerprint(facts_of_code()),
        "versions": versions(),
    }
