"""Loads the official list of UK Charity Activity Tags and compares our causes with it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import InvalidInput
from core.taxonomy import ukcat


class Command(BaseCommand):
    help = "Load the official UKCAT file (CSV) and say which of our causes' codes it does not have."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file, as its makers publish it")

    def handle(self, *args: object, file: Path, **options: object) -> None:
        try:
            tags = ukcat.read_tags(file)
        except InvalidInput as error:
            for line, sentences in error.fields.items():
                self.stderr.write(f"{line}: {' '.join(sentences)}")
            raise CommandError(f"{error.message} Nothing was changed.") from error
        self.stdout.write(f"{ukcat.replace_tags(tags)} tags loaded.")
        unknown = ukcat.codes_not_listed(tags)
        for item in unknown:
            self.stdout.write(f"cause {item.cause}: {item.code} is not in the file")
        if not unknown:
            self.stdout.write("Every code that our causes refer to is in the file.")
