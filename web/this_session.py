"""The session that a request is made in, among the others of the person."""

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from accounts.models import User
from accounts.services import sign_ins


def keep_only_this_session(request: HttpRequest, user: User) -> None:
    """End every other session of the person, and every token."""
    sign_ins.end_all(user=user)
    update_session_auth_hash(request, user)
