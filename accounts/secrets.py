"""Secrets of accounts as they lie in the database: unreadable without the service's own key."""

import base64
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def encrypt(text: str) -> str:
    """Give the text as only this service can read it."""
    return _box().encrypt(text.encode()).decode()


def decrypt(sealed: str) -> str:
    """Give the text back; where the key is another than then, one that nobody knows."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        # So that no code fits: not an empty secret, from which anybody could work codes out.
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret: str) -> bytes:
    made = salted_hmac("accounts.secrets", "", secret=secret, algorithm="sha256")
    return base64.urlsafe_b64encode(made.digest())
