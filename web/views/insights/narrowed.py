"""Which pages of the statistics are narrowed to what, and what the others say of it."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from insights.areas import FROM_HOME, area_name
from insights.periods import Period
from insights.wording import period_in_words
from web.statistics_pages import AREA, FILTERS, PERIOD

#: By name of the address: what a page is narrowed to; the others to nothing.
NARROWED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            *("web:statistics", "web:figures", "web:figure", "web:funnel", "web:fairness"),
            *("web:contribution", "web:useful-wait"),
        ),
        FILTERS,
    ),
    **dict.fromkeys(
        (
            *("web:unmet-supply", "web:more-places", "web:roles-worth-creating"),
            *("web:over-asked", "web:sector"),
        ),
        (AREA,),
    ),
}
_AS_OF_NOW = _("What you see here is as of now: how it was before is not shown.")
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


def left_aside(request: HttpRequest) -> str:
    """Why a page is not narrowed to what its address names, and what becomes of that; '' where it
    is, or where nothing is named.
    """
    name = request.resolver_match.view_name if request.resolver_match else ""
    words = {PERIOD: _period_in_words, AREA: area_name}
    choice = [
        chosen
        for key in FILTERS
        if not _takes(name, key, request.GET.get(key, ""))
        and (chosen := words[key](request.GET.get(key, "")))
    ]
    if not choice:
        return ""
    asks_for_home = (
        name in NARROWED and name not in _WITH_HOME and request.GET.get(AREA) == FROM_HOME
    )
    return gettext("%(why)s Your choice (%(choice)s) stays for the other pages.") % {
        "why": _NOT_HOME if asks_for_home else _WHY_NOT.get(name, _SAME_FOR_ALL),
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
