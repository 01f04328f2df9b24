"""Messages to people without an email address that nobody has told them yet."""

from django.db.models import Exists, Min, OuterRef, Prefetch, QuerySet, Subquery

from accounts.models import User
from desk.models import WayToTell
from notifications.models import Notification


def messages() -> QuerySet[Notification]:
    """Give the messages that have to be told and stand in no letter, oldest first."""
    return (
        Notification.objects.filter(recipient__email=None, recipient__is_active=True, telling=None)
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


def _people() -> QuerySet[User]:
    own = messages().filter(recipient=OuterRef("pk")).order_by()
    first = own.values("recipient").annotate(first=Min("created_at")).values("first")
    return (
        User.objects.filter(Exists(own), email=None, is_active=True)
        .annotate(first_untold=Subquery(first))
        .prefetch_related(Prefetch("notifications", queryset=messages(), to_attr="untold"))
        .order_by("first_untold", "pk")
    )
