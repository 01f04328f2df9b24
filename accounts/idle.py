"""Sessions of people who work here end when nothing is done in them for a while.

A desk that is left open shows what many people trusted the service with. Volunteers and groups see
little more than what is theirs: their sessions end with the browser.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase

from accounts.models import User
from core.clock import now

#: In the session: when something was last done in it, in seconds since 1970.
_USED_AT = "used_at"
#: How exactly that is kept, so that not every page writes to the session.
_EXACT_TO = timedelta(minutes=1)


def is_over(user: User | AnonymousUser, session: SessionBase) -> bool:
    """Whether the session is of somebody who works here, and was left alone for too long."""
    used_at = session.get(_USED_AT)
    if used_at is None or not _is_watched(user):
        return False
    return now().timestamp() - used_at > 60 * settings.STAFF_IDLE_MINUTES


def note_use(user: User | AnonymousUser, session: SessionBase) -> None:
    """Keep that something was done in the session just now, if anybody asks about it."""
    at = now().timestamp()
    if _is_watched(user) and at - session.get(_USED_AT, 0) > _EXACT_TO.total_seconds():
        session[_USED_AT] = int(at)


def _is_watched(user: User | AnonymousUser) -> bool:
    return bool(settings.STAFF_IDLE_MINUTES) and isinstance(user, User) and user.works_here
