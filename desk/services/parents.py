"""Have a parent or guardian asked for somebody under 16 who calls; they are told."""

from django.db import transaction

from accounts.models import User
from desk import messages
from desk.services import standing
from volunteers.models import Volunteer
from volunteers.services import parents


@transaction.atomic
def ask(*, volunteer: Volunteer, name: str, email: str, by: User) -> None:
    """Have a parent or guardian asked by mail. Raises as `volunteers.services.parents.ask`, and
    NotAllowed for who is suspended.
    """
    standing.check_not_suspended(volunteer.user)
    request = parents.ask(volunteer=volunteer, name=name, email=email, by=by)
    messages.parent_asked(volunteer, number=request.number)
