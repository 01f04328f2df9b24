"""Which years have a report, and what was kept of each."""

from collections import defaultdict
from dataclasses import dataclass

from insights.models import KeptReport
from insights.periods import Period
from insights.selectors.published import known_periods


@dataclass(frozen=True, slots=True)
class YearOfReports:
    """A year that has a report. closed: whether its figures are final. final: the report that was
    made then (None: not yet). copies: what was kept before, the newest first. Of rows all but what
    the reports say.
    """

    period: Period
    closed: bool
    final: KeptReport | None
    copies: list[KeptReport]


def years_of_reports() -> list[YearOfReports]:
    """The years that have figures, or a report that was kept, the latest first. Two queries."""
    known = {one.period: one.closed for one in known_periods() if one.period.is_year}
    finals: dict[Period, KeptReport] = {}
    copies: dict[Period, list[KeptReport]] = defaultdict(list)
    for row in KeptReport.objects.without_contents().select_related("kept_by"):
        if row.is_final:
            finals[row.period] = row
        else:
            copies[row.period].append(row)
    return [
        YearOfReports(year, known.get(year, False), finals.get(year), copies[year])
        for year in sorted({*known, *finals, *copies}, reverse=True)
    ]
