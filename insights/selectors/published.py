"""Published figures: what pages, the API, files and reports all read."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from core.clock import today
from core.places.wards import ward_name
from insights import disclosure
from insights.disclosure import Shown
from insights.measures import MEASURES, Figures, Measure
from insights.measures.dimensions import DIMENSIONS, WARD
from insights.models import PeriodFigures
from insights.periods import Period
from insights.wording import number, period_in_words

#: The dimension whose rows a ward's figures are.
BY_WARD = WARD.code
#: Categories of people of whom it is not known: no finding is about them.
NOT_SAID = ("not-said", "prefer_not")
_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Row:
    """One category of a split, with its figure. parts: of a share that is shown, the two rounded
    counts of people that it is the quotient of, for tests of whether shares differ. base: of a
    share, out of how many, to the nearest 5 where they are people; None where that is not told.
    """

    code: str
    label: str
    shown: Shown
    parts: tuple[int, int] | None = field(default=None, repr=False, compare=False)
    base: int | None = None

    @property
    def out_of(self) -> str:
        """Out of how many a share is, as a table has it: "about 120", or "12" where they are no
        people; '' where that is not told.
        """
        if self.base is None:
            return ""
        said = number(self.base)
        return _("about %(number)s") % {"number": said} if self.parts else said


def most_first(rows: Sequence[Row]) -> list[Row]:
    """The rows by what is shown of them: days that are not reached, which are more than any number,
    then the most, then those that are not shown, as they came, then those with nobody. By the true
    numbers, their place would say between which numbers they lie.
    """
    return sorted(
        rows,
        key=lambda row: (
            row.shown.value == 0,
            row.shown.more_than is None,
            -(row.shown.value or row.shown.more_than or 0),
        ),
    )


@dataclass(frozen=True)
class Published:
    """The figures of one period as anybody may see them. closed: whether they are final; splits are
    of closed periods only. area: the ward that it is narrowed to, '' for the whole borough.
    `figures` holds the true numbers, which leave only through the methods.
    """

    period: Period
    worked_out_at: datetime
    closed: bool
    erased_since: int
    figures: Figures = field(repr=False)
    kept: dict[tuple[str, str], list[Row]] = field(default_factory=dict, repr=False)
    area: str = ""

    def in_area(self, area: str) -> "Published":
        """The same of one ward (its code; '' for the whole borough): the ward's rows of the tables
        by ward, and nothing else.
        """
        return replace(self, area=area)

    @property
    def area_name(self) -> str:
        """The ward's name, '' for the whole borough."""
        return ward_name(self.area)

    @property
    def of_what(self) -> str:
        """The period, and the ward where it is of one: "October 2026", "October 2026, Pinner"."""
        when = period_in_words(self.period)
        if not self.area:
            return when
        return _("%(when)s, %(where)s") % {"when": when, "where": self.area_name}

    def total(self, measure: Measure | str) -> Shown:
        """The figure of the borough, or of the ward; nothing where there is none, or where the
        measure did not exist then.
        """
        code = measure if isinstance(measure, str) else measure.code
        if self.area:
            of_wards = (row.shown for row in self.split(code, BY_WARD) if row.code == self.area)
            return next(of_wards, disclosure.NOTHING)
        cell = self.figures.totals.get(code)
        if cell is None or code not in MEASURES:
            return disclosure.NOTHING
        return disclosure.shown(MEASURES[code], cell)

    def split(self, measure: Measure | str, dimension: str) -> list[Row]:
        """The figure of each category, in the order in which they are shown; of one ward there is
        no split but that by ward, which says where it stands.
        """
        if self.area and dimension != BY_WARD:
            return []
        key = (measure if isinstance(measure, str) else measure.code, dimension)
        if key not in self.kept:
            self.kept[key] = self._split(*key)
        return self.kept[key]

    def _split(self, measure: str, dimension: str) -> list[Row]:
        cells = self.figures.splits.get((measure, dimension))
        if not self.closed or cells is None or measure not in MEASURES:
            return []
        if dimension not in DIMENSIONS:
            return []
        if DIMENSIONS[dimension].crossed and (measure, dimension) not in self.figures.kept_back:
            return []
        shown = disclosure.split(
            MEASURES[measure],
            cells,
            parts=DIMENSIONS[dimension].parts,
            total=self.figures.totals.get(measure),
            kept_back=self.figures.kept_back.get((measure, dimension)),
            tables=DIMENSIONS[dimension].tables(self.figures.categories[dimension]),
        )
        categories, of = self.figures.categories[dimension], MEASURES[measure]
        bases = disclosure.bases(of, cells, shown, parts=DIMENSIONS[dimension].parts)
        return [
            Row(*category, one, disclosure.parts_of_share(of, cell, one), base)
            for category, one, base, cell in zip(categories, shown, bases, cells, strict=True)
        ]


def published(periods: Sequence[Period]) -> dict[Period, Published]:
    """The figures of some periods, those that have been worked out. One query."""
    rows = PeriodFigures.objects.filter(period__in=[period.code for period in periods])
    return {(found := of_row(row)).period: found for row in rows}


def latest_months() -> list[Published]:
    """The figures of the month that runs and the twelve before it, the latest first, those that
    have been worked out. One query.
    """
    months = [Period.month_of(today())]
    while len(months) <= _MONTHS_OF_A_YEAR:
        months.append(months[-1].before())
    found = published(months)
    return [found[month] for month in months if month in found]


def of_row(row: PeriodFigures) -> Published:
    """The figures of a stored row, as they may be shown."""
    period, found = Period.of_code(row.period), Figures.of_json(row.figures)
    if period.is_year and "kept_back" not in row.figures:
        # Closed before years were held against their months.
        found = replace(found, splits={})
    return Published(
        period,
        row.worked_out_at,
        row.closed_at is not None,
        row.erased_since,
        found,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """A period of which there are figures, and whether they are final."""

    period: Period
    closed: bool


def known_periods() -> list[Known]:
    """The periods that have been worked out, the latest first, months before years. One query."""
    rows = PeriodFigures.objects.values_list("period", "closed_at")
    known = [Known(Period.of_code(code), closed is not None) for code, closed in rows]
    return sorted(known, key=lambda one: (one.period.is_year, -one.period.first.toordinal()))


def first_month(known: Sequence[Known]) -> Period | None:
    """The first month that there are figures of; None where there is none."""
    return min((one.period for one in known if not one.period.is_year), default=None)


def is_alike(earlier: Period, first: Period | None) -> bool:
    """Whether figures of an earlier year, or of a month of it, may be held against later ones: only
    where the service, whose first month is `first`, had been there for twelve months when that
    period ended. Before, the year is a part of one, and what a month says of the twelve before it
    is of fewer.
    """
    if first is None:
        return True
    last = earlier.months_in()[-1]
    return first <= last.a_year_before().after()
