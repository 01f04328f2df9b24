"""Reports as they were kept."""

from dataclasses import replace

from django.utils.translation import gettext as _

from core.clock import LONDON
from core.dates import full_day
from insights.models import KeptReport
from insights.periods import Period
from insights.report.contents import report
from insights.report.parts import Report
from insights.report.stored import of_json


def report_of(year: Period) -> Report:
    """The report of a year: the final one as it was kept, else as it is now. Raises NoFigures where
    there are none of the year.
    """
    final = KeptReport.objects.final().filter(year=year.code).first()
    return report_as_kept(final) if final else report(year)


def report_as_kept(row: KeptReport) -> Report:
    """The report of a row, with a sentence that says when it was kept."""
    return replace(of_json(row.contents), kept=kept_in_words(row))


def day_of(row: KeptReport) -> str:
    """The day on which it was kept, such as "29 November 2026"."""
    return full_day(row.kept_at.astimezone(LONDON).date())


def file_key(row: KeptReport) -> str:
    """What tells its files from those of other reports of its year; '' of the final one."""
    return "" if row.is_final else f"copy-{row.pk}"


def kept_in_words(row: KeptReport) -> str:
    """When it was kept, and as what, as a sentence."""
    words = {"day": day_of(row), "name": row.name}
    if row.is_final:
        return _("This is the final report, as it was made and kept on %(day)s.") % words
    return _("This is a copy, kept as “%(name)s” on %(day)s.") % words
