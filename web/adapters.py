"""How registration and sign-in (allauth) fit this service."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Keeps addresses in lower case."""

    def save_user(self, request: Any, user: User, form: Any, commit: bool = True) -> User:
        return super().save_user(request, user, form, commit)
