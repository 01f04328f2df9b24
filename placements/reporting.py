"""What a concern can be about, for whoever reports it: only what they may know of."""

from accounts.models import User
from core.errors import NotFound
from opportunities.models import Organisation
from placements.models import Message
from placements.selectors import visible_to
from placements.services import conversations
from placements.services.concerns import Subject
from placements.sides import sides_of
from placements.states import Mover


def group(number: int) -> Subject:
    """A group that anybody can see. Raises NotFound for any other."""
    found = Organisation.objects.filter(verified_at__isnull=False, pk=number).first()
    if found is None:
        raise NotFound("there is no such group")
    return Subject.group(found)


def applicant(user: User, number: int) -> Subject:
    """Who asked for a role, by the number of their application, for its group. Raises NotFound for
    anybody else, also for themselves."""
    application = visible_to(user).filter(pk=number).first()
    if application is None or Mover.GROUP not in sides_of(user, application):
        raise NotFound("there is no such application")
    return Subject.applicant(application)


def written(user: User, number: int) -> Subject:
    """A message, for who can read it. Raises NotFound for others, and for the group once the
    conversation is closed."""
    message = Message.objects.select_related("author").filter(pk=number).first()
    if message is None:
        raise NotFound("there is no such message")
    application = visible_to(user).filter(pk=message.application_id).first()
    if application is None:
        raise NotFound("there is no such message")
    is_own = Mover.VOLUNTEER in sides_of(user, application)
    if not is_own and not conversations.is_open(application):
        raise NotFound("there is no such message")
    message.application = application
    return Subject.written(message)
