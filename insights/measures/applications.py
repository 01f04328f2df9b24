"""What comes of asking: the funnel from applied to three months, and how fast groups answer."""

import numpy as np
from django.utils.translation import gettext_lazy as _

from insights.measures.dimensions import EQUALITY
from insights.measures.measure import MEASURES, Better, Unit
from insights.measures.people import LEAST_FOR_MEDIAN
from insights.measures.samples import Counted, Shared, Table, Timed
from insights.measures.tables import Tables

_SPLITS = ("ward", "age", "cause", "activity", "time", "group-kind", "group-reach", "channel")
#: Groups should answer within so many days.
ANSWER_WITHIN = 10
_SOURCE = "placements.Application, accounts.AuditEntry"


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
    title=_("People placed"),
    unit=Unit.APPLICATIONS,
    definition=_("Places that were confirmed in the period."),
    base=_("All placements of the period"),
    source=_SOURCE,
    by=(*_SPLITS, *EQUALITY),
    better=Better.MORE,
)
def placed(tables: Tables) -> Counted:
    return Counted(Table.APPLICATIONS, np.flatnonzero(tables.in_period(tables.applications.placed)))


@MEASURES.measure(
    title=_("Days until the first answer"),
    unit=Unit.DAYS,
    definition=_(
        "Half of the applications of the period had the group's first answer within so many days "
        "(the Kaplan–Meier median). Those without an answer count with their days so far."
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
