"""What follows when somebody signs in, and when a second step is set up, used, renewed or turned
off (signals of Django and allauth)."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import idle, second_factor
from accounts.models import User
from accounts.services import audit, sign_ins
from web.this_session import keep_only_this_session


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    # Who signs in with a token has no session, and is given none.
    if SESSION_KEY in request.session:
        idle.note_use(user, request.session)
        sign_ins.note_use(
            user=user,
            session=request.session,
            user_agent=request.META.get("HTTP_USER_AGENT", ""),
        )


@receiver(signals.authenticator_added)
def _added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        second_factor.note_proof(request.session, authenticator)
        audit.record(by=user, action="second_factor.added", subject=user)
        keep_only_this_session(request, user)


@receiver(signals.authenticator_removed)
def _removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        audit.record(by=user, action="second_factor.removed", subject=user)
        keep_only_this_session(request, user)


@receiver(signals.authenticator_reset)
def _codes_renewed(
    request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    if second_factor.was_proved(request.session):
        # Perhaps with one of the old codes, which are gone.
        second_factor.note_proof(request.session, authenticator)
    audit.record(by=user, action="second_factor.codes_renewed", subject=user)


@receiver(signals.authenticator_used)
def _used(request: HttpRequest, authenticator: Authenticator, **_: Any) -> None:
    second_factor.note_proof(request.session, authenticator)
