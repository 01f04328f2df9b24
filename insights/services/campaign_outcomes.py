"""What had come of campaigns by the end of a month, worked out once and kept.

Once a month, as splits of figures are (docs/adr/0019): a number that changed from one day to the
next would tell of the one person who came between.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from core.clock import LONDON, now
from core.outbox.leases import Lease
from insights import datasets
from insights.measures.applications import HEARD_WITHIN, THREE_MONTHS
from insights.measures.tables import Tables
from insights.models import Campaign, CampaignGroup, CampaignMonth
from insights.periods import CLOSES_AFTER, Period
from insights.selectors.campaigns import COMPARED_FOR
from opportunities.models import Opportunity

#: A campaign is followed for so many months.
FOLLOWED_MONTHS = 12
Arm = CampaignGroup.Arm


@dataclass(frozen=True, slots=True)
class Steps:
    """How far things went, true numbers. groups: how many there are. began, published, applied,
    placed, due, there: groups of them that began a role within three months of the campaign, and
    whose roles of these were published, asked for, given to somebody, given so long ago that it is
    known who was there after three months, and still somebody's then.
    """

    groups: int
    began: int
    published: int
    applied: int
    placed: int
    due: int
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


def work_out_months(lease: Lease | None = None) -> int:
    """Work out each month of every campaign that is followed, where that was not done: last month,
    and any that was missed; give how many there were. Safe to run at any time and again.

    Each month is kept as soon as it is worked out, under the lease of the worker that does it.
    """
    made = 0
    for month, campaigns in _missing().items():
        tables = datasets.tables(month)
        rows = [
            CampaignMonth(
                campaign=campaign,
                month=month.code,
                figures=figures(campaign, month, tables),
                worked_out_at=now(),
            )
            for campaign in campaigns
        ]
        with transaction.atomic():
            if lease is not None:
                lease.check()
            CampaignMonth.objects.bulk_create(rows, ignore_conflicts=True)
        made += len(rows)
    return made


def _missing() -> dict[Period, list[Campaign]]:
    """The months that are over and what is entered late has been waited for, each with the
    campaigns that were followed in it and of which it was not worked out, the first first.
    """
    last = Period.month_of(now().astimezone(LONDON).date()).before()
    if now() < last.ends_at + CLOSES_AFTER:
        last = last.before()
    known = set(CampaignMonth.objects.values_list("campaign", "month"))
    found: dict[Period, list[Campaign]] = {}
    for campaign in Campaign.objects.confirmed().order_by("pk"):
        for month in _followed(campaign):
            if month <= last and (campaign.pk, month.code) not in known:
                found.setdefault(month, []).append(campaign)
    return dict(sorted(found.items()))


def _followed(campaign: Campaign) -> list[Period]:
    """The month in which a campaign was confirmed and those after it."""
    if campaign.confirmed_at is None:
        return []
    months = [Period.month_of(campaign.confirmed_at.astimezone(LONDON).date())]
    while len(months) <= FOLLOWED_MONTHS:
        months.append(months[-1].after())
    return months


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
        due=_some(by_group, "due"),
        there=_some(by_group, "there"),
    )


def _some(by_group: Mapping[int, People], step: str) -> int:
    return sum(getattr(people, step) > 0 for people in by_group.values())
