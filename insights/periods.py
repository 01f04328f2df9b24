"""The periods that figures are of: calendar months, and years as councils count them.

Months do not overlap, and a year is twelve of them, so that no pair of periods cuts out a few days
(promise 4). A year runs from April to March, as English councils report.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.clock import LONDON, now

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"(20\d\d)-(\d\d)")
_FIRST_MONTH_OF_YEAR = 4
#: What groups and people enter late (hours of the last days) still counts for a period.
CLOSES_AFTER = timedelta(days=3)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, or a year from April: `first` is its first day, `months` 1 or 12."""

    first: date
    months: int = 1

    @classmethod
    def of_code(cls, code: str) -> "Period":
        """The period of a code: `2026-10` is October 2026, `2026-27` the year from April 2026.

        Raises ValueError where it is neither. (Years from 2012 on cannot be taken for months.)
        """
        if month := _MONTH.fullmatch(code):
            return cls(date(int(month[1]), int(month[2]), 1))
        year = _YEAR.fullmatch(code)
        if year and (int(year[1]) + 1) % 100 == int(year[2]):
            return cls(date(int(year[1]), _FIRST_MONTH_OF_YEAR, 1), 12)
        raise ValueError(f"“{code}” is no month such as 2026-10 and no year such as 2026-27")

    @classmethod
    def month_of(cls, day: date) -> "Period":
        """The month that a day is in."""
        return cls(day.replace(day=1))

    @classmethod
    def year_of(cls, day: date) -> "Period":
        """The year from April that a day is in."""
        year = day.year if day.month >= _FIRST_MONTH_OF_YEAR else day.year - 1
        return cls(date(year, _FIRST_MONTH_OF_YEAR, 1), 12)

    @property
    def code(self) -> str:
        """Such as `2026-10` or `2026-27`: the opposite of `of_code`."""
        if self.months == 1:
            return f"{self.first:%Y-%m}"
        return f"{self.first.year}-{(self.first.year + 1) % 100:02d}"

    @property
    def is_year(self) -> bool:
        """Whether it is a year and not a month."""
        return self.months == 12

    @property
    def end(self) -> date:
        """The first day after it."""
        return _months_on(self.first, self.months)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.end - timedelta(days=1)

    @property
    def starts_at(self) -> datetime:
        """Its first moment, in London."""
        return datetime(self.first.year, self.first.month, 1, tzinfo=LONDON)

    @property
    def ends_at(self) -> datetime:
        """The first moment after it, in London."""
        return datetime(self.end.year, self.end.month, 1, tzinfo=LONDON)

    def is_over(self, at: datetime | None = None) -> bool:
        """Whether it has ended by `at` (now)."""
        return self.ends_at <= (at or now())

    def before(self) -> "Period":
        """The period of its length just before it."""
        return Period(_months_on(self.first, -self.months), self.months)

    def after(self) -> "Period":
        """The period of its length just after it."""
        return Period(self.end, self.months)

    def a_year_before(self) -> "Period":
        """The same period of the year before."""
        return Period(_months_on(self.first, -12), self.months)

    def months_before(self, count: int) -> "Period":
        """The period of its length that begins so many months earlier."""
        return Period(_months_on(self.first, -count), self.months)

    def months_in(self) -> tuple["Period", ...]:
        """Its months, the first first."""
        return tuple(Period(_months_on(self.first, number)) for number in range(self.months))


def _months_on(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
