"""Whom a plan invites: at most one invitation a week, never the same role twice."""

from collections.abc import Iterable
from datetime import timedelta

from core.clock import now
from core.outbox import facts
from matching import hiding
from matching.models import AllocationPlan, Invitation
from matching.ranking.allocation_settings import AllocationSettings
from volunteers.models import Volunteer

#: A person hears of a role by invitation at most once in this time.
BETWEEN_INVITATIONS = timedelta(days=AllocationSettings().invitation_gap)
#: Nobody waits for an invitation: so many are sent, then other work has its turn for a while.
SENT_TOGETHER, PAUSE = 100, timedelta(minutes=1)
_AT_ONCE = 2000


def write(plan: AllocationPlan, wanted: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Write the invitations of a plan, given as (person, role), in the caller's transaction, and
    have them sent. Gives those that were written.

    Left out are people who want none, are paused or had one within a week, and roles that the
    person was invited to before or hid. Of several for one person the first counts.
    """
    first_for: dict[int, list[int]] = {}
    for person, role in wanted:
        first_for.setdefault(person, []).append(role)
    welcome = _who_may_be_invited(first_for)
    known = (
        set(
            Invitation.objects.filter(volunteer__in=welcome).values_list(
                "volunteer_id", "opportunity_id"
            )
        )
        | hiding.hidden_pairs()
    )
    at = now()
    new = {
        person: [role for role in first_for[person] if (person, role) not in known]
        for person in sorted(welcome)
    }
    chosen = [(person, roles[0]) for person, roles in new.items() if roles]
    made = Invitation.objects.bulk_create(
        [
            Invitation(plan=plan, volunteer_id=person, opportunity_id=role, made_at=at)
            for person, role in chosen
        ],
        batch_size=_AT_ONCE,
    )
    for number, first in enumerate(range(0, len(made), SENT_TOGETHER)):
        some = [invitation.pk for invitation in made[first : first + SENT_TOGETHER]]
        facts.state_many("invitation.made", some, not_before=at + number * PAUSE)
    return chosen


def _who_may_be_invited(people: Iterable[int]) -> set[int]:
    ids = list(people)
    recent = Invitation.objects.filter(
        made_at__gt=now() - BETWEEN_INVITATIONS, dropped_at__isnull=True
    )
    welcome: set[int] = set()
    for first in range(0, len(ids), _AT_ONCE):
        some = Volunteer.objects.waiting().filter(
            pk__in=ids[first : first + _AT_ONCE], welcomes_invitations=True
        )
        welcome |= set(some.exclude(pk__in=recent.values("volunteer")).values_list("pk", flat=True))
    return welcome
