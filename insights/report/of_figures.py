"""Sections of the report that are of the borough's figures."""

from collections.abc import Iterator, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.clock import LONDON
from core.dates import full_day, month_of_a_date
from insights.changes import change_in_short
from insights.chart_findings import over_time_finding
from insights.contribution import LIMITS, STEPS, adult_population, regular_finding
from insights.findings import OF_THE_MINUTE
from insights.measures import MEASURES, Measure, Unit
from insights.periods import Period
from insights.report.cells import cell
from insights.report.parts import Cell, Kind, Line, Section, Table
from insights.report.sources import Sources
from insights.selectors.funnel import funnel, still_there_sentence
from insights.selectors.targets import is_met, target_in_short
from insights.wording import explained, period_in_words

#: Figures of the year beside those of the first page.
_MORE = ("applied", "answered_within_10_days", "started", "still_there_after_three_months")
_OF_THE_YEAR: tuple[Measure, ...] = (
    *OF_THE_MINUTE,
    *(MEASURES[code] for code in (*_MORE, "hours_confirmed")),
)

#: Units of counts, which grow over a period.
_GROWING = (Unit.PEOPLE, Unit.APPLICATIONS, Unit.PLACES, Unit.HOURS)


def against_targets(found: Sources) -> Section:
    """Every figure beside the year before and its target, where there are any."""
    heads = [_("Figure"), _("This year") if found.is_over else _("This year so far")]
    if found.before:
        heads.append(_("The year before"))
        if found.is_alike:
            heads.append(_("Change"))
    if found.targets:
        heads.append(_("Target"))
    table = Table(
        "figures",
        _targets_finding(found) or (_beside_last_year(found)),
        period_in_words(found.year),
        tuple(heads),
        tuple(_against_target(found, measure) for measure in _OF_THE_YEAR),
        Kind.TABLE,
        notes=tuple(_notes_on_figures(found)),
    )
    return Section("figures", _("The figures"), tables=(table,))


def _beside_last_year(found: Sources) -> str:
    return _("Where we are, against last year") if found.before else _("Where we are")


def _targets_finding(found: Sources) -> str:
    """How many targets are reached, of those of which it can be said; '' where there is none."""
    met = [
        is_met(measure, target, found.figures.total(measure))
        for measure in _OF_THE_YEAR
        if (target := found.targets.get(measure.code))
    ]
    known, reached = len([one for one in met if one is not None]), met.count(True)
    if not known:
        return ""
    words = {"reached": reached or _("none"), "known": known}
    if found.is_over:
        return _("Targets that were reached: %(reached)s of %(known)s") % words
    return _("Targets that are reached so far: %(reached)s of %(known)s") % words


def _against_target(found: Sources, measure: Measure) -> Line:
    shown = found.figures.total(measure)
    cells = [cell(measure, shown)]
    if found.before:
        earlier = found.before.total(measure)
        cells.append(cell(measure, earlier))
        if found.is_alike:
            comparable = found.is_over or not _adds_up(measure)
            cells.append(Cell(change_in_short(measure, shown, earlier) if comparable else "–"))
    if found.targets:
        target = found.targets.get(measure.code)
        cells.append(Cell(target_in_short(measure, target, shown) if target else "–"))
    return Line(str(measure.title), tuple(cells))


def _adds_up(measure: Measure) -> bool:
    """Whether a figure grows with each month, so that part of a year cannot be set beside one."""
    return not measure.of_moment and measure.unit in _GROWING


def _notes_on_figures(found: Sources) -> Iterator[str]:
    years = [one for one in (found.figures, found.before) if one]
    yield from dict.fromkeys(
        sentence
        for measure in _OF_THE_YEAR
        for sentence in explained(measure, {one.total(measure).why for one in years})
    )
    if found.before and found.is_alike and not found.is_over:
        yield _(
            "“–” under “Change”: what is counted over a year cannot be set beside a whole one "
            "before the year is over."
        )
    if found.before and found.first_month and not found.is_alike:
        yield _(
            "The first figures are of %(month)s: the year before is not a whole one, so no change "
            "is given."
        ) % {"month": period_in_words(found.first_month)}
    if not found.targets:
        yield _("The delivery group has set no targets for this year.")


