"""Work out the figures of periods, each night while they run; freeze them when they are over."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from django.db import transaction
from django.db.models import F, Min

from core.clock import LONDON, now
from core.outbox.leases import Lease
from insights import datasets, measures
from insights.measures import Figures
from insights.measures.tables import Tables
from insights.models import PeriodFigures
from insights.periods import CLOSES_AFTER, Period
from insights.services import crossed, quiet_months, years
from volunteers.models import Volunteer
from volunteers.services import earlier

TablesOf = Callable[[Period], Tables]


def work_out(period: Period) -> Figures:
    """Give the true figures of a period as of its end, or of now where it has not ended."""
    return measures.worked_out(datasets.tables(period))


def refresh(
    period: Period, lease: Lease | None = None, tables_of: TablesOf = datasets.tables
) -> bool:
    """Work out a period's figures and keep them, unless it is closed; give whether they were kept.
    Safe to run at any time and again. tables_of: gives the tables of a period. Raises
    LeaseLostError where another worker does it by now.
    """
    if PeriodFigures.objects.closed().filter(period=period.code).exists():
        return False
    at = now()
    closed_at = at if at >= period.ends_at + CLOSES_AFTER else None
    worked_out = measures.worked_out(tables_of(period))
    if closed_at is not None:
        worked_out = _to_close(period, worked_out, tables_of)
    figures = worked_out.as_json()
    with transaction.atomic():
        if lease is not None:
            lease.check()
        kept, made = PeriodFigures.objects.select_for_update().get_or_create(
            period=period.code,
            defaults={
                "first_day": period.first,
                "figures": figures,
                "worked_out_at": at,
                "closed_at": closed_at,
            },
        )
        if made:
            return True
        if kept.closed_at is not None:
            return False
        kept.figures, kept.worked_out_at, kept.closed_at = figures, at, closed_at
        kept.save(update_fields=["figures", "worked_out_at", "closed_at"])
    return True


def _to_close(period: Period, figures: Figures, tables_of: TablesOf) -> Figures:
    """The figures that are kept for good: a month and its year, or two months, are never both split
    in a way that would let somebody subtract one from the other.
    """
    if period.is_year:
        return years.beside_its_months(period, figures)
    year = Period.year_of(period.first)
    if PeriodFigures.objects.closed().filter(period=year.code).exists():
        # The year was split without looking at this month.
        return replace(figures, splits={})
    figures = crossed.beside_wards(figures)
    return quiet_months.beside_the_month_before(period, figures, tables_of)


def refresh_running(lease: Lease | None = None) -> int:
    """Work out every period that is not closed, since the first person came: those that run, those
    whose last late entries were waited for, and any that was missed; give how many. Safe to run at
    any time and again.
    """
    # A month that closes is held against the one before, whose tables were made a moment ago.
    tables_of = lru_cache(maxsize=2)(datasets.tables)
    kept = sum(refresh(period, lease, tables_of) for period in _not_closed())
    with transaction.atomic():
        if lease is not None:
            lease.check()
        _forget_what_no_period_needs()
    return kept


def _forget_what_no_period_needs() -> None:
    """Forget what profiles said before the end of the last month that is closed: the one that runs
    is held against that when it closes, and none is worked out as of an earlier moment.
    """
    closed = PeriodFigures.objects.closed().values_list("period", flat=True)
    months = [period for period in map(Period.of_code, closed) if not period.is_year]
    if months:
        ends = [max(months).ends_at, *(period.ends_at for period in _not_closed())]
        earlier.forget(until=min(ends))


def refresh_of(period: Period) -> int:
    """Work out a period that is not closed, a year after its months, which it is split beside; give
    how many were kept. Nothing for one that has not begun, or that was over before anybody came:
    what is closed stays for ever.
    """
    of_period = {period, *period.months_in()}
    return sum(refresh(one) for one in _not_closed() if one in of_period)


def _not_closed() -> list[Period]:
    """Months, then years: a year is split beside its months."""
    today = now().astimezone(LONDON).date()
    came = Volunteer.objects.aggregate(first=Min("created_at"))["first"]
    first = came.astimezone(LONDON).date() if came else today
    closed = set(PeriodFigures.objects.closed().values_list("period", flat=True))
    found = []
    for running, earliest in (
        (Period.month_of(today), Period.month_of(first)),
        (Period.year_of(today), Period.year_of(first)),
    ):
        period, due = running, [running, running.before()]
        while (period := period.before()) > earliest:
            due.append(period.before())
        found += [one for one in due[::-1] if one.code not in closed]
    return found


def note_erasure() -> None:
    """Note on closed figures that somebody who may stand in them has deleted their account."""
    closed = PeriodFigures.objects.closed()
    with transaction.atomic():
        # Held in one order first: two who delete their accounts at once would wait for each other.
        rows = list(closed.select_for_update().order_by("pk").values_list("pk", flat=True))
        PeriodFigures.objects.filter(pk__in=rows).update(erased_since=F("erased_since") + 1)
