"""Roles and places: what there is to do, and what nobody has asked for."""

import numpy as np
from django.utils.translation import gettext_lazy as _

from insights.measures.measure import MEASURES, Better, Unit
from insights.measures.samples import Counted, Spread, Summed, Table
from insights.measures.tables import Tables

_SPLITS = ("ward", "cause", "activity", "time", "group-kind", "group-reach")


@MEASURES.measure(
    title=_("Places open"),
    unit=Unit.PLACES,
    definition=_(
        "Places that nobody has, in roles that take people, at the end of the period. A role that "
        "pauses until its group has answered those who asked takes nobody."
    ),
    base=_("Roles that are open"),
    source="opportunities.Opportunity, placements.Application, placements.TimedOffer",
    by=(*_SPLITS, "part-and-time"),
    better=Better.MORE,
    of_moment=True,
)
def places_open(tables: Tables) -> Summed:
    rows = np.flatnonzero(tables.roles.is_open)
    return Summed(Table.ROLES, rows, tables.roles.places_left[rows])


@MEASURES.measure(
    title=_("Places offered"),
    unit=Unit.PLACES,
    definition=_(
        "All places of roles that take people, free or taken. A role that pauses until its group "
        "has answered those who asked takes nobody."
    ),
    base=_("Roles that are open"),
    source="opportunities.Opportunity",
    by=_SPLITS,
    better=Better.MORE,
    of_moment=True,
)
def places_offered(tables: Tables) -> Summed:
    rows = np.flatnonzero(tables.roles.is_open)
    return Summed(Table.ROLES, rows, tables.roles.places[rows])


@MEASURES.measure(
    title=_("Places taken"),
    unit=Unit.PLACES,
    definition=_(
        "Places of roles that take people which somebody has, or which are kept for somebody."
    ),
    base=_("Places offered"),
    source="opportunities.Opportunity, placements.Application, placements.TimedOffer",
    by=_SPLITS,
    better=Better.MORE,
    of_moment=True,
)
def places_taken(tables: Tables) -> Summed:
    rows = np.flatnonzero(tables.roles.is_open)
    taken = tables.roles.places - tables.roles.places_left
    return Summed(Table.ROLES, rows, taken[rows])


@MEASURES.measure(
    title=_("Roles open"),
    unit=Unit.ROLES,
    definition=_(
        "Roles that take people. One that pauses until its group has answered those who asked is "
        "not open."
    ),
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


@MEASURES.measure(
    title=_("Groups with no live role"),
    unit=Unit.GROUPS,
    definition=_(
        "Groups that the volunteer centre has checked, and that have no open role, nor one that "
        "pauses until they have answered those who asked."
    ),
    base=_("Groups that were checked"),
    source="opportunities.Organisation, opportunities.Opportunity",
    by=("ward", "cause", "group-kind", "group-reach"),
    better=Better.FEWER,
    of_moment=True,
)
def groups_with_no_live_role(tables: Tables) -> Counted:
    live = np.zeros(len(tables.groups.ids), bool)
    groups = tables.roles.group[tables.roles.is_open | tables.roles.paused]
    live[groups[groups >= 0]] = True
    return Counted(Table.GROUPS, np.flatnonzero(tables.groups.standing & ~live))


@MEASURES.measure(
    title=_("How unevenly attention falls on roles"),
    unit=Unit.INDEX,
    definition=_(
        "How unevenly open roles were recommended to people in the 30 days before: 0 where every "
        "role was recommended to as many, near 1 where one role got all (the Gini index)."
    ),
    base=_("Roles that are open"),
    source="matching.Impression, opportunities.Opportunity",
    better=Better.FEWER,
    of_moment=True,
)
def spread_of_attention(tables: Tables) -> Spread:
    rows = np.flatnonzero(tables.roles.is_open)
    shown = np.bincount(tables.showings.role, minlength=len(tables.roles.ids))
    return Spread(Table.ROLES, rows, shown[rows])
