"""The files of the annual report: what each is made by, and what it is called."""

from collections.abc import Callable, Mapping

from insights.report.document import pdf_of
from insights.report.parts import Report
from insights.report.workbook import workbook_of

#: Name of a kind → what writes it, and its content type.
FILES: Mapping[str, tuple[Callable[[Report], bytes], str]] = {
    "pdf": (pdf_of, "application/pdf"),
    "xlsx": (
        workbook_of,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def file_name(report: Report, kind: str, *, key: str = "") -> str:
    """What the file is called where it is saved. key: what tells it from others of its year."""
    return "-".join(filter(None, ("volunteering-in-harrow", report.year.code, key))) + f".{kind}"
