"""What people do while they wait for a lasting role: what is done once, or from home, and courses.

Nobody's steps are followed for it: roles show in the applications themselves, and who did a course
is who says so. `placements.models.UsefulLinkMonth` counts how often links are followed, and not by
whom.
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


@MEASURES.measure(
    title=_("People who did a course while waiting"),
    unit=Unit.PEOPLE,
    definition=_(
        "People who said in the period that they did a course of the list, and had no place in a "
        "lasting role on site then. Who did one and did not say so is not counted."
    ),
    base=_("Everybody with a profile"),
    source="placements.CourseDone, placements.Application",
    by=("ward", "age"),
    better=Better.MORE,
)
def did_a_course(tables: Tables) -> Counted:
    courses = tables.courses
    lasting = _lasting(tables)
    rows = [
        person
        for person, said in zip(courses.person, courses.said, strict=True)
        if tables.begins <= said < tables.at and not _has_place(tables, lasting, person, said)
    ]
    return Counted(Table.PEOPLE, np.unique(np.array(rows, np.int64)))


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
    for row in np.flatnonzero(taken):
        person = int(applications.person[row])
        taken[row] = not _has_place(tables, lasting, person, float(placed[row]))
    return taken


def _has_place(tables: Tables, lasting: Flags, person: int, at: float) -> bool:
    """Whether a person had a place in a lasting role at a time."""
    applications = tables.applications
    own = lasting & (applications.person == person) & ~np.isnan(applications.placed)
    until = np.nan_to_num(applications.ended[own], nan=np.inf)
    return bool(((applications.placed[own] <= at) & (until > at)).any())
