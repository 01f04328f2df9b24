"""Links by which anybody who was given one reads a prospectus without signing in.

They stand on the printed sheet, for a committee of whom few have an account, and have to be short
enough to be typed: the number of the prospectus and 60 bits of a signature by the service's secret
key, in letters that are hard to confuse. They end when the prospectus is old, or its group is
stopped; what they open names nobody (docs/adr/0023).
"""

from base64 import b32encode
from datetime import datetime

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from core import input as received
from core.clock import now
from insights.models import Prospectus
from insights.selectors.campaigns import COMPARED_FOR

#: So long after it was made a prospectus can be read by its link: as long as a role that a group
#: begins counts as come of it.
LASTS = COMPARED_FOR
_LETTERS, _IN_ONE = 12, 4


def address_of(prospectus: Prospectus) -> str:
    """The address of the page that anybody with it may read, for paper and mails."""
    return f"{settings.SITE_URL}{path_of(prospectus)}"


def path_of(prospectus: Prospectus) -> str:
    """The same without the site."""
    return f"/prospectus/{token_of(prospectus)}/"


def token_of(prospectus: Prospectus) -> str:
    """What its link ends in, such as `41-k7mq-2xnh-4rab`."""
    letters = _signature(prospectus.pk, settings.SECRET_KEY)
    parts = [letters[first : first + _IN_ONE] for first in range(0, _LETTERS, _IN_ONE)]
    return "-".join([str(prospectus.pk), *parts])


def prospectus_with(token: str) -> Prospectus | None:
    """The prospectus that a link opens, its group and counts loaded; None for a link that nobody
    here made. Whether it has ended: `has_ended`.
    """
    number, __, rest = token.partition("-")
    letters = rest.replace("-", "").lower()
    if not received.is_id(number) or not letters.isascii():
        return None
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(constant_time_compare(letters, _signature(int(number), key)) for key in keys):
        return None
    rows = Prospectus.objects.select_related("counted", "organisation", "draft")
    return rows.filter(pk=int(number)).first()


def ends_at(prospectus: Prospectus) -> datetime:
    """When its link opens nothing any more."""
    return prospectus.made_at + LASTS


def has_ended(prospectus: Prospectus) -> bool:
    """Whether the link opens nothing any more: too old, or its group is not a verified one now."""
    return now() >= ends_at(prospectus) or not prospectus.organisation.is_verified


def _signature(number: int, key: str) -> str:
    made = salted_hmac("insights.prospectus", str(number), secret=key, algorithm="sha256")
    return b32encode(made.digest()).decode().lower()[:_LETTERS]
