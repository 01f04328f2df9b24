"""Say for a person who calls what becomes of their place; they are told."""

from django.db import transaction

from accounts.models import User
from desk import placement_messages
from desk.services import standing
from placements.models import Application
from placements.services import applications
from placements.states import Mover


@transaction.atomic
def start(*, application: Application, by: User) -> None:
    """Say that a person has started. Raises as `applications.start`, and NotAllowed for who is
    suspended.
    """
    standing.check_not_suspended(application.volunteer.user)
    applications.start(application=application, by=by)
    placement_messages.started(application)


@transaction.atomic
def end(*, application: Application, reason: str, looks_again: bool, by: User) -> None:
    """End a person's place for them, which the group is told. Raises as `applications.end`, and
    NotAllowed for who is suspended.
    """
    standing.check_not_suspended(application.volunteer.user)
    applications.end(
        application=application,
        reason=reason,
        side=Mover.VOLUNTEER,
        looks_again=looks_again,
        by=by,
    )
    placement_messages.stopped(application)
