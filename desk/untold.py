"""Messages that nobody has told yet, to people whom no mail reaches: they have no address, the
mail to it failed, or what is urgent has been late for hours.
"""

from django.db.models import Exists, Min, OuterRef, Prefetch, Q, QuerySet, Subquery

from accounts.models import User
from core.clock import now
from desk.models import WayToTell
from notifications.models import Notification
from notifications.services import failing

Email = Notification.Email


def messages() -> QuerySet[Notification]:
    """Give the messages that have to be told and stand in no letter, oldest first. One whose mail
    failed or is late has not to be told where the person has read it here; nor has a reminder of
    what has begun meanwhile.
    """
    return (
        Notification.objects.filter(Q(useful_until=None) | Q(useful_until__gt=now()))
        .filter(Q(recipient__email=None) | _failed(), recipient__is_active=True, telling=None)
        .exclude(text_state__in=[Notification.Text.WAITING, Notification.Text.SENT])
        .order_by("pk")
    )


def people_to_call() -> QuerySet[User]:
    """Give the people who have to be called, with their messages as `untold` and the time of the
    first of these as `first_untold`; the longest wait first.
    """
    return _people().exclude(way_to_tell__way=WayToTell.Way.LETTER)


def people_to_write_to() -> QuerySet[User]:
    """Give the people who want letters, likewise."""
    letters = _people().filter(way_to_tell__way=WayToTell.Way.LETTER)
    return letters.select_related("way_to_tell")


def mail_again(notification_id: int) -> int:
    """Let the mail of a message that failed be tried again, unless the person has been told it
    meanwhile; give how many (0 or 1).
    """
    return failing.mail_is_on_its_way(_told_by_nobody().filter(pk=notification_id))


def mail_digest_again(user_id: int) -> int:
    """Let what failed of a person's digest be tried again, likewise; give of how many messages."""
    return failing.digest_is_on_its_way(user_id, _told_by_nobody())


def _told_by_nobody() -> QuerySet[Notification]:
    return Notification.objects.filter(telling=None)


def _failed() -> Q:
    return Q(email_state__in=[Email.FAILED, Email.LATE], read_at=None)


def _people() -> QuerySet[User]:
    own = messages().filter(recipient=OuterRef("pk")).order_by()
    first = own.values("recipient").annotate(first=Min("created_at")).values("first")
    # Few people: each of them is looked at by `own`, and not everybody who is registered.
    failed = Notification.objects.filter(_failed()).order_by().values("recipient")
    return (
        User.objects.filter(Q(email=None) | Q(pk__in=failed), Exists(own), is_active=True)
        .annotate(first_untold=Subquery(first))
        .prefetch_related(Prefetch("notifications", queryset=messages(), to_attr="untold"))
        .order_by("first_untold", "pk")
    )
