"""Roles and places: what there is to do, and what nobody has asked for."""

import numpy as np
from django.utils.translation import gettext_lazy as _

from insights.measures.measure import MEASURES, Better, Unit
from insights.measures.samples import Counted, Summed, Table
from insights.measures.tables import Tables

_SPLITS = ("ward", "cause", "activity", "time", "group-kind", "group-reach")


@MEASURES.measure(
    title=_("Places open"),
    unit=Unit.PLACES,
    definition=_("Places that nobody has, in roles that take people."),
    base=_("Roles that are open"),
    source="opportunities.Opportunity",
    by=_SPLITS,
    better=Better.MORE,
    of_moment=True,
)
def places_open(tables: Tables) -> Summed:
    rows = np.flatnonzero(tables.roles.is_open)
    return Summed(Table.ROLES, rows, tables.roles.places_left[rows])


@MEASURES.measure(
    title=_("Roles open"),
    unit=Unit.ROLES,
    definition=_("Roles that take people."),
    base=_("Roles that were ever public"),
    source="opportunities.Opportunity",
    by=_SPLITS,
    better=Better.MORE,
    of_moment=True,
)
def roles_open(tables: Tables) -> Counted:
    return Counted(Table.ROLES, np.flatnonzero(tables.roles.is_open))


@MEASURES.measure(
    title=_("Roles with nobody"),
    unit=Unit.ROLES,
    definition=_("Open roles that nobody has a place in and nobody has asked for."),
    base=_("Roles that are open"),
    source="opportunities.Opportunity",
    by=_SPLITS,
    better=Better.FEWER,
    of_moment=True,
)
def roles_with_nobody(tables: Tables) -> Counted:
    roles = tables.roles
    nobody = (roles.places_left == roles.places) & (roles.pending == 0)
    return Counted(Table.ROLES, np.flatnonzero(roles.is_open & nobody))
