"""Take back messages that name a person who has gone."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from notifications.models import Notification, SentMail, SentText


def forget(prefixes: Iterable[str]) -> int:
    """Delete messages whose key begins so, whoever got them, with the mails and texts of them that
    this machine kept; give how many. What was really sent is out of reach.
    """
    wanted = list(prefixes)
    if not wanted:
        return 0
    told = Notification.objects.filter(reduce(or_, (Q(key__startswith=start) for start in wanted)))
    names = [f"notification-{pk}" for pk in told.values_list("pk", flat=True)]
    digests = told.exclude(digest=None).values_list("digest", flat=True).distinct()
    for name in [*names, *(f"digest-{pk}" for pk in digests)]:
        SentMail.objects.filter(message_id__startswith=f"<{name}@").delete()
    SentText.objects.filter(reference__in=names).delete()
    return told.delete()[0]


def forget_address(email: str) -> None:
    """Delete the mails to an address that this machine kept."""
    SentMail.objects.filter(recipients__icontains=f'"{email}"').delete()
