"""Fairness: over people, who have a chance or none, and over groups, whom people find or do not."""

import numpy as np
from django.utils.translation import gettext_lazy as _

from insights.measures.measure import MEASURES, Better, Unit
from insights.measures.role_categories import small_and_alone
from insights.measures.samples import Shared, Spread, Table
from insights.measures.tables import Tables

#: An index of people says something from so many on, and its steps of 0.05 nothing of five of them.
LEAST_FOR_INDEX = 100


@MEASURES.measure(
    title=_("How unevenly offers fall on people"),
    unit=Unit.INDEX,
    definition=_(
        "How unevenly the offers of a place in the twelve months before fell on everybody who had "
        "one or waits: 0 where all had as many, near 1 where few had all (the Gini index)."
    ),
    base=_("People who wait, and people who had an offer"),
    source="placements.Application, accounts.AuditEntry",
    better=Better.FEWER,
    least=LEAST_FOR_INDEX,
    of_moment=True,
)
def spread_of_offers(tables: Tables) -> Spread:
    applications, people = tables.applications, tables.people
    made = applications.person[applications.offered >= tables.at - 365]
    offers = np.bincount(made, minlength=len(people.ids))
    rows = np.flatnonzero(people.waiting | (offers > 0))
    return Spread(Table.PEOPLE, rows, offers[rows])


@MEASURES.measure(
    title=_("Applications that go to small groups in no network"),
    unit=Unit.SHARE,
    definition=_(
        "The share of the period's applications that went to groups with five paid staff or fewer "
        "that are in no network. Fair is a share like that of their places."
    ),
    base=_("All applications of the period"),
    source="placements.Application, opportunities.Organisation",
    better=Better.MORE,
)
def applications_to_small_groups(tables: Tables) -> Shared:
    applications = tables.applications
    rows = np.flatnonzero(tables.in_period(applications.applied))
    return Shared(Table.APPLICATIONS, rows, _of_small_groups(tables)[applications.role[rows]])


@MEASURES.measure(
    title=_("Places that small groups in no network offer"),
    unit=Unit.SHARE,
    definition=_(
        "The share of all places of open roles that groups with five paid staff or fewer offer "
        "that are in no network."
    ),
    base=_("Places of roles that are open"),
    source="opportunities.Opportunity, opportunities.Organisation",
    of_moment=True,
)
def places_of_small_groups(tables: Tables) -> Shared:
    roles = np.flatnonzero(tables.roles.is_open)
    rows = np.repeat(roles, tables.roles.places[roles])
    return Shared(Table.ROLES, rows, _of_small_groups(tables)[rows])


def _of_small_groups(tables: Tables) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which roles are of a small group in no network."""
    small = np.append(small_and_alone(tables.groups), False)
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = small[tables.roles.group]
    return found
