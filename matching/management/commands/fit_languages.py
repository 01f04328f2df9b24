"""Fits what tells languages apart on the translations that come with Django."""

from argparse import ArgumentParser
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

import django
from django.core.management.base import BaseCommand

from matching.recommender.languages import DIRECTIONS, fit_directions, fit_table

#: Languages that people here may write, as Django names them, to ISO 639-1.
LANGUAGES = {
    code: code[:2]
    for code in [
        "ar",
        "bg",
        "bn",
        "ca",
        "cs",
        "cy",
        "da",
        "de",
        "el",
        "es",
        "et",
        "eu",
        "fa",
        "fi",
        "fr",
        "ga",
        "gl",
        "he",
        "hi",
        "hr",
        "hu",
        "id",
        "it",
        "ja",
        "ka",
        "kn",
        "ko",
        "lt",
        "lv",
        "mk",
        "ml",
        "mr",
        "ne",
        "nb",
        "nl",
        "pa",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
        "sl",
        "sq",
        "sr",
        "sv",
        "sw",
        "ta",
        "te",
        "th",
        "tr",
        "uk",
        "ur",
        "vi",
        "zh_Hans",
    ]
}
LONGEST_TEXT = 200


class Command(BaseCommand):
    help = "Fit the table of languages and the directions in which they differ (needs the encoders)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--threads", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        translations = {iso: _translations(code) for code, iso in LANGUAGES.items()}
        table = fit_table(translations)
        self.stdout.write(f"{table}: {table.stat().st_size:,} bytes")
        for encoder in DIRECTIONS:
            file = fit_directions(encoder, translations, options["threads"])
            self.stdout.write(f"{file}: {file.stat().st_size:,} bytes")


def _translations(code: str) -> dict[str, str]:
    """English text to its translation: plain ones, without marks for values or tags."""
    found: dict[str, str] = {}
    for path in sorted(Path(django.__file__).parent.rglob(f"locale/{code}/LC_MESSAGES/django.mo")):
        with path.open("rb") as content:
            catalogue: dict[Any, str] = GNUTranslations(content)._catalog  # type: ignore[attr-defined]
        for key, text in catalogue.items():
            english = key.split("\x04")[-1] if isinstance(key, str) else ""
            plain = not set("%{}<>\n") & set(english + text)
            if plain and 3 < len(english) < LONGEST_TEXT and text and text != english:
                found[" ".join(english.split())] = " ".join(text.split())
    return found
