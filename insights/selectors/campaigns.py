"""Whom a campaign would write to, and what came of those that were sent."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core.clock import now
from core.disclosure import rounded
from core.models import Cause
from insights.models import Campaign, CampaignGroup, Prospectus, ProspectusMail
from insights.supply import REACH_KM, Supply
from opportunities.models import Membership, Organisation

#: A group is told of people at most so often within so many days, by mail or on its page.
MOST, WITHIN = 2, timedelta(days=30)
#: So long after a campaign the groups that it did not write to are left alone, and roles count.
COMPARED_FOR = timedelta(days=92)
Arm, Outcome = CampaignGroup.Arm, CampaignGroup.Outcome


@dataclass(frozen=True, slots=True)
class Chosen:
    """A group that a campaign would write to: the people it would be told of, and whether by mail
    (else it finds them on its page).
    """

    group_id: int
    supply: str
    mailed: bool


@dataclass(frozen=True, slots=True)
class Audience:
    """The groups of a campaign. Left out: how many have had enough this month, how many are being
    compared with in another campaign, and of how many none of the people are in reach.
    """

    chosen: tuple[Chosen, ...]
    over_limit: int
    compared: int
    out_of_reach: int

    @property
    def by_mail(self) -> int:
        """How many groups have somebody who is mailed."""
        return sum(one.mailed for one in self.chosen)

    @property
    def on_page(self) -> int:
        """How many groups find it on their page."""
        return len(self.chosen) - self.by_mail

    @property
    def of_each(self) -> Counter[str]:
        """How many groups are told of which people, by code of the supply."""
        return Counter(one.supply for one in self.chosen)


def audience(campaign: Campaign) -> Audience:
    """The groups that a campaign would write to now. Two queries."""
    supplies = [Supply.of_json(stored) for stored in campaign.supplies]
    chosen: list[Chosen] = []
    left_out: Counter[str] = Counter()
    for group in _groups(campaign):
        supply = best_for(group, supplies, only_suggested=campaign.only_suggested)
        if supply is None:
            left_out["out_of_reach"] += 1
        elif group.is_compared:
            left_out["compared"] += 1
        elif group.told_lately >= MOST:
            left_out["over_limit"] += 1
        else:
            chosen.append(Chosen(group.pk, supply.code, group.wants_mail))
    return Audience(
        tuple(chosen), left_out["over_limit"], left_out["compared"], left_out["out_of_reach"]
    )


def best_for(
    group: Organisation, supplies: Sequence[Supply], *, only_suggested: bool = False
) -> Supply | None:
    """The people whom a group would most likely take: those for whom the plan of roles names it,
    else of a cause that it works for, else nearest, else the most, as far as that is shown; None
    where none is in reach
    (`only_suggested`: or the group is neither named nor of their causes). Reads the group's causes
    and their headings.
    """
    headings = {(cause.parent or cause).code for cause in group.causes.all()}
    own = {cause.code for cause in group.causes.all()} | headings
    found = []
    for supply in supplies:
        hosts = group.pk in supply.hosts
        far = supply.kilometres_to(group)
        if far is None and hosts:
            far = REACH_KM
        suggested = hosts or bool(own & supply.wanted_causes)
        if far is not None and (suggested or not only_suggested):
            people = rounded(supply.people) or 0
            found.append(((not hosts, not suggested, far, -people, supply.code), supply))
    return min(found, key=lambda one: one[0])[1] if found else None


def told_lately(group_id: int) -> int:
    """How many prospectuses a group has had within the time that has a limit."""
    return _lately().filter(organisation=group_id).count()


def _lately() -> QuerySet[Prospectus]:
    return Prospectus.objects.filter(made_at__gt=now() - WITHIN)


def compared_with() -> QuerySet[CampaignGroup]:
    """Groups that are being compared with: none of them is written to meanwhile."""
    lately = CampaignGroup.objects.filter(
        arm=Arm.COMPARISON, campaign__confirmed_at__gt=now() - COMPARED_FOR
    )
    return lately.exclude(campaign__state=Campaign.State.STOPPED)


def _groups(campaign: Campaign) -> QuerySet[Any]:
    """Verified groups with somebody who acts for them, as the campaign means them; each with
    `wants_mail`, `is_compared` and `told_lately`.
    """
    compared = compared_with()
    lately = _lately().filter(organisation=OuterRef("pk")).order_by()
    told = lately.values("organisation").annotate(number=Count("pk")).values("number")
    chosen = Organisation.objects.verified().filter(
        Exists(Membership.objects.filter(organisation=OuterRef("pk"), user__is_active=True))
    )
    if campaign.wards:
        chosen = chosen.filter(ward_code__in=campaign.wards)
    if campaign.kinds:
        chosen = chosen.filter(legal_form__in=campaign.kinds)
    if campaign.causes:
        of_cause = Q(causes__code__in=campaign.causes) | Q(causes__parent__code__in=campaign.causes)
        chosen = chosen.filter(of_cause).distinct()
    return (
        chosen.annotate(
            wants_mail=Exists(ProspectusMail.objects.wanted().filter(organisation=OuterRef("pk"))),
            is_compared=Exists(compared.filter(organisation=OuterRef("pk"))),
            told_lately=Coalesce(Subquery(told), 0),
        )
        .prefetch_related(Prefetch("causes", Cause.objects.select_related("parent")))
        .order_by("pk")
    )
