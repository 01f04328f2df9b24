"""Why a role may not fit somebody. It warns; nobody is refused by it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.week import describe
from matching.wording.distances import in_miles
from opportunities.models import Opportunity
from volunteers.models import Volunteer

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def warning(code: str, volunteer: Volunteer, role: Opportunity, km: float | None = None) -> str:
    """The sentence to the person where the fit rule `code` fails; '' for a rule not known here."""
    tell = _TO_THEM.get(code)
    return tell(volunteer, role, km) if tell else ""


def warning_about(code: str) -> str:
    """The same to the group about the person; '' for a rule not known here."""
    return str(_ABOUT_THEM.get(code, ""))


def _way_of_helping(volunteer: Volunteer, role: Opportunity, km: float | None) -> str:
    if role.from_home:
        return _("It is done from home; you asked for roles where you meet people.")
    return _("It is done in person; you asked for roles from home.")


def _distance(volunteer: Volunteer, role: Opportunity, km: float | None) -> str:
    limit = volunteer.travel_miles
    if km is None or limit is None:
        return _("It is farther away than you said you can go.")
    return _("It is %(far)s away; you said up to %(limit)s.") % {
        "far": in_miles(km),
        "limit": ngettext("%(count)s mile", "%(count)s miles", limit) % {"count": limit},
    }


def _time_overlap(volunteer: Volunteer, role: Opportunity, km: float | None) -> str:
    if not role.weekly_slots:
        return _("It is on dates when you said you are not free.")
    return _("It is at other times than you said you are free: %(times)s.") % {
        "times": describe(role.weekly_slots)
    }


def _commitment(volunteer: Volunteer, role: Opportunity, km: float | None) -> str:
    if role.commitment == Opportunity.Commitment.ONE_OFF:
        return _("It is a one-off; you asked for regular roles.")
    return _("It is a regular role; you asked for one-off roles.")


def _language(volunteer: Volunteer, role: Opportunity, km: float | None) -> str:
    return _("It asks for a language that you did not list.")


def _dbs(volunteer: Volunteer, role: Opportunity, km: float | None) -> str:
    return _("It needs a DBS check; you said you would rather not have one.")


def _company(volunteer: Volunteer, role: Opportunity, km: float | None) -> str:
    return _("The group does not say that you can bring somebody with you. Ask them.")


_TO_THEM: dict[str, Callable[[Volunteer, Opportunity, float | None], str]] = {
    "way_of_helping": _way_of_helping,
    "distance": _distance,
    "time_overlap": _time_overlap,
    "commitment": _commitment,
    "language": _language,
    "dbs": _dbs,
    "company": _company,
}
_ABOUT_THEM: dict[str, "StrOrPromise"] = {
    "way_of_helping": gettext_lazy("Asked for another way of helping (in person, or from home)."),
    "distance": gettext_lazy("Lives farther away than they said they can go."),
    "time_overlap": gettext_lazy("Did not say they are free at these times."),
    "commitment": gettext_lazy("Asked for the other kind of role (a one-off, or regular)."),
    "language": gettext_lazy("Did not list a language that the role asks for."),
    "dbs": gettext_lazy("Would rather not have a DBS check."),
    # That somebody comes along is part of what support a person needs: theirs to tell.
}
