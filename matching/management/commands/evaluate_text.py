"""How well each text model finds what is relevant, on a labelled search in a folder."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from matching.recommender.evaluation import OURS, FolderError, evaluate, read


class Command(BaseCommand):
    help = "Compare text models on a folder with docs.jsonl, queries.jsonl and qrels.tsv"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--threads", type=int, default=2, help="of the sentence encoders")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            search = read(options["folder"])
        except FolderError as error:
            raise CommandError(str(error)) from error
        for slip in search.slips:
            self.stderr.write(slip)
        with tqdm(file=self.stderr, leave=False) as bar:
            measures, seconds = evaluate(
                search, options["threads"], _shown_on(bar), self.stderr.write
            )
        if options["json"]:
            self.stdout.write(json.dumps({"models": measures, "ours": OURS}))
        else:
            self._table(measures)
        spent = ", ".join(f"{name} {time:.1f} s" for name, time in seconds.items())
        self.stderr.write(f"{len(search.docs)} documents, {len(search.queries)} queries: {spent}")

    def _table(self, measures: dict[str, dict[str, float]]) -> None:
        names = list(measures[OURS])
        self.stdout.write(f"{'':32}" + "".join(f"{name:>11}" for name in names))
        for model, values in measures.items():
            figures = "".join(f"{values[name]:11.3f}" for name in names)
            self.stdout.write(f"{model:32}{figures}")


def _shown_on(bar: Any) -> Any:
    def show(what: str, done: int, of: int) -> None:
        if bar.desc != f"{what}: ":
            bar.reset(of)
            bar.set_description(what, refresh=False)
        bar.n = done
        bar.refresh()

    return show
