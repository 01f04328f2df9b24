"""Who was about at a moment: whose account was in use, and when each person last came."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Max, Q
from numpy.typing import NDArray

from accounts.models import AuditEntry
from insights.columns import day_of, days_of
from insights.measures.tables import Days
from volunteers.models import EarlierUse
from volunteers.policies import CONFIRMED_WITHIN


def accounts_in_use(column: dict[str, tuple[Any, ...]], at: datetime) -> NDArray[np.bool_]:
    """Whose account was not stopped; the first change since says what it was before."""
    by_centre = Q(action__in=("user.suspended", "user.reinstated"))
    by_administrator = Q(action="user.changed", details__has_key="is_active")
    entries = AuditEntry.objects.filter(
        by_centre | by_administrator, subject_type="user", at__gte=at
    ).order_by("-at", "-pk")
    was = {}
    for pk, action, details in entries.values_list("subject_id", "action", "details").iterator():
        if action != "user.changed":
            was[pk] = action == "user.suspended"
        elif "is_active" in details["fields"]:
            was[pk] = not details["is_active"]
    accounts = zip(column["user"], column["user__is_active"], strict=True)
    return np.array([was.get(pk, is_active) for pk, is_active in accounts], bool)


def last_seen(at: datetime, column: dict[str, tuple[Any, ...]], rows: dict[int, int]) -> Days:
    """When each person last used the service by then, nan where never.

    Of people from before uses were kept, only the last is known. Who came afterwards was still
    about: an earlier month must not lose everybody who came back since.
    """
    found = days_of(column["last_used_at"])
    then = EarlierUse.objects.filter(used_at__lt=at, until__gte=at)
    for pk, used in then.values_list("volunteer", "used_at").iterator():
        if pk in rows:
            found[rows[pk]] = day_of(used)
    return np.fmax(found, _last_acts(at, column["user"]))


def _last_acts(at: datetime, users: Sequence[int]) -> Days:
    """When each person last did something that the audit trail has, within the last 60 days."""
    recent = AuditEntry.objects.filter(at__lt=at, at__gte=at - CONFIRMED_WITHIN, actor__in=users)
    last = dict(recent.order_by().values_list("actor").annotate(last=Max("at")))
    return days_of(last.get(user) for user in users)
