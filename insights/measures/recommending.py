"""How the ranking does: whether what is recommended is opened and asked for; and what people do
while they wait.
"""

import numpy as np
from django.utils.translation import gettext_lazy as _

from insights.measures.measure import MEASURES, Better, Unit
from insights.measures.samples import Counted, Shared, Table
from insights.measures.tables import Tables

_SHOWN = "matching.Impression"


@MEASURES.measure(
    title=_("Recommended roles that were opened"),
    unit=Unit.SHARE,
    definition=_(
        "Of the roles that were recommended to a person in the 30 days before: the share whose "
        "page the person opened."
    ),
    base=_("Pairs of a person and a role that was recommended to them"),
    source=_SHOWN,
    better=Better.MORE,
    of_moment=True,
)
def recommendations_opened(tables: Tables) -> Shared:
    showings = tables.showings
    return Shared(Table.SHOWINGS, np.arange(len(showings.person)), showings.opened)


@MEASURES.measure(
    title=_("Recommended roles that were asked for"),
    unit=Unit.SHARE,
    definition=_(
        "Of the roles that were recommended to a person in the 30 days before: the share that the "
        "person asked for."
    ),
    base=_("Pairs of a person and a role that was recommended to them"),
    source=_SHOWN,
    better=Better.MORE,
    of_moment=True,
)
def recommendations_applied_for(tables: Tables) -> Shared:
    showings = tables.showings
    return Shared(Table.SHOWINGS, np.arange(len(showings.person)), showings.applied)


@MEASURES.measure(
    title=_("People who helped while they wait"),
    unit=Unit.PEOPLE,
    definition=_(
        "People who wait at the end of the period and in it gave hours, confirmed by a group, to "
        "a one-off role or to one that is done from home."
    ),
    base=_("People waiting"),
    source="volunteers.Volunteer, placements.HoursEntry, opportunities.Opportunity",
    by=("ward", "age"),
    better=Better.MORE,
)
def useful_waits(tables: Tables) -> Counted:
    hours, roles = tables.hours, tables.roles
    applications = hours.application[tables.in_period(hours.day)]
    light = (roles.one_off | roles.from_home)[tables.applications.role[applications]]
    helped = np.zeros(len(tables.people.ids), bool)
    helped[tables.applications.person[applications[light]]] = True
    return Counted(Table.PEOPLE, np.flatnonzero(tables.people.waiting & helped))
