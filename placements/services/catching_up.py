"""A role whose group does not answer pauses by itself, and goes on when people are answered.

The rule: when three people of a role have waited for an answer for more than ten days, it takes
nobody else. It goes on by itself as soon as there are fewer, or when the group says so, which holds
for a week. Whoever waits keeps their place in the queue; everybody sees that it pauses, and why.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core.clock import now
from core.errors import Conflict
from core.outbox import facts
from notifications.services.messages import notify
from notifications.subjects import subject_line
from opportunities.models import Opportunity
from opportunities.selectors import each_member
from placements.answering import waiting_too_long
from placements.time_limits import ANSWER_WITHIN

#: So many people who have waited too long pause a role.
MOST_LATE = 3
#: So long a role goes on that its group has let go on.
WAIVED_FOR = timedelta(days=7)
Status = Opportunity.Status


def follow_all() -> int:
    """Pause the roles that have to, and let go on those that need not any more; give how many
    changed. Safe to run at any time and again."""
    by_role = waiting_too_long().order_by().values("opportunity")
    many = by_role.annotate(number=Count("pk")).filter(number__gte=MOST_LATE)
    roles = (
        Opportunity.objects.filter(status__in=[Status.OPEN, Status.FULL])
        .filter(organisation__suspended_at=None)
        .filter(Q(catching_up_since__isnull=False) | Q(pk__in=many.values("opportunity")))
        .order_by("pk")
    )
    return sum(follow(pk) for pk in list(roles.values_list("pk", flat=True)))


@transaction.atomic
def follow(opportunity_id: int) -> bool:
    """Pause one role or let it go on, as the rule says; give whether that changed anything."""
    role = Opportunity.objects.filter(pk=opportunity_id)
    number = late(opportunity_id)
    if number < MOST_LATE:
        if not role.filter(catching_up_since__isnull=False).update(
            catching_up_since=None, updated_at=now()
        ):
            return False
        _changed(role.select_related("organisation").get(), "opportunity.caught_up", by=None)
        return True
    at = now()
    may_pause = role.filter(
        Q(catching_up_waived_until=None) | Q(catching_up_waived_until__lte=at),
        catching_up_since=None,
        status__in=[Status.OPEN, Status.FULL],
    )
    if not may_pause.update(catching_up_since=at, updated_at=at):
        return False
    paused = role.select_related("organisation").get()
    _changed(paused, "opportunity.catching_up", by=None)
    _tell_group(paused, at, number)
    return True


def follow_answer(opportunity_id: int) -> None:
    """Let a role go on as soon as an answer allows it."""
    if Opportunity.objects.filter(pk=opportunity_id, catching_up_since__isnull=False).exists():
        follow(opportunity_id)


@transaction.atomic
def go_on(*, opportunity: Opportunity, by: User | None) -> None:
    """Take people again although some still wait; the rule looks again in a week.

    Raises Conflict where the role does not pause.
    """
    done = Opportunity.objects.filter(pk=opportunity.pk, catching_up_since__isnull=False).update(
        catching_up_since=None, catching_up_waived_until=now() + WAIVED_FOR, updated_at=now()
    )
    opportunity.refresh_from_db()
    if not done:
        raise Conflict(_("This role does not pause."), code="not_catching_up")
    _changed(opportunity, "opportunity.caught_up", by=by)


def late(opportunity_id: int) -> int:
    """Give how many people of a role have waited too long."""
    return waiting_too_long().filter(opportunity=opportunity_id).count()


def _changed(role: Opportunity, action: str, *, by: User | None) -> None:
    audit.record(by=by, action=action, subject=role)
    facts.state("role.changed", role.pk)


def _tell_group(role: Opportunity, at: datetime, number: int) -> None:
    for member in each_member(role.organisation):
        notify(
            recipient=member,
            kind="opportunity.catching_up",
            key=f"opportunity:{role.pk}:catching_up:{at:%Y%m%d%H%M%S}:{member.pk}",
            subject=subject_line(
                _("“%(role)s” pauses until you have answered people"), {"role": role.title}
            ),
            body=_(
                "%(number)s people who asked for “%(role)s” have waited more than %(days)s days "
                "for your answer. Until fewer than %(most)s wait that long, nobody else can ask, "
                "and we do not recommend the role.\n\n"
                "What to do next: answer them, all at once if you like. The role then goes on by "
                "itself. You can also let it go on at once on its page."
            )
            % {
                "number": number,
                "role": role.title,
                "days": ANSWER_WITHIN.days,
                "most": MOST_LATE,
            },
            link=f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/",
        )
