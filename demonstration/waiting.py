"""A few people on waiting lists: of roles that are full, and of two kinds of role."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from accounts.services import audit
from core.models import Activity
from demonstration.plan import Plan
from opportunities.models import Opportunity
from placements import policies
from placements.models import Application, WaitingListEntry
from volunteers.models import Volunteer

#: At most so many full roles have a list, each with at most so many people.
ROLES, ON_EACH = 12, 4
#: Kinds of role that people wait for, and how many wait before the first login.
KINDS = {"gardening": 3, "reading-with-children": 2}


def fill_lists(
    plan: Plan,
    roles: Iterable[Opportunity],
    people: Sequence[Volunteer],
    applications: Iterable[Application],
) -> int:
    """Write who waits for what; give how many entries. The first of `people` is a login."""
    chance = plan.chance("waiting lists")
    asked = {(one.volunteer_id, one.opportunity_id) for one in applications}
    login, *others = people
    waiting = [one for one in others if one.waiting_since is not None and one.paused_at is None]
    entries = []
    full = [role for role in roles if role.status == Opportunity.Status.FULL]
    for role in full[:ROLES]:
        for person in chance.sample(waiting, min(len(waiting), chance.randint(0, ON_EACH))):
            has_applied = (person.pk, role.pk) in asked
            door = policies.Door(person, role, has_applied, is_blocked=False, day=plan.today)
            if policies.can_wait_for(door):
                entries.append(WaitingListEntry(volunteer=person, opportunity=role))
    activities = {one.code: one for one in Activity.objects.filter(code__in=KINDS)}
    for code, before in KINDS.items():
        line = chance.sample(waiting, min(len(waiting), before))
        line += [login] if code == "gardening" else []
        entries += [WaitingListEntry(volunteer=one, activity=activities[code]) for one in line]
    for number, entry in enumerate(entries):
        entry.joined_at = entry.created_at = plan.ago(20) + timedelta(hours=3 * number)
    written = WaitingListEntry.objects.bulk_create(entries)
    audit.record_many(
        audit.entry(
            by=entry.volunteer.user,
            action="waiting_list.joined",
            subject=entry,
            at=entry.joined_at,
        )
        for entry in written
    )
    return len(written)
