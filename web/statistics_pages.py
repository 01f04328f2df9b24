"""The pages of the statistics, as the list beside each of them has them."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from insights.policies import can_steer

#: Name of the address, words, whether only those who steer may open it. In order.
PAGES: tuple[tuple[str, Promise, bool], ...] = (
    ("web:statistics", _("In a minute"), False),
    ("web:figures", _("All figures"), False),
    ("web:funnel", _("What comes of asking"), False),
    ("web:fairness", _("Fairness"), False),
    ("web:unmet-supply", _("Who waits for the same"), False),
    ("web:roles-worth-creating", _("Roles worth creating"), False),
    ("web:over-asked", _("Roles with too few places"), False),
    ("web:what-holds-groups-back", _("What holds groups back"), False),
    ("web:useful-wait", _("Useful wait"), False),
    ("web:campaigns", _("Writing to groups"), True),
    ("web:simulations", _("What would happen if?"), False),
    ("web:targets", _("Targets"), False),
    ("web:contribution", _("Regular volunteering"), False),
    ("web:sector", _("The sector"), False),
    ("web:annual-reports", _("Annual reports"), False),
    ("web:ranking-health", _("The ranking"), False),
)


class PageLink(NamedTuple):
    """One link; `current` where the page is this one or lies under it."""

    text: str
    address: str
    current: bool


def links(request: HttpRequest) -> list[PageLink]:
    """The pages that whoever is looking may open."""
    steers = can_steer(request.user)
    open_to_them = [
        (str(words), reverse(name)) for name, words, steerers in PAGES if steers or not steerers
    ]
    longest = max(
        (address for __, address in open_to_them if request.path.startswith(address)),
        key=len,
        default="",
    )
    return [PageLink(words, address, address == longest) for words, address in open_to_them]
