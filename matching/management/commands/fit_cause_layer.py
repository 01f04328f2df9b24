"""Fit the cause layer on tagged charities."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.recommender import cause_layer


class Command(BaseCommand):
    help = (
        "Fit the layer that tells from a text's vector what it is for, on charities that people "
        "tagged (UKCAT, CC BY 4.0), and print what it adds. The same files give the same bytes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--charities", type=Path, required=True, help="CSV: tagged charities")
        parser.add_argument("--tags", type=Path, required=True, help="CSV: ukcat.csv")
        parser.add_argument("--encoder", choices=sorted(cause_layer.ENCODERS), default="minilm")
        parser.add_argument(
            "--folder", type=Path, default=cause_layer.MODELS, help="where the files are written"
        )

    def handle(
        self,
        *args: Any,
        charities: Path,
        tags: Path,
        encoder: str,
        folder: Path,
        **options: Any,
    ) -> None:
        try:
            record = cause_layer.refit(charities, tags, encoder, folder)
        except (cause_layer.CharitiesError, cause_layer.EncoderUnavailableError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{record['tags']} tags, SHA-256 {record['sha256']}")
        for search, figures in record["metrics"]["figures"].items():
            each = ", ".join(f"{name} {figure:.3f}" for name, figure in figures.items())
            self.stdout.write(f"nDCG@10 {search}: {each}")
