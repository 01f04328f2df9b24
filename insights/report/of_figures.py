"""Sections of the report that are of the borough's figures."""

from django.utils.translation import gettext as _

from insights.contribution import LIMITS, STEPS, adult_population
from insights.findings import OF_THE_MINUTE, change_in_short, over_time_finding, period_in_words
from insights.measures import MEASURES, Measure
from insights.report.cells import cell
from insights.report.parts import Cell, Kind, Line, Section, Table
from insights.report.sources import Sources
from insights.selectors.funnel import funnel, still_there_sentence
from insights.selectors.targets import target_in_words
from insights.wording import explained

#: Figures of the year beside those of the first page.
_MORE = ("applied", "answered_within_10_days", "started", "still_there_after_three_months")
_OF_THE_YEAR: tuple[Measure, ...] = (
    *OF_THE_MINUTE,
    *(MEASURES[code] for code in (*_MORE, "hours_confirmed")),
)


def against_targets(found: Sources) -> Section:
    """Every figure beside its target and the year before."""
    before = found.before
    heads = (_("Figure"), _("This year"), _("The year before"), _("Change"), _("Target"))
    lines = []
    for measure in _OF_THE_YEAR:
        shown = found.figures.total(measure)
        target = found.targets.get(measure.code)
        changed = change_in_short(measure, shown, before.total(measure)) if before else "–"
        cells = (
            cell(measure, shown),
            cell(measure, before.total(measure)) if before else Cell("–"),
            Cell(changed),
            Cell(target_in_words(measure, target, shown) if target else "–"),
        )
        lines.append(Line(str(measure.title), cells))
    whys = {found.figures.total(measure).why for measure in _OF_THE_YEAR}
    table = Table(
        "figures",
        _("Where we are, against our targets and last year"),
        period_in_words(found.year),
        heads,
        tuple(lines),
        Kind.TABLE,
        notes=tuple(explained(MEASURES["people_waiting"], whys)),
    )
    return Section("figures", _("The figures"), tables=(table,))


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
    )
    stayed = still_there_sentence(found.figures)
    sentences = (stayed,) if stayed else ()
    return Section("funnel", _("What comes of asking"), sentences, (table,))


def month_by_month(found: Sources) -> Section:
    """People waiting and people placed, month by month."""
    if not found.months:
        return Section("months", "")
    return Section(
        "months",
        _("Month by month"),
        tables=tuple(
            _over_months(found, MEASURES[code]) for code in ("people_waiting", "people_placed")
        ),
    )


def _over_months(found: Sources, measure: Measure) -> Table:
    months = sorted(found.months)
    shown = [(month, found.months[month].total(measure)) for month in months]
    return Table(
        f"{measure.code}-months",
        over_time_finding(measure, shown),
        _("%(figure)s, month by month") % {"figure": measure.title},
        (_("Month"), str(measure.title)),
        tuple(Line(period_in_words(month), (cell(measure, one),)) for month, one in shown),
        notes=tuple(explained(measure, {one.why for __, one in shown})),
    )


def regular_helpers(found: Sources) -> Section:
    """What the service contributes to regular volunteering, and what the numbers miss."""
    shown = [(measure, found.figures.total(measure)) for measure in STEPS]
    table = Table(
        "regular",
        _("Residents of 16 and over, from registered to helping in every month"),
        _("As of the end of the year, or of last night"),
        (_("Residents"), _("How many")),
        tuple(Line(str(measure.title), (cell(measure, one),)) for measure, one in shown),
        notes=tuple(explained(STEPS[0], {one.why for __, one in shown})),
    )
    sentences = (
        _(
            "These count help through groups that use this service and confirm hours here. They "
            "are not the national survey of regular volunteering, and cannot be set beside it."
        ),
        adult_population(),
        _("Not counted: %(limits)s") % {"limits": " ".join(str(words) for words in LIMITS)},
    )
    return Section("regular", _("Regular volunteering"), sentences, (table,))