def what_came_of_asking(found: Sources) -> Section:
    """The funnel of the year."""
    steps = funnel(found.figures)
    table = Table(
        "funnel",
        steps.sentence,
        _("Steps that were taken in the year, each counted when it was taken"),
        (_("Step"), _("How many")),
        tuple(
            Line(str(step.measure.title), (cell(step.measure, step.shown),)) for step in steps.steps
        ),
        notes=(
            _(
                "Somebody who was given two roles counts twice here, and once under “People "
                "placed”."
            ),
        ),
    )
    stayed = still_there_sentence(found.figures)
    sentences = (stayed,) if stayed else ()
    return Section("funnel", _("What comes of asking"), sentences, (table,))


def month_by_month(found: Sources) -> Section:
    """People waiting and people placed, month by month."""
    tables = (_over_months(found, MEASURES[code]) for code in ("people_waiting", "people_placed"))
    return Section(
        "months",
        _("Month by month"),
        tables=tuple(table for table in tables if table is not None),
    )


def _over_months(found: Sources, measure: Measure) -> Table | None:
    """What is counted over a month is left out of one that is not over; None where no month has a
    number.
    """
    of_part = [] if measure.of_moment else [month for month in found.months if not month.is_over()]
    months = sorted(month for month in found.months if month not in of_part)
    shown = [(month, found.months[month].total(measure)) for month in months]
    if all(one.value is None for __, one in shown):
        return None
    notes = explained(measure, {one.why for __, one in shown})
    left_out = [
        _("%(month)s is not over, and is left out here.") % {"month": period_in_words(month)}
        for month in of_part
    ]
    return Table(
        f"{measure.code}-months",
        over_time_finding(measure, shown),
        _("%(figure)s, month by month") % {"figure": measure.title},
        (_("Month"), str(measure.title)),
        tuple(
            Line(_month(month), (cell(measure, one),), _month_in_short(month, months[0]))
            for month, one in shown
        ),
        Kind.MONTHS,
        notes=(*notes, *left_out),
    )


def _month(month: Period) -> str:
    words = period_in_words(month)
    return words if month.is_over() else _("%(month)s, so far") % {"month": words}


def _month_in_short(month: Period, first: Period) -> str:
    """The month's short name; with the year at the first and in each January."""
    name = month_of_a_date(month.first.month)[:3]
    return f"{name} {month.first.year}" if month == first or month.first.month == 1 else name


def regular_helpers(found: Sources) -> Section:
    """What the service contributes to regular volunteering, and what the numbers miss."""
    shown = [(measure, found.figures.total(measure)) for measure in STEPS]
    table = Table(
        "regular",
        regular_finding(found.figures),
        _("Residents of 16 and over, at the end of the year")
        if found.is_over
        else _("Residents of 16 and over, as of %(day)s")
        % {"day": full_day(found.figures.worked_out_at.astimezone(LONDON).date())},
        (_("Residents"), _("How many")),
        tuple(Line(str(measure.title), (cell(measure, one),)) for measure, one in shown),
        notes=tuple(explained(STEPS[0], {one.why for __, one in shown})),
    )
    sentences = (
        _(
            "These figures count help through groups that use this service and confirm hours here. "
            "They are not the national survey of regular volunteering, and cannot be set beside it."
        ),
        adult_population(),
        _("What they do not say: %(limits)s") % {"limits": _in_one_sentence(LIMITS)},
    )
    return Section("regular", _("Regular volunteering"), sentences, (table,))


def _in_one_sentence(sentences: Sequence[str | Promise]) -> str:
    """Such as "people who help elsewhere; help that nobody noted."."""
    parts = [str(sentence).rstrip(".") for sentence in sentences]
    return "; ".join(part[:1].lower() + part[1:] for part in parts) + "."
