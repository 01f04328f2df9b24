"""How to reach the volunteer centre, as whoever runs the service has set it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Centre:
    """Each way to reach it: what it is called, what to show, and an address to open or ''."""

    ways: list[tuple[str, str, str]]


def reached() -> Centre:
    """Give the ways that are set."""
    email, phone = settings.CENTRE["email"], settings.CENTRE["phone"]
    ways = [
        (_("Name"), settings.CENTRE["name"], ""),
        (_("Email"), email, f"mailto:{email}"),
        (_("Phone"), phone, f"tel:{phone.replace(' ', '')}"),
        (_("Address"), settings.CENTRE["address"], ""),
        (_("Open"), settings.CENTRE["hours"], ""),
    ]
    return Centre([way for way in ways if way[1]])
