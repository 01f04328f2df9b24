"""Block and unblock: a person a group, or a group a person. The silence is the same either way."""

from django.db import transaction

from accounts.models import User
from accounts.services import audit
from core.outbox import facts
from opportunities.models import Organisation
from placements.models import Block
from placements.services import timed_offers
from placements.states import Mover
from volunteers.models import Volunteer


@transaction.atomic
def block(
    *, volunteer: Volunteer, organisation: Organisation, side: Mover, by: User | None
) -> Block:
    """Block the other side from now on. Once is enough.

    A place that is kept for the person in a role of the group goes to the next in line at once,
    whoever blocks; they wait again where they stood, and nobody is told.
    """
    if not has_blocked(side, volunteer=volunteer, organisation=organisation):
        timed_offers.take_back(volunteer=volunteer, organisation=organisation, by=by)
    row, made = Block.objects.get_or_create(
        volunteer=volunteer, organisation=organisation, side=side, defaults={"made_by": by}
    )
    if made:
        audit.record(by=by, action="block.made", subject=row, side=side.value)
        facts.state("profile.changed", volunteer.pk)
    return row


@transaction.atomic
def unblock(
    *, volunteer: Volunteer, organisation: Organisation, side: Mover, by: User | None
) -> None:
    """Take this side's block back; the other side's stays."""
    for row in Block.objects.filter(volunteer=volunteer, organisation=organisation, side=side):
        audit.record(by=by, action="block.taken_back", subject=row, side=side.value)
        row.delete()
        facts.state("profile.changed", volunteer.pk)


def is_blocked(volunteer_id: int, organisation_id: int) -> bool:
    """Whether one of the two has blocked the other."""
    return Block.objects.filter(volunteer=volunteer_id, organisation=organisation_id).exists()


def has_blocked(side: Mover, *, volunteer: Volunteer, organisation: Organisation) -> bool:
    """Whether this side has blocked the other."""
    return Block.objects.filter(volunteer=volunteer, organisation=organisation, side=side).exists()
