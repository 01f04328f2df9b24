"""Sections of the report that are of people: where they wait, for what, and with what chance."""

from django.utils.translation import gettext as _

from core.clock import LONDON
from core.dates import full_day
from insights.findings import widest_gap
from insights.measures import MEASURES
from insights.report import method
from insights.report.cells import cell, count_cell, split_table
from insights.report.parts import Cell, Kind, Line, Section, Table
from insights.report.sources import Sources
from insights.selectors import fairness as fair
from insights.selectors.more_places import WhatMorePlacesDo
from insights.wording import explained, in_words, period_in_words

_WAITING = MEASURES["people_waiting"]
#: Wards have a section of their own; ages are there as people give them in their profiles.
_LEFT_OUT = ("ward", "age-band")
#: So many groups of people are drawn, and rows of what more places would do are given.
_MOST_SEGMENTS, _MOST_PLACES = 10, 10


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
    """When and for what people wait; who waits for the same; what more places would do."""
    month = found.last_month
    gap = widest_gap(month) if month else ""
    by_time = split_table(MEASURES["people_for_each_place"], month, "time") if month else None
    by_cause = split_table(MEASURES["people_for_each_place"], month, "cause") if month else None
    tables = (by_time, by_cause, _segments(found), _more_places(found))
    return Section(
        "unmet",
        _("What people wait for"),
        (gap,) if gap else (),
        tuple(table for table in tables if table is not None),
    )


def _segments(found: Sources) -> Table | None:
    segments = found.segments
    if not segments:
        return None
    largest = segments[0]
    return Table(
        "segments",
        _("The largest group who wait for the same: %(name)s, %(people)s people")
        % {"name": largest.name, "people": in_words(_WAITING, largest.people)},
        _("Groups of at least 8 people who wait and offer much the same, %(month)s")
        % {"month": period_in_words(largest.month)},
        (_("What they offer, when and where"), _("People"), _("Places that suit most of them")),
        tuple(
            Line(
                one.name,
                (
                    cell(_WAITING, one.people),
                    Cell("–") if one.for_most is None else count_cell(one.for_most),
                ),
            )
            for one in segments
        ),
        Kind.TABLE,
        drawn=_MOST_SEGMENTS,
    )


def _more_places(found: Sources) -> Table | None:
    more = found.more_places
    if more is None or not more.rows:
        return None
    rows = more.rows[:_MOST_PLACES]
    return Table(
        "more_places",
        _more_places_finding(more),
        _(
            "The best %(count)s of %(all)s. Each row by itself: everybody who asks is placed again "
            "with those places added, and the mean taken over draws of who asks. At half of all, "
            "as many places would place %(half)s people or fewer. As of %(day)s."
        )
        % {
            "count": len(rows),
            "all": len(more.rows),
            "half": more.of_half,
            "day": full_day(more.made_at.astimezone(LONDON).date()),
        },
        (
            *(_("Kind of work"), _("When"), _("Where"), _("More places")),
            *(_("More people placed"), _("By one such place")),
        ),
        tuple(
            Line(
                one.kind,
                (
                    Cell(one.when),
                    Cell(one.where),
                    count_cell(one.places),
                    count_cell(one.placed),
                    Cell(f"{one.by_one:g}", one.by_one, pattern="0.00"),
                ),
            )
            for one in rows
        ),
        Kind.TABLE,
    )


def _more_places_finding(more: WhatMorePlacesDo) -> str:
    """What more places would do where they do most; of how many, where several do as much."""
    best = more.best
    words = {
        "places": best[0].places,
        "people": best[0].placed,
        "count": len(best),
        "what": ", ".join((best[0].kind, best[0].when, best[0].where)),
    }
    if len(best) > 1:
        return (
            _(
                "%(places)s more places would place about %(people)s more people at the best "
                "%(count)s kinds of work, times and wards"
            )
            % words
        )
    return _("%(places)s more places (%(what)s) would place about %(people)s more people") % words


def worth_creating(found: Sources) -> Section:
    """The plan of roles."""
    plan = found.plan
    if plan is None or not plan.roles:
        return Section("roles", "")
    lines = tuple(
        Line(
            role.kind,
            (
                Cell(role.when),
                Cell(role.where),
                count_cell(role.places),
                cell(_WAITING, role.people),
            ),
        )
        for role in plan.roles
    )
    table = Table(
        "roles",
        plan.sentence.rstrip(".") or _("Roles worth creating, the best first"),
        _("The plan’s estimate of what would place most people. Worked out on %(day)s.")
        % {"day": full_day(plan.made_at.astimezone(LONDON).date())},
        (_("Role"), _("When"), _("Where"), _("Places"), _("Named such work and could do it")),
        lines,
        Kind.TABLE,
        notes=(
            _("The same people could do several of these, so the numbers cannot be added up."),
            method.seasons_mean(),
            *explained(_WAITING, {role.people.why for role in plan.roles}),
        ),
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
        elif split.dimension not in _LEFT_OUT:
            tables.append(table)
    if hidden:
        said.append(_("Too few people to say anything by: %(by)s.") % {"by": ", ".join(hidden)})
    said.append(
        _(
            "Where few people are counted, a share can be high or low by chance: see whether it is "
            "so in other years too."
        )
    )
    said.append(
        _(
            "Answers to the equality questions are used added up and nowhere else; matching never "
            "sees them."
        )
    )
    return Section("fairness", _("Who had a real chance"), tuple(said), tuple(tables))
