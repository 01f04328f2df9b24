"""Categories of roles and groups, and of what groups answered."""

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from insights.measures.categories import Label, Pairs, one_each
from insights.measures.tables import GroupsTable, Tables
from opportunities.models import Organisation
from placements.models import Application

#: Reasons that a group can give for a refusal, as a figure names them.
REASONS: tuple[tuple[str, Label], ...] = (
    (Application.Reason.NO_PLACE.value, _("All places were taken")),
    (Application.Reason.OTHER_SKILLS.value, _("It needs other skills")),
    (Application.Reason.OTHER_TIMES.value, _("The times did not work")),
    (Application.Reason.TOO_FAR.value, _("It is too far away")),
    (Application.Reason.ROLE_CHANGED.value, _("The role had changed")),
    (Application.Reason.NO_REPLY.value, _("The person could not be reached")),
    (Application.Reason.NONE.value, _("No reason given")),
    (Application.Reason.OTHER.value, _("Another reason")),
)
#: What stands for no reason that helps anybody.
NO_REASON = (Application.Reason.NONE.value, Application.Reason.OTHER.value)
GROUP_REACHES: tuple[tuple[str, Label], ...] = (
    ("small-alone", _("Five paid staff or fewer, in no network")),
    ("small-network", _("Five paid staff or fewer, in a network")),
    ("larger", _("More paid staff")),
    ("small-not-said", _("Five paid staff or fewer, network not said")),
)
_SMALL = (Organisation.Size.MICRO, Organisation.Size.SMALL, Organisation.Size.UNKNOWN)


def of_ways(tables: Tables) -> Pairs:
    """What is done once, and what is regular and from home; all else is neither."""
    once = np.flatnonzero(tables.roles.one_off)
    home = np.flatnonzero(tables.roles.from_home & ~tables.roles.one_off)
    numbers = np.concatenate([np.zeros(len(once), np.int64), np.ones(len(home), np.int64)])
    return np.concatenate([once, home]), numbers


def of_group_kinds(tables: Tables) -> Pairs:
    """The legal form of groups."""
    return one_each(tables.groups.legal_form, Organisation.LegalForm.values)


def of_group_reaches(tables: Tables) -> Pairs:
    """Where of `GROUP_REACHES` groups are."""
    groups = tables.groups
    small = np.isin(groups.size, _SMALL)
    silent = small & (groups.network == Organisation.Network.UNKNOWN)
    kinds = [small_and_alone(groups), silent, small]
    return np.arange(len(small)), np.select(kinds, [0, 3, 1], default=2)


def small_and_alone(groups: GroupsTable) -> NDArray[np.bool_]:
    """Which groups have five paid staff or fewer and say that they are in no network, (n,)."""
    small: NDArray[np.bool_] = np.isin(groups.size, _SMALL)
    return small & (groups.network == Organisation.Network.NONE)


def of_reasons(tables: Tables) -> Pairs:
    """Why groups refused applications."""
    return one_each(tables.applications.reason, [code for code, __ in REASONS])


def of_channels(tables: Tables) -> Pairs:
    """How people came to the role of an application."""
    return one_each(tables.applications.channel, list(Application.CameBy.values))
