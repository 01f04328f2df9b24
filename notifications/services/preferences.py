"""Change how a person is told."""

from datetime import time

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import audit
from core import input as received
from core.clock import now
from notifications.choices import choice_of
from notifications.digest_times import next_digest
from notifications.models import ByMail, Notification, Preference, QuietHours
from notifications.phones import mobile_number
from notifications.topics import KINDS, Topic

Email = Notification.Email


@transaction.atomic
def choose(
    *, user: User, topic: Topic, by_mail: str, by_text: bool = False, by: User | None
) -> None:
    """Set how the person is told of a topic. What waits for a digest follows.

    Raises InvalidInput for what the topic does not allow, and for texts without a mobile number.
    """
    how = _allowed(topic, by_mail)
    if by_text and not (topic.can_text and mobile_number(user.phone)):
        raise received.refuse("by_text", _("Give a mobile number first, for example 07700 900123."))
    before = choice_of(user, topic)
    if (before.by_mail, before.by_text) == (how, by_text):
        return
    Preference.objects.update_or_create(
        user=user, topic=topic.code, defaults={"by_mail": how, "by_text": by_text}
    )
    _move_what_waits(user, topic, how)
    audit.record(
        by=by,
        action="notifications.chosen",
        subject=user,
        topic=topic.code,
        by_mail=how.value,
        by_text=by_text,
    )


@transaction.atomic
def stop(*, user: User, topic: Topic, by: User | None) -> ByMail:
    """Send no more mail of a topic; give how it was sent before. Texts stay as they are.

    Raises InvalidInput for a topic that cannot be stopped. Safe to repeat.
    """
    before = choice_of(user, topic)
    choose(user=user, topic=topic, by_mail=ByMail.NEVER, by_text=before.by_text, by=by)
    return before.by_mail


@transaction.atomic
def stop_texts(*, user: User, topic: Topic, by: User | None) -> None:
    """Send no more texts of a topic. Mail stays as it is. Safe to repeat."""
    before = choice_of(user, topic)
    choose(user=user, topic=topic, by_mail=before.by_mail, by_text=False, by=by)


@transaction.atomic
def keep_quiet(*, user: User, starts: time, ends: time, by: User | None) -> None:
    """Set the person's quiet hours on a London clock; equal times for none."""
    QuietHours.objects.update_or_create(user=user, defaults={"starts": starts, "ends": ends})
    audit.record(by=by, action="notifications.quiet_hours", subject=user)


def _allowed(topic: Topic, by_mail: str) -> ByMail:
    allowed = {ByMail.NOW}
    if topic.can_wait:
        allowed |= {ByMail.DAILY, ByMail.WEEKLY}
    if topic.can_stop:
        allowed.add(ByMail.NEVER)
    if by_mail not in allowed:
        raise received.refuse("by_mail", _("Choose from the list."))
    return ByMail(by_mail)


def _move_what_waits(user: User, topic: Topic, how: ByMail) -> None:
    """What waits for a digest goes out when the new choice says, with the next one if at once.

    After a stop it is left: the digest leaves it out, and whoever undoes it at once loses nothing.
    """
    if how == ByMail.NEVER:
        return
    at = now()
    Notification.objects.filter(
        recipient=user,
        kind__in=[kind for kind, its in KINDS.items() if its == topic],
        email_state=Email.DIGEST,
    ).update(mail_after=at if how == ByMail.NOW else next_digest(how, at))
