"""Telephone numbers that a text message can be sent to."""

import re

_NOT_DIALLED = re.compile(r"\(0\)|[\s()./-]")
_MOBILE = re.compile(r"(?:\+44|0044|0)(7\d{9})")


def mobile_number(phone: str) -> str | None:
    """Give a UK mobile number as "+447700900123" however it was written; None for anything else."""
    found = _MOBILE.fullmatch(_NOT_DIALLED.sub("", phone.strip()))
    return f"+44{found[1]}" if found else None
