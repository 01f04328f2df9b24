"""Groups that could be asked to take a role on, as pages and the API may name them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from core.clock import LONDON
from core.places.distance import KM_PER_MILE, kilometres
from insights.analysis.hosts import MOST_HOSTS, HostWeights, likely_hosts
from insights.models import Prospectus
from insights.possible_hosts import possible_hosts
from insights.proposed_roles import ProposedRole, middle_of
from opportunities.models import Organisation

#: What a host was found by is spoken of where it counts less or more than these shares of the most.
_LITTLE, _MUCH = 0.5, 0.7
_FIELDS = ("pk", "name", "website", "latitude", "longitude", "median_answer_days")


@dataclass(frozen=True)
class LikelyHost:
    """A group that could be asked to take the role on. reasons: sentences, what speaks for it and
    against it. miles: from it to the middle of the role's ward, in whole miles; None from home and
    where its place is not known. answer_days: half of those who asked it had an answer within so
    many days; None while too few asked. told_on: when it was last told of people who would like
    such work.
    """

    group: int
    name: str
    website: str
    reasons: list[str]
    miles: int | None
    answer_days: int | None
    told_on: date | None


#: What is kept of a host: its `group`, the `parts` of its score, and whether it is `never_then`.
Kept = Mapping[str, Any]


def hosts_now(roles: Sequence[ProposedRole]) -> list[list[Kept]]:
    """The likeliest hosts of each of the roles, as the plan keeps those of its own. Nine queries,
    none where there is no role.
    """
    if not roles:
        return []
    groups = possible_hosts()
    return [
        [
            {"group": groups.ids[one.row], "parts": one.parts, "never_then": one.never_then}
            for one in likely_hosts(groups.for_role(role), MOST_HOSTS)
        ]
        for role in roles
    ]


def hosts_shown(
    kept: Sequence[tuple[ProposedRole, Sequence[Kept]]], *, sees_limits: bool = False
) -> list[list[LikelyHost]]:
    """The hosts of each role. sees_limits: whether it is for the volunteer centre, which groups
    tell what keeps them from taking more people; nobody else reads it of a group. Two queries.
    """
    wanted = {host["group"] for __, hosts in kept for host in hosts}
    # Who was stopped since they were found is not proposed any more.
    rows = Organisation.objects.verified().filter(pk__in=wanted).values(*_FIELDS)
    groups = {row["pk"]: row for row in rows}
    told = _told(wanted, {role.activity for role, __ in kept})
    return [
        [
            LikelyHost(
                group=group["pk"],
                name=group["name"],
                website=group["website"],
                reasons=_reasons(host, role, sees_limits=sees_limits),
                miles=_miles(group, role),
                answer_days=_days(group["median_answer_days"]),
                told_on=told.get((group["pk"], role.activity)),
            )
            for host in hosts
            if (group := groups.get(host["group"])) is not None
        ]
        for role, hosts in kept
    ]


def _told(groups: Iterable[int], activities: Iterable[str]) -> dict[tuple[int, str], date]:
    found = Prospectus.objects.filter(
        organisation__in=groups, counted__activity__in=activities
    ).order_by()
    latest = found.values_list("organisation", "counted__activity").annotate(at=Max("made_at"))
    return {(group, activity): at.astimezone(LONDON).date() for group, activity, at in latest}


def _miles(group: Mapping[str, Any], role: ProposedRole) -> int | None:
    if not role.ward or group["latitude"] is None or group["longitude"] is None:
        return None
    middle = middle_of(role.ward)
    far = kilometres(group["latitude"], group["longitude"], middle.latitude, middle.longitude)
    return round(far / KM_PER_MILE)


def _days(median: float | None) -> int | None:
    return None if median is None else max(1, round(median))


def _reasons(host: Kept, role: ProposedRole, *, sees_limits: bool) -> list[str]:
    """A sentence for each part of what a group was found by that says something."""
    weights = HostWeights()
    share = {name: value / getattr(weights, name) for name, value in host["parts"].items()}
    said = [
        (share["work"] > 0, _("It runs roles of this kind, or has run them.")),
        (share["cause"] == 1, _("It works for the same cause.")),
        (0 < share["cause"] < 1, _("It works for a related cause.")),
        (bool(role.ward) and share["near"] >= _LITTLE, _("It is near, or has roles near there.")),
        (share["answers"] >= _MUCH, _("It answers most people in time.")),
        (share["answers"] < _LITTLE, _("It leaves many people without an answer in time.")),
        (share["going"] > 0, _("It has roles that are open now.")),
        (
            bool(host.get("never_then")),
            _("All its roles with set times are at other times of the week."),
        ),
        (
            sees_limits and share["room"] < 1,
            _("It says that something keeps it from taking more people."),
        ),
    ]
    return [sentence for is_so, sentence in said if is_so]
