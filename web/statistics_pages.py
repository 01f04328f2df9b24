"""The pages of the statistics, as the list beside each of them has them."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insights.areas import FROM_HOME, area_name
from insights.periods import Period
from insights.policies import can_steer
from insights.wording import period_in_words

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


_PERIOD, _AREA = "period", "area"
#: What an address may narrow pages to: the choice goes with whoever goes from one to another.
_FILTERS = (_PERIOD, _AREA)
#: By name of the address: what a page is narrowed to; the others to nothing.
NARROWED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            *("web:statistics", "web:figures", "web:figure", "web:funnel", "web:fairness"),
            *("web:contribution", "web:useful-wait"),
        ),
        _FILTERS,
    ),
    **dict.fromkeys(
        (
            *("web:unmet-supply", "web:more-places", "web:roles-worth-creating"),
            *("web:over-asked", "web:sector"),
        ),
        (_AREA,),
    ),
}
_AS_OF_NOW = _("What you see here is as of now: how it was before is not kept.")
_AS_OF_THIS_MONTH = _("What you see here is as of this month: earlier lists are not shown.")
#: Why a page is not narrowed to all that an address can name; of the others `_SAME_FOR_ALL`.
_WHY_NOT: Mapping[str, Promise] = {
    "web:unmet-supply": _AS_OF_THIS_MONTH,
    "web:more-places": _AS_OF_THIS_MONTH,
    "web:roles-worth-creating": _(
        "What you see here is the newest plan: older ones are not shown."
    ),
    "web:over-asked": _AS_OF_NOW,
    "web:sector": _AS_OF_NOW,
    "web:what-stops-people": _(
        "What you see here is of the whole borough, as of this month. By ward, most of its numbers "
        "would be too small to show."
    ),
    "web:what-holds-groups-back": _(
        "What you see here is of the whole borough, as of this month. Added up for one ward, it "
        "could be what one group said."
    ),
    "web:unmet-segment": _("What you see here is of all of these people, as of this month."),
    "web:role-worth-creating": _(
        "What you see here is of all who could do this role, as of the newest plan."
    ),
}
_SAME_FOR_ALL = _("What you see here does not depend on the period or the ward.")
#: Pages of what is somewhere, or is done from home.
_WITH_HOME = frozenset({"web:more-places", "web:roles-worth-creating", "web:over-asked"})
_NOT_HOME = _("What you see here is by ward, and not of what is done from home.")


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
    said = {key: value for key in _FILTERS if (value := request.GET.get(key, ""))}
    return f"?{urlencode(said)}" if said else ""


def left_aside(request: HttpRequest) -> str:
    """Why a page is not narrowed to what its address names, and what becomes of that; '' where it
    is, or where nothing is named.
    """
    name = request.resolver_match.view_name if request.resolver_match else ""
    words = {_PERIOD: _period_in_words, _AREA: area_name}
    choice = [
        chosen
        for key in _FILTERS
        if not _takes(name, key, request.GET.get(key, ""))
        and (chosen := words[key](request.GET.get(key, "")))
    ]
    if not choice:
        return ""
    usual = _NOT_HOME if name in NARROWED else _SAME_FOR_ALL
    return gettext("%(why)s Your choice (%(choice)s) stays for the other pages.") % {
        "why": _WHY_NOT.get(name, usual),
        "choice": ", ".join(choice),
    }


def _takes(name: str, key: str, value: str) -> bool:
    if value == FROM_HOME and name not in _WITH_HOME:
        return False
    return key in NARROWED.get(name, ())


def _period_in_words(code: str) -> str:
    try:
        return period_in_words(Period.of_code(code))
    except ValueError:
        return ""
