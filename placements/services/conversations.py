"""A person and a group write to each other through the service, without an address either way.

What one side writes is kept here and mailed to the other from the service's own address; the answer
is written on the page. Nobody's address stands in a message or in the head of its mail.
"""

import re
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.languages import each_in_their_language
from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now
from core.errors import Conflict
from notifications.services.messages import notify
from notifications.subjects import subject_line
from placements.models import Application, Message
from placements.models.message import MESSAGE_LENGTH, OPEN_AFTER_THE_END
from placements.services import blocks, catching_up, locks, moves
from placements.states import FINAL, Mover, State

#: One side writes no more messages than this to the other within a day, about one application.
MOST_A_DAY = 20
#: The same words again within this time are taken for the same press of the button.
SAME_PRESS = timedelta(minutes=1)
_DAY = timedelta(days=1)
_ADDRESS = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[a-z]{2,}", re.IGNORECASE)


def closes_at(application: Application) -> datetime | None:
    """Give when no more can be written about an application; None while it is not over."""
    if application.state not in FINAL:
        return None
    return application.state_since + OPEN_AFTER_THE_END


def is_open(application: Application) -> bool:
    """Whether the two can write to each other. While they can, both read what was written; once
    they cannot, only the person does."""
    end = closes_at(application)
    return end is None or now() < end


def can_read(application: Application, side: Mover) -> bool:
    """Whether this side reads what was written: the person always, the group while it can write."""
    return side != Mover.GROUP or is_open(application)


@transaction.atomic
def write(*, application: Application, side: Mover, words: str, by: User | None) -> Message:
    """Send a message to the other side. Pressed twice, it is sent once.

    Raises InvalidInput where there are no words, too many, or an email address in them, Conflict
    where it is over for too long or too much was written within a day, NotAllowed where the
    volunteer centre has stopped the group. Loads person, role, group.
    """
    moves.check_not_stopped(application, by)
    words = _checked(words)
    if side == Mover.GROUP:
        # Its answer may let the role go on, and a role is held before an application.
        locks.role(application.opportunity_id)
    row = Application.objects.select_for_update(no_key=True).get(pk=application.pk)
    if blocks.is_blocked(row.volunteer_id, application.opportunity.organisation_id):
        raise Conflict(_("You cannot write to each other on this service."), code="blocked")
    if not is_open(row):
        raise Conflict(
            _("This was over %(days)s days ago, so no more messages can be sent.")
            % {"days": OPEN_AFTER_THE_END.days},
            code="conversation_closed",
        )
    sent = Message.objects.filter(application=row, side=side)
    if again := sent.filter(words=words, sent_at__gt=now() - SAME_PRESS).first():
        return again
    if sent.filter(sent_at__gt=now() - _DAY).count() >= MOST_A_DAY:
        raise Conflict(
            _("You have sent %(count)s messages within a day. Please wait until tomorrow.")
            % {"count": MOST_A_DAY},
            code="too_many_messages",
        )
    message = Message.objects.create(
        application=row, side=side, author=by, words=words, sent_at=now()
    )
    if side == Mover.GROUP:
        # The next wait of whom it asked to talk begins when they write again.
        Application.objects.filter(pk=row.pk, state=State.INVITED).update(group_reminders=0)
        catching_up.follow_answer(row.opportunity_id)
    audit.record(by=by, action="message.sent", subject=message, side=side.value)
    _tell(message, application)
    return message


def mark_read(*, application: Application, side: Mover) -> int:
    """Note that this side has read what the other wrote; give how much was new. Safe to repeat."""
    return application.messages.unread_by(side).update(read_at=now())


def name_of_group_author(message: Message) -> str:
    """Give who wrote for the group, as the person reads it: a first name, or the volunteer centre,
    which may act for it. Loads the author."""
    author = message.author
    if author is None:
        return ""
    return _("the volunteer centre") if author.is_broker else author.first_name


def _checked(words: str) -> str:
    words = words.strip()
    if not words:
        raise received.refuse("words", _("Write something first."))
    if len(words) > MESSAGE_LENGTH:
        raise received.refuse(
            "words", _("Write no more than %(count)s characters.") % {"count": MESSAGE_LENGTH}
        )
    if _ADDRESS.search(words):
        raise received.refuse(
            "words",
            _("Please take the email address out. Messages through this service keep it private."),
            code="address",
        )
    return words


def _tell(message: Message, application: Application) -> None:
    role = application.opportunity
    if message.side == Message.Side.GROUP:
        recipients = [application.volunteer.user]
        name = role.organisation.name
        link = f"/me/applications/{application.pk}/messages/"
    else:
        memberships = role.organisation.memberships.select_related("user")
        recipients = [membership.user for membership in memberships]
        name = application.volunteer.user.first_name
        link = (
            f"/groups/{role.organisation_id}/roles/{role.pk}/applicants/{application.pk}/messages/"
        )
    for recipient in each_in_their_language(recipients):
        names = {"name": name or _("A volunteer"), "role": role.title}
        notify(
            recipient=recipient,
            kind="message.received",
            key=f"message:{message.pk}:{recipient.pk}",
            subject=subject_line(_("%(name)s writes about “%(role)s”"), names),
            body=_(
                "%(name)s writes about “%(role)s”:\n\n%(words)s\n\n"
                "To answer, write on the page. An answer to this mail does not reach them."
            )
            % {**names, "words": message.words},
            link=link,
        )
