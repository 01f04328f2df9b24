"""What the annual report says."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from insights.findings import first_answer, waiting_for_places, widest_gap
from insights.periods import Period
from insights.report import method, of_figures, of_groups, of_people
from insights.report.decisions import decisions
from insights.report.parts import Report, Section, Table
from insights.report.sources import Sources, sources
from insights.selectors.published import Published
from insights.wording import number, period_in_words

#: The sections in their order.
SECTIONS: tuple[Callable[[Sources], Section], ...] = (
    decisions,
    of_figures.month_by_month,
    of_figures.against_targets,
    of_figures.what_came_of_asking,
    of_people.by_ward,
    of_people.unmet_supply,
    of_people.worth_creating,
    of_groups.what_stops_groups,
    of_groups.campaigns,
    of_figures.regular_helpers,
    of_groups.yearly_question,
    of_people.fairness,
    of_groups.the_sector,
)


class NoFigures(ValueError):
    """There are no figures of the year."""


def report(year: Period) -> Report:
    """The report of a year from April. Raises NoFigures where none have been worked out."""
    found = sources(year)
    if found is None:
        raise NoFigures(_("There are no figures of %(year)s.") % {"year": period_in_words(year)})
    sections = [section for make in SECTIONS if not (section := make(found)).is_empty]
    sections.append(method.method(found, _figures_in(sections)))
    return Report(
        year=year,
        year_words=period_in_words(year),
        worked_out_at=found.figures.worked_out_at,
        closed=found.figures.closed,
        summary=tuple(_summary(found)),
        meaning=_meaning(found),
        sections=tuple(sections),
    )


def _figures_in(sections: Sequence[Section]) -> set[str]:
    """What stands in the tables' heads and rows, and so has to be defined."""
    tables = [table for section in sections for table in section.tables]
    return {words for table in tables for words in (*table.heads, *_labels(table))}


def _labels(table: Table) -> list[str]:
    return [line.label for line in table.lines]


def _summary(found: Sources) -> list[str]:
    """Three sentences: what was reached, who still waits, and what would help."""
    plan = (found.levers.sentence if found.levers else "") or (
        found.plan.sentence if found.plan else ""
    )
    last = widest_gap(found.last_month) if found.last_month else ""
    waiting = waiting_for_places(found.figures, _beginning(found))
    said = [_reached(found), waiting, plan or last]
    if len([sentence for sentence in said if sentence]) < len(said):
        said.append(first_answer(found.figures))
    return [sentence for sentence in said if sentence]


def _beginning(found: Sources) -> Published | None:
    """The first month of the year, beside which those who wait are set; not one that is the first
    of the service.
    """
    closed = [one for one in found.months.values() if one.closed]
    first = min(closed, key=lambda one: one.period, default=None)
    return first if first and first.period != found.first_month else None


def _meaning(found: Sources) -> str:
    """What words of the three sentences mean."""
    is_said = (found.levers and found.levers.sentence) or (found.plan and found.plan.sentence)
    return " ".join((method.waiting_means(), *([method.seasons_mean()] if is_said else [])))


def _reached(found: Sources) -> str:
    placed, asked = found.figures.total("people_placed"), found.figures.total("applied")
    if not placed.value or not asked.value:
        return ""
    said = (
        _(
            "People applied for roles about %(asked)s times, and about %(placed)s people were "
            "placed."
        )
        if found.is_over
        else _(
            "So far this year people applied for roles about %(asked)s times, and about %(placed)s "
            "people were placed."
        )
    )
    return said % {"asked": number(asked.value), "placed": number(placed.value)}
