"""What the report is put together from, read once."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from core.clock import today
from insights.models import Target
from insights.periods import Period
from insights.selectors.capacity import Capacity, what_holds_back
from insights.selectors.levers import Levers, levers
from insights.selectors.more_places import WhatMorePlacesDo, more_places
from insights.selectors.published import Published, first_month, is_alike, known_periods, published
from insights.selectors.sector import Sector, sector
from insights.selectors.targets import targets_of
from insights.selectors.unmet import PublishedSegment, published_segments
from insights.selectors.worth_creating import Plan, roles_worth_creating

#: What is only known of now is in the report of a year until so long after its end: the final one
#: is made when its figures are closed.
_SAYS_SOMETHING_FOR = timedelta(days=31)


@dataclass(frozen=True)
class Sources:
    """The year's figures, those of the year before, and of the year's months, as far as they have
    been worked out. targets: by code of a measure. first_month: the first that there are figures
    of. What is of now (the plan, what holds groups back, the sector) is left out of the report of a
    year that has been over for a month.
    """

    year: Period
    figures: Published
    before: Published | None
    months: dict[Period, Published]
    targets: dict[str, Target]
    first_month: Period | None

    @property
    def is_over(self) -> bool:
        """Whether the year had ended when its figures were worked out."""
        return self.year.is_over(self.figures.worked_out_at)

    @property
    def is_alike(self) -> bool:
        """Whether the year before may be held against this one."""
        return is_alike(self.year.before(), self.first_month)

    @property
    def last_month(self) -> Published | None:
        """The year's last month that is closed: splits are of it."""
        closed = [one for one in self.months.values() if one.closed]
        return max(closed, key=lambda one: one.period, default=None)

    @property
    def is_of_now(self) -> bool:
        """Whether what is only known of now still says something of the year."""
        return self.year.first <= today() < self.year.end + _SAYS_SOMETHING_FOR

    @cached_property
    def plan(self) -> Plan | None:
        """The roles worth creating."""
        return roles_worth_creating() if self.is_of_now else None

    @cached_property
    def levers(self) -> Levers | None:
        """What would place more people."""
        return levers() if self.is_of_now else None

    @cached_property
    def segments(self) -> list[PublishedSegment]:
        """Groups of people who wait for the same."""
        return published_segments() if self.is_of_now else []

    @cached_property
    def more_places(self) -> WhatMorePlacesDo | None:
        """What more places would do."""
        return more_places() if self.is_of_now else None

    @cached_property
    def capacity(self) -> Capacity | None:
        """What keeps groups from taking more people."""
        return what_holds_back() if self.is_of_now else None

    @cached_property
    def sector(self) -> Sector | None:
        """The study of the sector."""
        return sector() if self.is_of_now else None


def sources(year: Period) -> Sources | None:
    """All of it; None where the year has no figures."""
    months = year.months_in()
    found = published([year, year.before(), *months])
    if year not in found:
        return None
    return Sources(
        year=year,
        figures=found[year],
        before=found.get(year.before()),
        months={month: found[month] for month in months if month in found},
        targets=targets_of(year),
        first_month=first_month(known_periods()),
    )
