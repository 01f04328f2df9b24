"""Whether what people were told of their chances came true.

Each share is of twelve months of applications, so that every tenth of what was told has enough of
them to say something; two months of it are held against each other as people waiting are (ADR 19).
"""

import numpy as np
from django.utils.translation import gettext_lazy as _

from insights.measures.applications import ANSWER_WITHIN
from insights.measures.measure import MEASURES, Better, Unit
from insights.measures.samples import Shared, Table
from insights.measures.tables import Days, Index, Tables

#: Days after which hardly anything comes of an application any more: who has waited 30 days is not
#: answered, and a talk and the three days for an offer may follow an answer.
DECIDED_WITHIN = 42
_TWELVE_MONTHS = 365
_SOURCE = "placements.Application, accounts.AuditEntry"


@MEASURES.measure(
    title=_("Applications that got a place within six weeks"),
    unit=Unit.SHARE,
    definition=_(
        "Of the applications sent in the twelve months that ended six weeks before: the share that "
        "had a place confirmed within six weeks, by the chance of a place that the service said as "
        "the person asked. Later ones are left out, as they may still be decided; after six weeks "
        "hardly any is. Who withdrew or had no answer counts as without a place, though the chance "
        "that is told is worked out without those who withdrew for a reason of their own."
    ),
    base=_("Applications of those twelve months whose people were told a chance"),
    source=_SOURCE,
    by=("place-told",),
    better=Better.MORE,
    of_moment=True,
)
def placed_as_told(tables: Tables) -> Shared:
    applications = tables.applications
    rows = _told(tables, applications.told_place, DECIDED_WITHIN)
    took = applications.placed[rows] - applications.applied[rows]
    return Shared(Table.APPLICATIONS, rows, took <= DECIDED_WITHIN)


@MEASURES.measure(
    title=_("Applications of twelve months answered within 10 days"),
    unit=Unit.SHARE,
    definition=_(
        "Of the applications sent in the twelve months that ended 10 days before: the share that "
        "the group answered within 10 days, by the chance of that which the service said as the "
        "person asked. Who withdrew without an answer counts as not answered."
    ),
    base=_("Applications of those twelve months whose people were told a chance"),
    source=_SOURCE,
    by=("answer-told",),
    better=Better.MORE,
    of_moment=True,
)
def answered_as_told(tables: Tables) -> Shared:
    applications = tables.applications
    rows = _told(tables, applications.told_answer, ANSWER_WITHIN)
    took = applications.answered[rows] - applications.applied[rows]
    return Shared(Table.APPLICATIONS, rows, took <= ANSWER_WITHIN)


def _told(tables: Tables, chance: Days, days: int) -> Index:
    """Applications of the twelve months that ended so many days ago, of people who were told a
    chance.
    """
    age = tables.at - tables.applications.applied
    chosen = ~np.isnan(chance) & (age > days) & (age <= days + _TWELVE_MONTHS)
    return np.flatnonzero(chosen)
