"""What comes of asking: the funnel from applied to three months, and how fast groups answer."""

import numpy as np
from django.utils.translation import gettext_lazy as _

from insights.measures.dimensions import EQUALITY
from insights.measures.measure import MEASURES, Better, Unit
from insights.measures.people import LEAST_FOR_MEDIAN
from insights.measures.role_categories import NO_REASON
from insights.measures.samples import Counted, Shared, Summed, Table, Timed
from insights.measures.tables import Tables

_SPLITS = ("ward", "age", "cause", "activity", "time", "group-kind", "group-reach", "channel")
#: Groups should answer within so many days.
ANSWER_WITHIN = 10
_SOURCE = "placements.Application, accounts.AuditEntry"
#: Days after which somebody counts as still there, and that are then waited for to hear of it.
THREE_MONTHS, HEARD_WITHIN = 91, 28


@MEASURES.measure(
    title=_("Applications"),
    unit=Unit.APPLICATIONS,
    definition=_("Times that somebody asked for a role in the period."),
    base=_("All applications of the period"),
    source=_SOURCE,
    by=_SPLITS,
    better=Better.NEITHER,
)
def applied(tables: Tables) -> Counted:
    return Counted(
        Table.APPLICATIONS, np.flatnonzero(tables.in_period(tables.applications.applied))
    )


@MEASURES.measure(
    title=_("Applications answered"),
    unit=Unit.APPLICATIONS,
    definition=_(
        "Applications that had the group's first answer in the period: yes, no or a talk."
    ),
    base=_("All applications"),
    source=_SOURCE,
    by=_SPLITS,
    better=Better.MORE,
)
def answered(tables: Tables) -> Counted:
    return Counted(
        Table.APPLICATIONS, np.flatnonzero(tables.in_period(tables.applications.answered))
    )


@MEASURES.measure(
    title=_("Placements"),
    unit=Unit.APPLICATIONS,
    definition=_(
        "Places that were confirmed in the period. Somebody who had two confirmed counts twice."
    ),
    base=_("All placements of the period"),
    source=_SOURCE,
    by=(*_SPLITS, *EQUALITY),
    better=Better.MORE,
)
def placed(tables: Tables) -> Counted:
    return Counted(Table.APPLICATIONS, np.flatnonzero(tables.in_period(tables.applications.placed)))


@MEASURES.measure(
    title=_("People placed"),
    unit=Unit.PEOPLE,
    definition=_(
        "Different people who had a place confirmed in the period, however many places that were. "
        "“Placements” counts the places, and is split."
    ),
    base=_("Everybody with a profile"),
    source=_SOURCE,
    better=Better.MORE,
)
def people_placed(tables: Tables) -> Counted:
    # Never split: beside the placements, of which it is nearly a copy, two small counts would
    # give each other away (ADR 19).
    applications = tables.applications
    return Counted(
        Table.PEOPLE, np.unique(applications.person[tables.in_period(applications.placed)])
    )


@MEASURES.measure(
    title=_("Placements begun"),
    unit=Unit.APPLICATIONS,
    definition=_("Placements in which the person came for the first time in the period."),
    base=_("All placements"),
    source=_SOURCE,
    by=_SPLITS,
    better=Better.MORE,
)
def started(tables: Tables) -> Counted:
    return Counted(
        Table.APPLICATIONS, np.flatnonzero(tables.in_period(tables.applications.started))
    )


@MEASURES.measure(
    title=_("Still there after three months"),
    unit=Unit.SHARE,
    definition=_(
        "Of the placements that had begun 13 weeks before, and of which we then waited four weeks "
        "to hear: the share of which the person, or hours that the group confirmed, say that the "
        "person was still there. What is not heard of counts as over."
    ),
    base=_("Placements begun 17 weeks before"),
    source=f"{_SOURCE}, placements.StillGoing, placements.HoursEntry",
    by=("group-kind", "group-reach", "cause", "channel"),
    better=Better.MORE,
)
def still_there_after_three_months(tables: Tables) -> Shared:
    applications = tables.applications
    begun = applications.started
    rows = np.flatnonzero(tables.in_period(begun + THREE_MONTHS + HEARD_WITHIN))
    late = begun[rows] + THREE_MONTHS
    there = (applications.still_there[rows] >= late) | (applications.ended[rows] >= late)
    return Shared(Table.APPLICATIONS, rows, there)


