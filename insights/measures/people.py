"""People: who waits, for how long, and who had a real chance."""

import numpy as np
from django.utils.translation import gettext_lazy as _

from insights.measures.dimensions import EQUALITY
from insights.measures.measure import MEASURES, Better, Unit
from insights.measures.samples import Counted, Divided, Shared, Summed, Table, Timed
from insights.measures.tables import Tables, first_of_each

#: A median says something from so many people on; a 90th percentile, when 8 lie beyond it.
LEAST_FOR_MEDIAN, LEAST_FOR_TENTH = 20, 80
#: Days within which somebody who has registered should have had an offer.
CHANCE_WITHIN = 30
_SPLITS = ("ward", "age", "cause", "activity", "time")


@MEASURES.measure(
    title=_("People waiting"),
    unit=Unit.PEOPLE,
    definition=_(
        "People who asked for a role that could start by now, have none, are not taking a break, "
        "and used the service in the 60 days before (or since, where it is not known when they "
        "did before). Who left a place and wants no other is not counted."
    ),
    base=_("Everybody with a profile"),
    source="volunteers.Volunteer, placements.Application, accounts.AuditEntry",
    by=(*_SPLITS, "wait", "part-and-time", *EQUALITY),
    better=Better.FEWER,
    of_moment=True,
)
def people_waiting(tables: Tables) -> Counted:
    return Counted(Table.PEOPLE, np.flatnonzero(tables.people.waiting))


@MEASURES.measure(
    title=_("People waiting for each place"),
    unit=Unit.PER_PLACE,
    definition=_(
        "People waiting, divided by the places that are open. Roles that pause until their groups "
        "have answered those who asked have none."
    ),
    base=_("Places open"),
    source="volunteers.Volunteer, opportunities.Opportunity",
    by=(*_SPLITS[:1], *_SPLITS[2:], "part-and-time"),
    better=Better.FEWER,
    of_moment=True,
)
def people_for_each_place(tables: Tables) -> Divided:
    roles = np.flatnonzero(tables.roles.is_open)
    places = Summed(Table.ROLES, roles, tables.roles.places_left[roles])
    return Divided(people_waiting(tables), places)


@MEASURES.measure(
    title=_("The longest waits"),
    unit=Unit.DAYS,
    definition=_(
        "Nine in ten of those who registered in the twelve months before were placed within so "
        "many days of that. Those still waiting count with the days that they have waited so far."
    ),
    base=_("People who registered in the twelve months before"),
    source="volunteers.Volunteer, placements.Application",
    by=("ward", "age"),
    better=Better.FEWER,
    least=LEAST_FOR_TENTH,
    of_moment=True,
)
def longest_waits(tables: Tables) -> Timed:
    return _until_placed(tables, 0.9)


@MEASURES.measure(
    title=_("Days until placed"),
    unit=Unit.DAYS,
    definition=_(
        "Half of those who registered in the twelve months before were placed within so many days "
        "of that. Those still waiting count with their days so far."
    ),
    base=_("People who registered in the twelve months before"),
    source="volunteers.Volunteer, placements.Application",
    by=("ward", "age", *EQUALITY),
    better=Better.FEWER,
    least=LEAST_FOR_MEDIAN,
    of_moment=True,
)
def days_until_placed(tables: Tables) -> Timed:
    return _until_placed(tables, 0.5)


def _until_placed(tables: Tables, share: float) -> Timed:
    people, applications = tables.people, tables.applications
    rows = np.flatnonzero(people.joined >= tables.at - 365)
    placed = first_of_each(applications.person, applications.placed, len(people.ids))[rows]
    happened = ~np.isnan(placed)
    until = np.where(happened, placed, np.fmin(tables.at, people.seen[rows] + 60))
    days = np.maximum(until - people.joined[rows], 0)
    return Timed(Table.PEOPLE, rows, days, happened, share)


@MEASURES.measure(
    title=_("People who had an offer within 30 days"),
    unit=Unit.SHARE,
    definition=_(
        "Of those who registered at least 30 days ago, and within the twelve months before that: "
        "the share who were offered a place within 30 days of registering."
    ),
    base=_("People who registered 30 days to 13 months ago"),
    source="volunteers.Volunteer, placements.Application",
    by=("ward", "age", *EQUALITY),
    better=Better.MORE,
    of_moment=True,
)
def offered_within_30_days(tables: Tables) -> Shared:
    people, applications = tables.people, tables.applications
    last = tables.at - CHANCE_WITHIN
    rows = np.flatnonzero((people.joined < last) & (people.joined >= last - 365))
    offered = first_of_each(applications.person, applications.offered, len(people.ids))
    within = offered[rows] - people.joined[rows] <= CHANCE_WITHIN
    return Shared(Table.PEOPLE, rows, within)
