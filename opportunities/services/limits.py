"""What keeps a group from taking more people: asked, said, changed, and no longer so."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now, today
from core.errors import Conflict
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.models import CapacityLimit, Opportunity, Organisation
from opportunities.selectors import each_member

Asked = CapacityLimit.Asked


@transaction.atomic
def say(
    *,
    organisation: Organisation,
    by: User | None,
    reason: str,
    opportunity: Opportunity | None = None,
    cost_pounds: int | None = None,
    more_people: int | None = None,
    words: str = "",
    words_may_be_shown: bool = False,
    asked: str = Asked.OWN,
) -> CapacityLimit:
    """Note one thing that keeps the group, or one role of it, from taking more people; what it
    would cost a year to lift, and how many more they could take then.

    Said again, it is brought up to date. Raises InvalidInput field by field.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    limit = CapacityLimit.objects.standing().filter(
        organisation=organisation, opportunity=opportunity, reason=reason
    ).first() or CapacityLimit(organisation=organisation, opportunity=opportunity, reason=reason)
    limit.asked, limit.at = asked, now()
    _fill(limit, cost_pounds, more_people, words, words_may_be_shown)
    limit.save()
    audit.record(by=by, action="limit.said", subject=limit, reason=reason, asked=asked)
    return limit


@transaction.atomic
def change(
    *,
    limit: CapacityLimit,
    by: User | None,
    cost_pounds: int | None = None,
    more_people: int | None = None,
    words: str = "",
    words_may_be_shown: bool = False,
) -> None:
    """Change what it would cost to lift, how many more people it would let in, and the words.

    Raises Conflict where it has ended, InvalidInput field by field.
    """
    row = CapacityLimit.objects.select_for_update().get(pk=limit.pk)
    if row.ended_at is not None:
        raise Conflict(_("You have said that this is no longer so."), code="limit_ended")
    _fill(row, cost_pounds, more_people, words, words_may_be_shown)
    row.save()
    audit.record(by=by, action="limit.changed", subject=row)


def _fill(
    limit: CapacityLimit,
    cost_pounds: int | None,
    more_people: int | None,
    words: str,
    may_be_shown: bool,
) -> None:
    limit.cost_pounds, limit.more_people = cost_pounds, more_people
    limit.words = words.strip()
    limit.words_may_be_shown = may_be_shown and bool(limit.words)
    received.check(limit, exclude={"organisation", "opportunity"})


@transaction.atomic
def end(*, limit: CapacityLimit, by: User | None) -> None:
    """Say that it is no longer so. Once is enough."""
    done = CapacityLimit.objects.filter(pk=limit.pk, ended_at=None).update(
        ended_at=now(), updated_at=now()
    )
    if done:
        audit.record(by=by, action="limit.ended", subject=limit)


def ask_groups() -> int:
    """Ask each verified group that has had a role what keeps it from taking more people, once a
    quarter, unless it has said so in this quarter. Give how many. Safe to run at any time.
    """
    groups = (
        Organisation.objects.verified()
        .filter(opportunities__published_at__isnull=False)
        .exclude(capacity_limits__at__date__gte=_quarter_began())
        .distinct()
    )
    return sum(_ask(group, None, Asked.QUARTER) for group in groups.iterator())


def ask_when_full(opportunity: Opportunity) -> None:
    """Ask the group of a role that is full, once a quarter for each role."""
    if opportunity.status == Opportunity.Status.FULL:
        _ask(opportunity.organisation, opportunity, Asked.FULL)


def ask_after_decline(opportunity: Opportunity) -> None:
    """Ask the group of a role that declined somebody for want of a place, likewise."""
    _ask(opportunity.organisation, opportunity, Asked.DECLINED)


@transaction.atomic
def _ask(organisation: Organisation, opportunity: Opportunity | None, asked: str) -> bool:
    said = organisation.capacity_limits.standing().filter(at__date__gte=_quarter_began())
    if said.filter(opportunity=opportunity).exists():
        return False
    role_id = opportunity.pk if opportunity else 0
    quarter = f"{_quarter_began():%Y-%m}"
    address = f"/groups/{organisation.pk}/limits/new/?asked={asked}"
    for member in each_member(organisation):
        notify(
            recipient=member,
            kind="limits.asked",
            key=f"limits.asked:{organisation.pk}:{role_id}:{quarter}:{member.pk}",
            subject=_subject(organisation, opportunity),
            body=_(
                "More people want to help than there are places for. What would let you take more "
                "of them?\n\nOne answer is enough, and you can skip it. The "
                "volunteer centre reads it, and adds up the answers to show what should be paid "
                "for."
            ),
            link=f"{address}&role={role_id}" if opportunity else address,
        )
    return True


def _subject(organisation: Organisation, opportunity: Opportunity | None) -> str:
    if opportunity is None:
        names = {"group": organisation.name}
        return subject_line(_("What keeps %(group)s from taking more people?"), names)
    names = {"role": opportunity.title}
    return subject_line(_("“%(role)s”: what would let you take more people?"), names)


def _quarter_began() -> date:
    day = today()
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
