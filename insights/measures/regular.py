"""What the service contributes to regular volunteering in the borough.

Not the national indicator of that name, which is a survey of all adults: these count residents of
16 and over whose help a group has confirmed here (`insights.contribution` says what they miss).
"""

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from insights.measures.measure import MEASURES, Better, Unit
from insights.measures.samples import Counted, Table
from insights.measures.tables import Tables

ADULT = 16
_SOURCE = "placements.HoursEntry, volunteers.Volunteer"
_SPLITS = ("ward", "age")


def _residents(tables: Tables) -> NDArray[np.bool_]:
    """Who lives in the borough and is 16 or over; who has not said their age is not counted."""
    people = tables.people
    return (people.ward != "") & (people.age >= ADULT)


def _active(tables: Tables, begins: float, ends: float) -> NDArray[np.bool_]:
    """Who gave confirmed hours on a day between two moments."""
    hours = tables.hours
    chosen = (hours.day >= begins) & (hours.day < ends)
    active = np.zeros(len(tables.people.ids), bool)
    active[tables.applications.person[hours.application[chosen]]] = True
    return active


@MEASURES.measure(
    title=_("Residents who helped in each of the last twelve months"),
    unit=Unit.PEOPLE,
    definition=_(
        "Residents of 16 and over who gave hours, confirmed by a group, in each of the last twelve "
        "whole months."
    ),
    base=_("Residents of 16 and over with a profile"),
    source=_SOURCE,
    by=_SPLITS,
    better=Better.MORE,
    of_moment=True,
)
def helped_in_each_month(tables: Tables) -> Counted:
    chosen = _residents(tables)
    for begins, ends in tables.months_before(12):
        chosen = chosen & _active(tables, begins, ends)
    return Counted(Table.PEOPLE, np.flatnonzero(chosen))


@MEASURES.measure(
    title=_("Residents who helped in the last month"),
    unit=Unit.PEOPLE,
    definition=_(
        "Residents of 16 and over who gave hours, confirmed by a group, in the last whole month."
    ),
    base=_("Residents of 16 and over with a profile"),
    source=_SOURCE,
    by=_SPLITS,
    better=Better.MORE,
    of_moment=True,
)
def helped_in_last_month(tables: Tables) -> Counted:
    ((begins, ends),) = tables.months_before(1)
    return Counted(Table.PEOPLE, np.flatnonzero(_residents(tables) & _active(tables, begins, ends)))


@MEASURES.measure(
    title=_("Residents registered"),
    unit=Unit.PEOPLE,
    definition=_("Residents of 16 and over who have a profile."),
    base=_("Everybody with a profile"),
    source="volunteers.Volunteer",
    by=_SPLITS,
    better=Better.MORE,
    of_moment=True,
)
def residents_registered(tables: Tables) -> Counted:
    return Counted(Table.PEOPLE, np.flatnonzero(_residents(tables)))


@MEASURES.measure(
    title=_("Residents with a place"),
    unit=Unit.PEOPLE,
    definition=_("Residents of 16 and over who have a place in a role."),
    base=_("Residents of 16 and over with a profile"),
    source="placements.Application, volunteers.Volunteer",
    by=_SPLITS,
    better=Better.MORE,
    of_moment=True,
)
def residents_placed(tables: Tables) -> Counted:
    applications = tables.applications
    placed = np.zeros(len(tables.people.ids), bool)
    has = ~np.isnan(applications.placed) & np.isnan(applications.ended)
    placed[applications.person[has]] = True
    return Counted(Table.PEOPLE, np.flatnonzero(_residents(tables) & placed))
