"""The pages of the statistics, as the list beside each of them has them."""

from typing import NamedTuple
from urllib.parse import urlencode

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


#: What an address may narrow pages to: the choice goes with whoever goes from one to another.
FILTERS = (PERIOD, AREA) = ("period", "area")


class PageLink(NamedTuple):
    """One link; `current` where the page is this one or lies under it, `is_page` where it is this
    one.
    """

    text: str
    address: str
    current: bool
    is_page: bool


def links(request: HttpRequest) -> list[PageLink]:
    """The pages that whoever is looking may open, with the period and the ward of this one."""
    steers = can_steer(request.user)
    open_to_them = [
        (str(words), reverse(name)) for name, words, steerers in PAGES if steers or not steerers
    ]
    longest = max(
        (path for __, path in open_to_them if request.path.startswith(path)),
        key=len,
        default="",
    )
    kept = kept_choice(request)
    return [
        PageLink(words, path + kept, path == longest, path == request.path)
        for words, path in open_to_them
    ]


def kept_choice(request: HttpRequest) -> str:
    """The period and the ward that an address names, as the end of the address of another page;
    '' for none. Each page looks itself at what it is given.
    """
    said = {key: value for key in FILTERS if (value := request.GET.get(key, ""))}
    return f"?{urlencode(said)}" if said else ""
