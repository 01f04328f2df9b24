"""Write the annual report."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from insights.periods import Period
from insights.report.document import pdf_of
from insights.report.kept import report_of
from insights.report.workbook import workbook_of
from web.report_page import page_of

_WRITE = {
    "html": lambda contents: page_of(contents).encode(),
    "pdf": pdf_of,
    "xlsx": workbook_of,
}


class Command(BaseCommand):
    help = (
        "Write the report of a year from April, such as 2026-27, as HTML, PDF or XLSX: the final "
        "one as it was kept, else as it is today."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", help="such as 2026-27")
        parser.add_argument("--format", choices=sorted(_WRITE), default="pdf")
        parser.add_argument("--to", required=True, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            year = Period.of_code(options["year"])
            if not year.is_year:
                raise ValueError(f"“{options['year']}” is no year such as 2026-27")
            contents = report_of(year)
        except ValueError as error:
            raise CommandError(str(error)) from error
        to = Path(options["to"])
        to.write_bytes(_WRITE[options["format"]](contents))
        self.stdout.write(f"{to}: {contents.title}")
