"""Put a person who calls on a waiting list, and take them off it; they are told."""

from django.db import transaction

from accounts.models import User
from core.models import Activity, Cause
from desk import placement_messages
from desk.services import standing
from opportunities.models import Opportunity
from placements.models import WaitingListEntry
from placements.services import waiting_lists
from volunteers.models import Volunteer


@transaction.atomic
def join_role(*, volunteer: Volunteer, opportunity: Opportunity, by: User) -> None:
    """Put a person at the end of a role's list. Raises as `waiting_lists.join_role`, and NotAllowed
    for who is suspended.
    """
    standing.check_not_suspended(volunteer.user)
    entry = waiting_lists.join_role(volunteer=volunteer, opportunity=opportunity, by=by)
    placement_messages.joined(entry)


@transaction.atomic
def join_kind(
    *, volunteer: Volunteer, activity: Activity, cause: Cause | None = None, by: User
) -> None:
    """Put a person at the end of the list for a kind of role. Raises as `waiting_lists.join_kind`,
    and NotAllowed for who is suspended.
    """
    standing.check_not_suspended(volunteer.user)
    entry = waiting_lists.join_kind(volunteer=volunteer, activity=activity, cause=cause, by=by)
    placement_messages.joined(entry)


@transaction.atomic
def leave(*, entry: WaitingListEntry, by: User) -> None:
    """Take a person off a list. Raises as `waiting_lists.leave`, and NotAllowed for who is
    suspended.
    """
    standing.check_not_suspended(entry.volunteer.user)
    waiting_lists.leave(entry=entry, by=by)
    placement_messages.left(entry)
