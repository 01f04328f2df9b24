"""Write to a group for a person who calls, and say whether it sees their number; they are told."""

from django.db import transaction

from accounts.models import User
from desk import placement_messages
from desk.services import standing
from placements.models import Application, Message
from placements.services import conversations, moves, sharing
from placements.states import Mover


@transaction.atomic
def write(*, application: Application, words: str, by: User) -> Message:
    """Send a person's words to the group, and note that they have heard what it wrote. Pressed
    twice, it is sent once.

    Raises as `conversations.write` does to the person: no words reach a group that is stopped.
    NotAllowed for who is suspended.
    """
    person = application.volunteer.user
    standing.check_not_suspended(person)
    moves.check_not_stopped(application, person)
    message = conversations.write(application=application, side=Mover.VOLUNTEER, words=words, by=by)
    conversations.mark_read(application=application, side=Mover.VOLUNTEER)
    message.application = application
    placement_messages.wrote(message)
    return message


@transaction.atomic
def share(*, application: Application, email: bool, phone: bool, by: User) -> None:
    """Say for a person which of the two the group of this role sees. Raises as `sharing.choose`,
    and NotAllowed for who is suspended.
    """
    standing.check_not_suspended(application.volunteer.user)
    before = application.share_email, application.share_phone
    sharing.choose(application=application, email=email, phone=phone, by=by)
    if (application.share_email, application.share_phone) != before:
        placement_messages.sharing_changed(application)
