"""Write to groups about people who wait: drawn up in steps, confirmed once, paused or stopped."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now
from core.errors import Conflict
from core.models import Cause
from core.outbox import facts
from core.places.wards import WARDS_BY_CODE
from insights import policies
from insights.analysis.comparison import held_back
from insights.models import Campaign, CampaignGroup
from insights.selectors import campaigns as selectors
from insights.selectors.supplies import supplies as known_supplies
from opportunities.models import Organisation

State = Campaign.State
#: Whole numbers that random draws begin from.
_SEEDS = 2**31 - 1
_SIDES = frozenset({"wards", "causes", "kinds"})
#: What nobody has typed in who gives a campaign its name.
_UNTYPED = frozenset({"supplies", "wards", "causes", "kinds", "confirmed_by"})
#: What says to which groups a campaign goes.
_MEANT = ("supplies", "wards", "causes", "kinds", "only_suggested", "held_back")


@transaction.atomic
def begin(*, name: str, by: User, supplies: Iterable[str] = ()) -> Campaign:
    """Begin a campaign, which nobody is told of before it is confirmed; about these people where
    they are still there (codes of `insights.supply.Supply`). Raises InvalidInput where it has no
    name, NotFound for whoever may not steer.
    """
    policies.check_can_steer(by)
    campaign = Campaign(name=name.strip(), made_by=by, seed=secrets.randbelow(_SEEDS))
    received.check(campaign, exclude=_UNTYPED)
    campaign.save()
    audit.record(by=by, action="campaign.begun", subject=campaign)
    wanted = set(supplies)
    known = [one.code for one in known_supplies() if one.code in wanted] if wanted else []
    if known:
        choose_people(campaign=campaign, supplies=known, by=by)
    return campaign


@transaction.atomic
def rename(*, campaign: Campaign, name: str, by: User) -> None:
    """Call a draft something else. Raises InvalidInput where it would have no name, Conflict once
    it is confirmed.
    """
    policies.check_can_steer(by)
    renamed = Campaign(name=name.strip(), made_by=by)
    received.check(renamed, exclude=_UNTYPED)
    before = Campaign.objects.values_list("name", flat=True).get(pk=campaign.pk)
    if renamed.name != before:
        _change(campaign, by, name=renamed.name)


@transaction.atomic
def choose_people(*, campaign: Campaign, supplies: Iterable[str], by: User) -> None:
    """Say of which people groups are told, by codes of `insights.supply.Supply`. Raises
    InvalidInput for none, and for one that is not there; Conflict once it is confirmed.
    """
    known = {supply.code: supply for supply in known_supplies()}
    chosen = list(dict.fromkeys(supplies))
    if not chosen or not known.keys() >= set(chosen):
        raise received.refuse("supplies", "Choose at least one group of people from the list.")
    _change(campaign, by, supplies=[known[code].as_json() for code in chosen])


@transaction.atomic
def choose_groups(
    *,
    campaign: Campaign,
    wards: Iterable[str] = (),
    causes: Iterable[str] = (),
    kinds: Iterable[str] = (),
    only_suggested: bool,
    by: User,
) -> None:
    """Say which groups are meant; none of a side: all. Raises InvalidInput for a code that is not
    there, Conflict once it is confirmed.
    """
    chosen = {"wards": list(wards), "causes": list(causes), "kinds": list(kinds)}
    known = {
        "wards": set(WARDS_BY_CODE),
        "causes": set(Cause.objects.filter(parent=None).values_list("code", flat=True)),
        "kinds": set(Organisation.LegalForm.values),
    }
    for side in sorted(_SIDES):
        if not known[side] >= set(chosen[side]):
            raise received.refuse(side, "Choose from the list.")
    _change(campaign, by, **chosen, only_suggested=only_suggested)


@transaction.atomic
def hold_back(*, campaign: Campaign, share: int, by: User) -> None:
    """Set what share of the groups, in per cent, is not written to, so that it can be compared;
    0 for none. Raises InvalidInput for more than half, Conflict once it is confirmed.
    """
    if not 0 <= share <= 50:
        raise received.refuse("share", "Choose a share from 0 to 50 per cent.")
    _change(campaign, by, held_back=share)


def confirm(*, campaign: Campaign, by: User) -> None:
    """Settle the groups, draw those that are compared with, and have a job write to the others.

    Raises Conflict where it was confirmed before, somebody changed it meanwhile, or no group would
    be written to.
    """
    policies.check_can_steer(by)
    read = Campaign.objects.get(pk=campaign.pk)
    # Worked out before anything is held: of every group of the borough.
    _settle(read, selectors.audience(read).chosen, by)
    campaign.refresh_from_db()


@transaction.atomic
def _settle(read: Campaign, audience: Iterable[selectors.Chosen], by: User) -> None:
    # Those that are confirmed at once take turns: each leaves the comparison of the others alone.
    list(Campaign.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    row = _locked(read, by)
    if row.state != State.DRAFT:
        raise Conflict("This campaign was confirmed before.", code="confirmed")
    if any(getattr(row, name) != getattr(read, name) for name in _MEANT):
        raise Conflict("Somebody has just changed this campaign. Look at it again.")
    compared = set(selectors.compared_with().values_list("organisation", flat=True))
    chosen = [one for one in audience if one.group_id not in compared]
    strata = ["mail" if one.mailed else "page" for one in chosen]
    drawn = held_back(strata, row.held_back / 100, row.seed)
    if not len(chosen) - int(drawn.sum()):
        raise Conflict("No group would be written to. Choose more people or more groups.")
    row.state, row.confirmed_at, row.confirmed_by = State.SENDING, now(), by
    row.save()
    CampaignGroup.objects.bulk_create(
        [
            CampaignGroup(
                campaign=row,
                organisation_id=one.group_id,
                supply=one.supply,
                arm=CampaignGroup.Arm.COMPARISON if is_drawn else CampaignGroup.Arm.WRITTEN,
            )
            for one, is_drawn in zip(chosen, drawn.tolist(), strict=True)
        ],
        batch_size=1000,
    )
    audit.record(
        by=by,
        action="campaign.confirmed",
        subject=row,
        groups=len(chosen),
        held_back=int(drawn.sum()),
        seed=row.seed,
    )
    facts.state("campaign.sending", row.pk)


@transaction.atomic
def pause(*, campaign: Campaign, by: User) -> None:
    """Write to no more groups until it goes on. Raises Conflict where nothing is being sent."""
    _move(campaign, {State.SENDING}, State.PAUSED, by, "campaign.paused")


@transaction.atomic
def go_on(*, campaign: Campaign, by: User) -> None:
    """Write to those that are left. Raises Conflict where it is not paused."""
    _move(campaign, {State.PAUSED}, State.SENDING, by, "campaign.went_on")
    facts.state("campaign.sending", campaign.pk)


@transaction.atomic
def stop(*, campaign: Campaign, by: User) -> None:
    """Write to no more groups for good. Raises Conflict where nothing is left to be sent."""
    _move(campaign, {State.SENDING, State.PAUSED}, State.STOPPED, by, "campaign.stopped")


@transaction.atomic
def discard(*, campaign: Campaign, by: User) -> None:
    """Throw a draft away. Raises Conflict for one that was confirmed."""
    row = _locked(campaign, by)
    if row.state != State.DRAFT:
        raise Conflict("Only a draft can be thrown away.")
    audit.record(by=by, action="campaign.discarded", subject=row)
    row.delete()


def _change(campaign: Campaign, by: User, **fields: Any) -> None:
    row = _locked(campaign, by)
    if row.state != State.DRAFT:
        raise Conflict("This campaign was confirmed and cannot be changed.", code="confirmed")
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    audit.record(by=by, action="campaign.changed", subject=row, fields=sorted(fields))
    campaign.refresh_from_db()


def _move(campaign: Campaign, origins: set[State], to: State, by: User, action: str) -> None:
    row = _locked(campaign, by)
    if row.state not in origins:
        raise Conflict(f"This cannot be done: the campaign is {row.get_state_display().lower()}.")
    row.state = to
    row.save()
    audit.record(by=by, action=action, subject=row)
    campaign.refresh_from_db()


def _locked(campaign: Campaign, by: User) -> Campaign:
    policies.check_can_steer(by)
    return Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