@MEASURES.measure(
    title=_("Hours confirmed"),
    unit=Unit.HOURS,
    definition=_(
        "Hours given in the period that groups have confirmed by the third day after its end."
    ),
    base=_("Hours that people or groups noted"),
    source="placements.HoursEntry",
    by=("ward", "cause", "group-kind", "group-reach"),
    better=Better.MORE,
)
def hours_confirmed(tables: Tables) -> Summed:
    chosen = tables.in_period(tables.hours.day)
    return Summed(
        Table.APPLICATIONS, tables.hours.application[chosen], tables.hours.minutes[chosen] / 60
    )


@MEASURES.measure(
    title=_("Refusals"),
    unit=Unit.APPLICATIONS,
    definition=_("Applications that their group declined in the period, by the reason it gave."),
    base=_("All applications"),
    source=_SOURCE,
    by=("reason",),
    better=Better.NEITHER,
)
def declined(tables: Tables) -> Counted:
    # Not by group, as the share with a reason is: beside it, two small counts would give each
    # other away (ADR 19).
    return Counted(
        Table.APPLICATIONS, np.flatnonzero(tables.in_period(tables.applications.declined))
    )


@MEASURES.measure(
    title=_("Refusals with a reason"),
    unit=Unit.SHARE,
    definition=_(
        "Of the refusals of the period: the share that names one of our reasons, and not “another "
        "reason”."
    ),
    base=_("Refusals of the period"),
    source=_SOURCE,
    by=("group-kind", "group-reach"),
    better=Better.MORE,
)
def refusals_with_a_reason(tables: Tables) -> Shared:
    applications = tables.applications
    rows = np.flatnonzero(tables.in_period(applications.declined))
    return Shared(Table.APPLICATIONS, rows, ~np.isin(applications.reason[rows], NO_REASON))


@MEASURES.measure(
    title=_("Days until the first answer"),
    unit=Unit.DAYS,
    definition=_(
        "Half of the applications of the period had the group's first answer within so many "
        "days. Those without an answer count with their days so far."
    ),
    base=_("Applications of the period"),
    source=_SOURCE,
    by=("group-kind", "group-reach", "cause", "activity"),
    better=Better.FEWER,
    least=LEAST_FOR_MEDIAN,
)
def days_until_answered(tables: Tables) -> Timed:
    applications = tables.applications
    rows = np.flatnonzero(tables.in_period(applications.applied))
    answered = applications.answered[rows]
    happened = ~np.isnan(answered)
    # Who withdraws unanswered has waited until then.
    until = np.where(happened, answered, np.fmin(tables.at, applications.over[rows]))
    days = np.maximum(until - applications.applied[rows], 0)
    return Timed(Table.APPLICATIONS, rows, days, happened)


@MEASURES.measure(
    title=_("Applications answered within 10 days"),
    unit=Unit.SHARE,
    definition=_(
        "Of the applications of the period that are at least 10 days old: the share that the group "
        "answered within 10 days."
    ),
    base=_("Applications of the period that are 10 days old"),
    source=_SOURCE,
    by=("group-kind", "group-reach", "cause"),
    better=Better.MORE,
)
def answered_within_10_days(tables: Tables) -> Shared:
    applications = tables.applications
    old = applications.applied < tables.at - ANSWER_WITHIN
    rows = np.flatnonzero(tables.in_period(applications.applied) & old)
    took = applications.answered[rows] - applications.applied[rows]
    return Shared(Table.APPLICATIONS, rows, took <= ANSWER_WITHIN)
