"""How far away something is."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.places.distance import KM_PER_MILE, walking_minutes
from volunteers.models import Volunteer

#: A straight line that somebody who goes on foot walks, km.
WALKABLE_KM = 2.0


def miles_away(kilometres: float, travel_mode: str = "") -> str:
    """Such as "about 12 minutes’ walk away" for somebody who walks there, "about half a mile away",
    "1.2 miles away", "14 miles away".
    """
    if travel_mode == Volunteer.TravelMode.WALK and kilometres < WALKABLE_KM:
        minutes = walking_minutes(kilometres)
        return ngettext(
            "about %(count)s minute’s walk away", "about %(count)s minutes’ walk away", minutes
        ) % {"count": minutes}
    miles = kilometres / KM_PER_MILE
    if miles < 0.375:
        return _("about a quarter of a mile away")
    if miles < 0.75:
        return _("about half a mile away")
    return _("%(miles)s away") % {"miles": in_miles(kilometres)}


def roughly_away(kilometres: float) -> str:
    """Such as "less than a mile away", "about 2 miles away": whole miles, so that nobody's home can
    be found from how far several roles are from it.
    """
    miles = round(kilometres / KM_PER_MILE)
    if kilometres < KM_PER_MILE:
        return _("less than a mile away")
    return ngettext("about %(count)s mile away", "about %(count)s miles away", miles) % {
        "count": miles
    }


def in_miles(kilometres: float) -> str:
    """Such as "1 mile", "1.2 miles", "14 miles"."""
    miles = kilometres / KM_PER_MILE
    shown = round(miles) if miles >= 10 else round(miles, 1)
    if shown == 1:
        return _("1 mile")
    digits = 0 if shown == int(shown) else 1
    return _("%(miles)s miles") % {"miles": number_format(shown, digits)}
