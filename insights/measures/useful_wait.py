"""What people take up while they wait for a lasting role: what is done once, or from home.

Nobody's steps are followed for it: it shows in the applications themselves. Who went to a course
somewhere else nobody knows (`placements.models.UsefulLinkMonth` counts how often links are
followed).
"""

import numpy as np
from django.utils.translation import gettext_lazy as _

from insights.measures.measure import MEASURES, Better, Unit
from insights.measures.samples import Counted, Shared, Table
from insights.measures.tables import Flags, Tables, first_of_each

_SOURCE = "placements.Application, accounts.AuditEntry, opportunities.Opportunity"


@MEASURES.measure(
    title=_("Places taken up while waiting"),
    unit=Unit.APPLICATIONS,
    definition=_(
        "Places in one-off roles and in roles that are done from home, confirmed in the period to "
        "people who had asked for a lasting role on site before and had no place in one then."
    ),
    base=_("All placements of the period"),
    source=_SOURCE,
    by=("ward", "age", "meanwhile"),
    better=Better.MORE,
)
def taken_up_meanwhile(tables: Tables) -> Counted:
    return Counted(Table.APPLICATIONS, np.flatnonzero(_meanwhile(tables)))


@MEASURES.measure(
    title=_("People who used the wait"),
    unit=Unit.SHARE,
    definition=_(
        "Of the people who asked for a lasting role on site in the period and were not given a "
        "place in one within it: the share who took up a one-off role or one from home meanwhile."
    ),
    base=_("People who asked for a lasting role on site in the period and still had no place"),
    source=_SOURCE,
    by=("ward", "age"),
    better=Better.MORE,
)
def used_the_wait(tables: Tables) -> Shared:
    applications, people = tables.applications, len(tables.people.ids)
    lasting = _lasting(tables)
    asked = np.zeros(people, bool)
    asked[applications.person[lasting & tables.in_period(applications.applied)]] = True
    placed = np.zeros(people, bool)
    placed[applications.person[lasting & tables.in_period(applications.placed)]] = True
    rows = np.flatnonzero(asked & ~placed)
    did = np.zeros(people, bool)
    did[applications.person[_meanwhile(tables)]] = True
    return Shared(Table.PEOPLE, rows, did[rows])


def _lasting(tables: Tables) -> Flags:
    """Which applications are for roles that are regular and on site."""
    roles = tables.roles
    return ~(roles.one_off | roles.from_home)[tables.applications.role]


def _meanwhile(tables: Tables) -> Flags:
    """Which applications became, in the period, the place of somebody who waited for a lasting
    role: who had asked for one by then, and had none at that time.
    """
    applications = tables.applications
    lasting = _lasting(tables)
    asked = np.where(lasting, applications.applied, np.nan)
    first = first_of_each(applications.person, asked, len(tables.people.ids))
    placed = applications.placed
    taken = ~lasting & tables.in_period(placed) & (first[applications.person] < placed)
    had = lasting & ~np.isnan(placed)
    for row in np.flatnonzero(taken):
        own = had & (applications.person == applications.person[row])
        until = np.nan_to_num(applications.ended[own], nan=np.inf)
        taken[row] = not ((placed[own] <= placed[row]) & (until > placed[row])).any()
    return taken
