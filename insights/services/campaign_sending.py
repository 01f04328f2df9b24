"""Send a confirmed campaign, group by group: a job that may be delivered often and sends once."""

from typing import Protocol

from django.db import transaction

from accounts.services import audit
from core.clock import now
from insights.models import Campaign, CampaignGroup, CountedPeople, Prospectus
from insights.selectors import campaigns as selectors
from insights.services import counting, prospectus_mail
from insights.supply import Supply
from opportunities.models import Organisation

State, Outcome = Campaign.State, CampaignGroup.Outcome


class Lease(Protocol):
    """The right to do a piece of work: `check` raises where another worker has it now."""

    def check(self) -> None: ...


def send(campaign_id: int, lease: Lease) -> int:
    """Write to the groups that have not been written to; give to how many this call did.

    Each group is a transaction of its own, so that a worker that dies has others go on behind it.
    A campaign that is paused or stopped meanwhile is left where it is.
    """
    campaign = Campaign.objects.filter(pk=campaign_id, state=State.SENDING).first()
    if campaign is None:
        return 0
    left = list(campaign.groups.to_write_to().values_list("pk", "supply"))
    of_code = {stored["code"]: stored for stored in campaign.supplies}
    counted = counting.count(Supply.of_json(of_code[code]) for code in {code for __, code in left})
    sent = 0
    for pk, code in left:
        with transaction.atomic():
            lease.check()
            if not _is_being_sent(campaign_id):
                return sent
            sent += _write_to(pk, counted[code])
    _finish(campaign_id, lease)
    return sent


def _is_being_sent(campaign_id: int) -> bool:
    """Locks the campaign until the group is written to: whoever pauses it waits for that."""
    row = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    return row.state == State.SENDING


def _write_to(row_id: int, counted: CountedPeople) -> bool:
    """Make one group's prospectus and tell those who want to be told; give whether it was made."""
    waiting = CampaignGroup.objects.to_write_to().select_for_update(no_key=True)
    row = waiting.filter(pk=row_id).first()
    if row is None:
        return False
    # Campaigns that run at once take turns at a group, so that neither goes over the limit.
    group = Organisation.objects.select_for_update(no_key=True).get(pk=row.organisation_id)
    row.outcome = _obstacle(group, counted)
    if not row.outcome:
        row.prospectus = Prospectus.objects.create(
            organisation=group, counted=counted, made_at=now()
        )
        mailed = prospectus_mail.tell(row.prospectus)
        row.outcome = Outcome.MAILED if mailed else Outcome.ON_PAGE
        row.prospectus.mailed = mailed
        row.prospectus.save(update_fields=["mailed"])
        audit.record(by=None, action="prospectus.made", subject=row.prospectus, mailed=mailed)
    row.save(update_fields=["outcome", "prospectus"])
    return row.prospectus is not None


def _obstacle(group: Organisation, counted: CountedPeople) -> str:
    """Why a group cannot be written to, '' where it can."""
    if not group.is_verified:
        return Outcome.GONE
    if counted.people is None:
        return Outcome.TOO_FEW
    if selectors.told_lately(group.pk) >= selectors.MOST:
        return Outcome.OVER_LIMIT
    return Outcome.WAITING


@transaction.atomic
def _finish(campaign_id: int, lease: Lease) -> None:
    lease.check()
    row = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    if row.state == State.SENDING and not row.groups.to_write_to().exists():
        row.state, row.finished_at = State.SENT, now()
        row.save()
        audit.record(by=None, action="campaign.sent", subject=row)
