"""What had come of campaigns by the end of a month, worked out once and kept.

Once a month, as splits of figures are (docs/adr/0019): a number that changed from one day to the
next would tell of the one person who came between.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from core.clock import LONDON, now
from insights import datasets
from insights.measures.applications import HEARD_WITHIN, THREE_MONTHS
from insights.measures.tables import Tables
from insights.models import Campaign, CampaignGroup, CampaignMonth
from insights.periods import Period
from insights.selectors.campaigns import COMPARED_FOR
from insights.services.figures import CLOSES_AFTER
from opportunities.models import Opportunity

#: A campaign is followed for so many months.
FOLLOWED_MONTHS = 12
Arm = CampaignGroup.Arm


@dataclass(frozen=True, slots=True)
class Steps:
    """How far things went, true numbers. groups: how many there are. began, published, applied,
    placed, there: groups of them that began a role within three months of the campaign, and whose
    roles of these were published, asked for, given to somebody, and still somebody's after three
    months.
    """

    groups: int
    began: int
    published: int
    applied: int
    placed: int
    there: int


@dataclass(frozen=True, slots=True)
class People:
    """People behind some roles, true numbers: who asked, was placed, began so long ago that it is
    known whether they were there after three months, and of these was still there.
    """

    applied: int
    placed: int
    due: int
    there: int


@dataclass(frozen=True, slots=True)
class _Role:
    """A role that a group of a campaign began within the time that counts."""

    pk: int
    group: int
    published: bool
    linked: bool


def work_out_months() -> int:
    """Work out last month for every campaign that is followed, where that was not done; give for
    how many. Safe to run at any time and again.
    """
    month = Period.month_of(now().astimezone(LONDON).date()).before()
    if now() < month.ends_at + CLOSES_AFTER:
        return 0
    first = _months_before(month, FOLLOWED_MONTHS).starts_at
    due = (
        Campaign.objects.confirmed()
        .filter(confirmed_at__lt=month.ends_at, confirmed_at__gte=first)
        .exclude(months__month=month.code)
    )
    followed = list(due.order_by("pk"))
    if not followed:
        return 0
    tables = datasets.tables(month)
    made = [
        CampaignMonth(
            campaign=campaign,
            month=month.code,
            figures=figures(campaign, month, tables),
            worked_out_at=now(),
        )
        for campaign in followed
    ]
    CampaignMonth.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def figures(campaign: Campaign, month: Period, tables: Tables) -> dict[str, dict[str, int]]:
    """Steps of groups by `Arm`, and under "people" those behind the roles that groups began from
    their prospectuses, as of a month's end.
    """
    roles = _roles(campaign, month)
    found = _Behind(tables)
    arms: dict[str, list[int]] = {arm: [] for arm in Arm}
    for arm, group in campaign.groups.values_list("arm", "organisation"):
        arms[arm].append(group)
    steps = {
        arm: asdict(_steps(groups, [role for role in roles if role.group in set(groups)], found))
        for arm, groups in arms.items()
    }
    return steps | {"people": asdict(found.people(role.pk for role in roles if role.linked))}


def _roles(campaign: Campaign, month: Period) -> list[_Role]:
    """Roles that the campaign's groups began from it or, of their own accord, in its time."""
    begins = campaign.confirmed_at or month.ends_at
    links = campaign.groups.filter(prospectus__draft__isnull=False)
    linked = set(links.values_list("prospectus__draft", flat=True))
    of_groups = Opportunity.objects.filter(
        organisation__in=campaign.groups.values("organisation"), created_at__lt=month.ends_at
    )
    in_time = of_groups.filter(created_at__gte=begins, created_at__lt=begins + COMPARED_FOR)
    rows = (in_time | of_groups.filter(pk__in=linked)).order_by("pk")
    return [
        _Role(pk, group, published is not None and published < month.ends_at, pk in linked)
        for pk, group, published in rows.values_list("pk", "organisation", "published_at")
    ]


class _Behind:
    """Who stands behind roles, by the tables of one month."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._rows = {pk: row for row, pk in enumerate(tables.roles.ids.tolist())}
        applications = tables.applications
        self._placed = ~np.isnan(applications.placed)
        # As `insights.measures.applications.still_there_after_three_months` has it.
        late = applications.started + THREE_MONTHS
        self._due = late + HEARD_WITHIN < tables.at
        there = (applications.still_there >= late) | (applications.ended >= late)
        self._there = self._due & there

    def of(self, roles: Iterable[int]) -> NDArray[np.bool_]:
        """The applications for these roles."""
        rows = [self._rows[pk] for pk in roles if pk in self._rows]
        return np.isin(self._tables.applications.role, rows)

    def people(self, roles: Iterable[int]) -> People:
        """Different people of these roles."""
        asked = self.of(roles)
        person = self._tables.applications.person
        return People(
            *(
                len(np.unique(person[asked & step]))
                for step in (np.ones_like(asked), self._placed, self._due, self._there)
            )
        )


def _steps(groups: list[int], roles: list[_Role], found: _Behind) -> Steps:
    by_group: dict[int, People] = {}
    for group in {role.group for role in roles}:
        by_group[group] = found.people(role.pk for role in roles if role.group == group)
    return Steps(
        groups=len(groups),
        began=len({role.group for role in roles}),
        published=len({role.group for role in roles if role.published}),
        applied=_some(by_group, "applied"),
        placed=_some(by_group, "placed"),
        there=_some(by_group, "there"),
    )


def _some(by_group: Mapping[int, People], step: str) -> int:
    return sum(getattr(people, step) > 0 for people in by_group.values())


def _months_before(month: Period, number: int) -> Period:
    for _ in range(number):
        month = month.before()
    return month
