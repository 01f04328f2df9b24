"""The second factor: a code from the person's phone, or a recovery code, beside the password.

What is kept of it (allauth's `Authenticator`) is a secret of an app, and the recovery codes.
"""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase

from accounts.models import User

#: In the session: which authenticator the person proved to have.
_PROVED = "second_factor"


def is_asked_of(user: User) -> bool:
    """Whether the person may use the service only where they gave a code: those who work here,
    unless a demonstration or a single machine is content with passwords."""
    return settings.SECOND_FACTOR_FOR_STAFF and user.works_here


def authenticator_of(user: User) -> Authenticator | None:
    """Give the person's app that makes codes, or None if they have set up none."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()


def note_proof(session: SessionBase, authenticator: Authenticator) -> None:
    """Keep that a code of this authenticator was given in the session."""
    session[_PROVED] = authenticator.pk


def was_proved(session: SessionBase) -> bool:
    """Whether a code was given in the session."""
    return _PROVED in session


def is_missing(user: User | AnonymousUser, session: SessionBase) -> bool:
    """Whether the person has to give a code and has not, in this session.

    A code of an authenticator that was taken away since does not count.
    """
    if not isinstance(user, User) or not is_asked_of(user):
        return False
    proved = session.get(_PROVED)
    if proved is None:
        return True
    return not Authenticator.objects.filter(pk=proved, user_id=user.pk).exists()
