"""Sections of the report that are of people: where they wait, for what, and with what chance."""

from django.utils.translation import gettext as _

from insights.findings import widest_gap
from insights.measures import MEASURES
from insights.report.cells import split_table
from insights.report.parts import Cell, Kind, Line, Section, Table
from insights.report.sources import Sources
from insights.selectors import fairness as fair


def by_ward(found: Sources) -> Section:
    """Who waits where, and where the places are."""
    month = found.last_month
    if month is None:
        return Section("wards", "")
    tables = [
        split_table(MEASURES[code], month, "ward")
        for code in ("people_waiting", "people_for_each_place", "places_open")
    ]
    return Section(
        "wards", _("By ward"), tables=tuple(table for table in tables if table is not None)
    )


def unmet_supply(found: Sources) -> Section:
    """When and for what people wait, and how many for each place."""
    month = found.last_month
    if month is None:
        return Section("unmet", "")
    tables = [
        split_table(MEASURES["people_for_each_place"], month, "time"),
        split_table(MEASURES["people_for_each_place"], month, "cause"),
        split_table(MEASURES["people_waiting"], month, "activity"),
    ]
    gap = widest_gap(month)
    return Section(
        "unmet",
        _("What people wait for"),
        (gap,) if gap else (),
        tuple(table for table in tables if table is not None),
    )


def worth_creating(found: Sources) -> Section:
    """The plan of roles."""
    plan = found.plan
    if plan is None or not plan.roles:
        return Section("roles", "")
    lines = tuple(
        Line(role.kind, (Cell(role.when), Cell(role.where), Cell(role.could)))
        for role in plan.roles
    )
    table = Table(
        "roles",
        plan.sentence or _("Roles that would place most of those who wait"),
        _("Long waiters and badly served areas first; nobody is counted twice"),
        (_("Role"), _("When"), _("Where"), _("People who wait and could do it")),
        lines,
        Kind.TABLE,
    )
    return Section("roles", _("The roles worth creating"), tables=(table,))


def fairness(found: Sources) -> Section:
    """Who had a real chance: by ward, age, and the equality answers, in the aggregate only."""
    measure = fair.OF_PEOPLE[0]
    source = found.figures if found.figures.closed else found.last_month
    said = [*fair.over_groups(found.figures), *fair.evenness(found.figures)]
    tables, hidden = [], []
    for split in fair.over_people(source, measure) if source else []:
        table = split_table(measure, source, split.dimension) if source else None
        if table is None:
            hidden.append(split.title)
        elif split.dimension != "ward":
            tables.append(table)
    if hidden:
        said.append(_("Too few people to say anything by: %(by)s.") % {"by": ", ".join(hidden)})
    said.append(
        _(
            "Answers to the equality questions are used added up and nowhere else; matching never "
            "sees them."
        )
    )
    return Section("fairness", _("Who had a real chance"), tuple(said), tuple(tables))
