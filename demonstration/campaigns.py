"""What groups were told of people who wait: who wants it by mail, a campaign of eleven months ago
with all that came of it, one of last week, and one that is being drawn up.

A group that soon began a role of one of those kinds was told of people who want it, and the role is
what came of it. That writing made a difference is made up, as is everything here: of the groups
that began a role in the time of the first campaign, fewer than of the others are among those that
were not written to. No role and no person is there for it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from django.db.models import QuerySet

from core.clock import LONDON
from core.disclosure import FEWEST
from core.places.wards import WARDS, ward_name
from demonstration.plan import by_day
from demonstration.written import Written
from insights import datasets
from insights.analysis.comparison import held_back
from insights.models import (
    Campaign,
    CampaignGroup,
    CampaignMonth,
    CountedPeople,
    Prospectus,
    ProspectusMail,
)
from insights.periods import Period
from insights.proposed_roles import TIMES
from insights.selectors import campaigns as selectors
from insights.services import campaign_outcomes, counting, prospectus_mail
from insights.supply import Supply
from opportunities.models import Opportunity, Organisation

#: What part of groups have somebody who wants mail, of those told by mail and on their page opens
#: it, and of those that make nothing of it puts it aside.
WANTS_MAIL, OPENS_MAIL, OPENS_PAGE, PUTS_ASIDE = 0.35, 0.7, 0.3, 0.1
#: Days ago of the two campaigns that were sent (of the first it is known who was there after three
#: months); of how many kinds of work and wards their people are; how many of 100 groups were not
#: written to, and of those that began a role.
FIRST, LAST, KINDS, AREAS, HELD_BACK, BEGAN_HELD_BACK = 335, 6, 12, 4, 30, 15
TOLD = "We write at most twice a month, to you alone. Each email has a link that stops them."
Arm, Outcome = CampaignGroup.Arm, CampaignGroup.Outcome


def write(written: Written) -> None:
    """Write who wants mail and the campaigns, before the audit trail is written."""
    _write_choices(written)
    at = written.plan.at_work(written.plan.ago(FIRST))
    kinds = _kinds_begun(written, at)
    first = _sent(written, "Kinds of help we are short of (demo)", at, kinds, HELD_BACK)
    _link_drafts(written, first)
    last = written.plan.at_work(written.plan.ago(LAST))
    home = written.groups[1].ward_code
    name = f"Near {ward_name(home)}, this month" if ward_name(home) else "This month"
    _tell_the_login(written, _sent(written, name, last, kinds, 0, [home], most=1))
    _draft(written, kinds[2:3])


def work_out(written: Written) -> None:
    """Work out what came of them at each month's end, after the audit trail is written."""
    month = Period.month_of(written.plan.today)
    for _ in range(FIRST // 28 + 1):
        month = month.before()
        followed = Campaign.objects.confirmed().filter(confirmed_at__lt=month.ends_at)
        if not followed:
            return
        tables = datasets.tables(month)
        CampaignMonth.objects.bulk_create(
            CampaignMonth(
                campaign=one,
                month=month.code,
                figures=campaign_outcomes.figures(one, month, tables),
                worked_out_at=month.ends_at,
            )
            for one in followed
        )


def _write_choices(written: Written) -> None:
    chance = written.plan.chance("prospectus mail")
    made = []
    for number, group in written.groups.items():
        if not group.is_verified or (number != 1 and chance.random() > WANTS_MAIL):
            continue
        begins = group.verified_at or written.plan.beginning
        at = by_day(max(written.plan.ago(chance.uniform(10, 400)), begins))
        made.append(
            ProspectusMail(
                organisation=group,
                user=written.members[number][0],
                wants=True,
                told=TOLD,
                at=min(at, written.plan.end),
                created_at=at,
            )
        )
    ProspectusMail.objects.bulk_create(made)
    for row in made:
        written.note("prospectus.mail_chosen", row, by=row.user, at=row.at, wants=True)


def _kinds_begun(written: Written, at: datetime) -> list[str]:
    """The kinds of work of which groups began most roles after that day: what was asked for then
    has to have something to do with what came.
    """
    begun = _begun_soon(at).filter(organisation__in=written.groups.values()).order_by()
    found = Counter(begun.values_list("activities__code", flat=True))
    return [code for code, __ in sorted(found.items(), key=lambda one: (-one[1], str(one[0])))
            if code][:KINDS]  # fmt: skip


def _supplies(
    written: Written, name: str, kinds: Sequence[str], wards: Sequence[str] = ()
) -> list[Supply]:
    chance = written.plan.chance(f"supplies {name}")
    wards = list(wards) or chance.sample([ward.code for ward in WARDS], AREAS)
    times = [code for code, *__ in TIMES]
    return [
        Supply.of_planned_role(
            {"activity": kind, "time": chance.choice(times), "ward": ward, "named": FEWEST}
        )
        for kind in kinds
        for ward in wards
    ]


def _sent(
    written: Written,
    name: str,
    at: datetime,
    kinds: Sequence[str],
    share: int,
    wards: Sequence[str] = (),
    most: int | None = None,
) -> list[CampaignGroup]:
    """A campaign that was sent on a day to the groups that it would have reached; its rows, with
    their prospectuses. most: of so many kinds of people, the first that are enough to speak of.
    """
    supplies = _supplies(written, name, kinds, wards)
    counted = _counted_on(at, supplies)
    enough = _with_people(supplies, counted)[:most]
    campaign = _begun(written, name, at, enough, share)
    chosen = [
        one
        for one in selectors.audience(campaign).chosen
        if (since := written.groups[written.number_of[one.group_id]].verified_at) and since < at
    ]
    chosen = _told_of_their_kind(chosen, enough, at)
    drawn = _drawn(chosen, share, campaign.seed, at)
    delivery = written.staff["delivery"]
    campaign.state, campaign.confirmed_at, campaign.confirmed_by = Campaign.State.SENT, at, delivery
    campaign.finished_at = at + timedelta(minutes=4)
    campaign.save()
    for action, by in (("campaign.confirmed", delivery), ("campaign.sent", None)):
        written.note(action, campaign, by=by, at=at)
    mailed = _mailed_by(at)
    rows = [
        CampaignGroup(
            campaign=campaign,
            organisation=written.groups[written.number_of[one.group_id]],
            supply=one.supply,
            arm=Arm.COMPARISON if is_drawn else Arm.WRITTEN,
        )
        for one, is_drawn in zip(chosen, drawn, strict=True)
    ]
    for row in rows:
        if row.arm == Arm.WRITTEN:
            number = int(row.organisation_id in mailed)
            row.outcome = Outcome.MAILED if number else Outcome.ON_PAGE
            row.prospectus = Prospectus(
                organisation=row.organisation,
                counted=counted[row.supply],
                made_at=at,
                mailed=number,
            )
    _write_prospectuses(written, rows)
    CampaignGroup.objects.bulk_create(rows)
    return rows


def _told_of_their_kind(
    chosen: Sequence[selectors.Chosen], supplies: Sequence[Supply], at: datetime
) -> list[selectors.Chosen]:
    """The groups, those that soon began a role told of people who want that kind of work: it is
    what came of it.
    """
    kinds: dict[int, set[str]] = {}
    for group, kind in _begun_soon(at).values_list("organisation", "activities__code"):
        kinds.setdefault(group, set()).add(kind)
    groups = Organisation.objects.prefetch_related("causes__parent").in_bulk(kinds)
    told = []
    for one in chosen:
        wanted = [supply for supply in supplies if supply.activity in kinds.get(one.group_id, ())]
        best = selectors.best_for(groups[one.group_id], wanted) if wanted else None
        told.append(replace(one, supply=best.code) if best else one)
    return told


def _begun_soon(at: datetime) -> QuerySet[Opportunity]:
    """Roles that were begun within the time that counts for a campaign of that day."""
    return Opportunity.objects.filter(
        created_at__gte=at, created_at__lt=at + selectors.COMPARED_FOR
    ).order_by("pk")


def _drawn(chosen: Sequence[selectors.Chosen], share: int, seed: int, at: datetime) -> list[bool]:
    """Which groups are not written to: so many of 100, of those that began a role soon fewer."""
    began = set(_begun_soon(at).values_list("organisation", flat=True))
    did = np.array([one.group_id in began for one in chosen], np.bool_)
    strata = np.array(["mail" if one.mailed else "page" for one in chosen], np.str_)
    fewer = min(share, BEGAN_HELD_BACK) / 100
    others = (share / 100 * len(did) - fewer * did.sum()) / max(int((~did).sum()), 1)
    drawn = np.zeros(len(did), np.bool_)
    for rows, part in ((did, fewer), (~did, others)):
        drawn[rows] = held_back(strata[rows].tolist(), min(part, 1.0), seed)
    return [bool(one) for one in drawn]


def _begun(
    written: Written, name: str, at: datetime, supplies: Sequence[Supply], share: int
) -> Campaign:
    begun = by_day(at - timedelta(days=2))
    campaign = Campaign.objects.create(
        name=name,
        supplies=[one.as_json() for one in supplies],
        only_suggested=False,
        held_back=share,
        seed=written.plan.seed,
        made_by=written.staff["delivery"],
        created_at=begun,
    )
    written.note("campaign.begun", campaign, by=campaign.made_by, at=begun)
    return campaign


def _counted_on(at: datetime, supplies: Sequence[Supply]) -> dict[str, CountedPeople]:
    """The people of today, as if they had been counted on that day."""
    counted = counting.count(supplies)
    month = Period.month_of(at.astimezone(LONDON).date()).code
    for one in counted.values():
        one.month, one.counted_at = month, at
    CountedPeople.objects.bulk_update(counted.values(), ["month", "counted_at"])
    return counted


def _with_people(supplies: Sequence[Supply], counted: Mapping[str, CountedPeople]) -> list[Supply]:
    """Those of enough people to speak of, with how many there are."""
    numbers = {code: one.people for code, one in counted.items()}
    return [replace(one, people=number) for one in supplies if (number := numbers[one.code])]


def _mailed_by(at: datetime) -> set[int]:
    said_yes = ProspectusMail.objects.wanted().filter(at__lt=at)
    return set(said_yes.values_list("organisation", flat=True))


def _write_prospectuses(written: Written, rows: Sequence[CampaignGroup]) -> None:
    chance = written.plan.chance(f"prospectuses {rows[0].campaign.name}" if rows else "")
    made = [row.prospectus for row in rows if row.prospectus is not None]
    for one in made:
        opens = OPENS_MAIL if one.mailed else OPENS_PAGE
        at = by_day(one.made_at + timedelta(days=chance.uniform(0.1, 12)))
        if chance.random() < opens and at < written.plan.end:
            one.opened_at = at
            if chance.random() < PUTS_ASIDE:
                one.set_aside_at = at
    Prospectus.objects.bulk_create(made)
    for one in made:
        written.note("prospectus.made", one, by=None, at=one.made_at, mailed=one.mailed)


def _link_drafts(written: Written, rows: Sequence[CampaignGroup]) -> None:
    """Roles of that kind that a group began after it was told are what it made of it."""
    begun: dict[int, list[Opportunity]] = {}
    roles = Opportunity.objects.filter(pk__in=[role.pk for role in written.roles])
    for role in roles.prefetch_related("activities").order_by("created_at", "pk"):
        begun.setdefault(role.organisation_id, []).append(role)
    linked = []
    for row in rows:
        one = row.prospectus
        if one is None:
            continue
        until = one.made_at + selectors.COMPARED_FOR
        for role in begun.get(row.organisation_id, []):
            kinds = {activity.code for activity in role.activities.all()}
            if one.made_at < role.created_at < until and one.counted.activity in kinds:
                one.draft, one.drafted_at, one.set_aside_at = role, role.created_at, None
                one.opened_at = min(one.opened_at or role.created_at, role.created_at)
                linked.append(one)
                break
    Prospectus.objects.bulk_update(linked, ["draft", "drafted_at", "set_aside_at", "opened_at"])
    for one in linked:
        by = written.members[written.number_of[one.organisation_id]][0]
        at = one.drafted_at or written.plan.end
        written.note("prospectus.drafted", one, by=by, at=at, role=one.draft_id)


def _tell_the_login(written: Written, rows: Sequence[CampaignGroup]) -> None:
    """The group that people can sign in to has one that it has not opened yet."""
    mine = next((row for row in rows if row.organisation == written.groups[1]), None)
    if mine is not None and mine.prospectus is not None:
        one = mine.prospectus
        one.opened_at = one.set_aside_at = None
        one.save(update_fields=["opened_at", "set_aside_at"])
        prospectus_mail.tell(one)


def _draft(written: Written, kinds: Sequence[str]) -> None:
    at = written.plan.at_work(written.plan.ago(1))
    supplies = _supplies(written, "draft", kinds)
    enough = _with_people(supplies, counting.count(supplies))
    _begun(written, "Before the spring", at, enough, HELD_BACK)
