"""What follows when somebody says that a role is not for them: what we do, and what they can."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from core.places.distance import KM_PER_MILE, kilometres
from matching.models import HiddenRole, Impression
from matching.wording import activity_names
from opportunities.models import Opportunity
from volunteers.models import Volunteer
from web.forms.profile.place import MILES
from web.where_to_change import where_to_change

Reason = Impression.Reason


@dataclass(frozen=True)
class Follows:
    """What we do because of it, in a sentence, and a step that the person can take: a link with its
    words, or `miles` to look within from now on.
    """

    sentence: str = ""
    address: str = ""
    link: str = ""
    miles: int | None = None


def what_follows(volunteer: Volunteer, hidden: HiddenRole) -> Follows:
    """Give what follows on a role that the person hid; it has its group loaded."""
    tell = _BY_REASON.get(hidden.reason)
    return tell(volunteer, hidden.opportunity) if tell else Follows()


def _too_far(volunteer: Volunteer, role: Opportunity) -> Follows:
    look_at = Follows(
        address=where_to_change("distance"), link=_("Look at how far you would travel")
    )
    places = (volunteer.latitude, volunteer.longitude, role.latitude, role.longitude)
    if None in places:
        return look_at
    miles = kilometres(*places) / KM_PER_MILE  # type: ignore[arg-type]  # none of them is None
    limit = volunteer.travel_miles
    nearer = [ring for ring in MILES if ring < miles and (limit is None or ring < limit)]
    return Follows(miles=max(nearer)) if nearer else look_at


def _not_their_kind(volunteer: Volunteer, role: Opportunity) -> Follows:
    liked = set(volunteer.activities.values_list("code", flat=True))
    codes = list(role.activities.values_list("code", flat=True))
    turned_from = [code for code in codes if code not in liked]
    change = reverse("web:profile-question", args=["activities"])
    if turned_from:
        return Follows(
            _("You said %(what)s is not for you. Such roles come lower on your list.")
            % {"what": activity_names(turned_from)}
        )
    if codes:
        return Follows(
            _("Your profile says that you like %(what)s, so such roles stay where they are.")
            % {"what": activity_names(codes)},
            change,
            _("Change what you like doing"),
        )
    return Follows(address=change, link=_("Tell us what you like doing"))


def _not_this_group(volunteer: Volunteer, role: Opportunity) -> Follows:
    return Follows(_("We leave out all roles of %(group)s.") % {"group": role.organisation.name})


def _other_times(volunteer: Volunteer, role: Opportunity) -> Follows:
    return Follows(address=where_to_change("slot"), link=_("Check when you are free"))


def _needs_more(volunteer: Volunteer, role: Opportunity) -> Follows:
    return Follows(
        _("If it is a check that you would rather not have, tell us once."),
        where_to_change("dbs"),
        _("Checks for some roles"),
    )


def _too_hard(volunteer: Volunteer, role: Opportunity) -> Follows:
    return Follows(
        _("We can look for roles where you learn as you go."),
        reverse("web:profile-question", args=["motives"]),
        _("Tell us that you would like to learn"),
    )


_BY_REASON: dict[str, Callable[[Volunteer, Opportunity], Follows]] = {
    Reason.TOO_FAR: _too_far,
    Reason.NOT_INTERESTED: _not_their_kind,
    Reason.NOT_THIS_GROUP: _not_this_group,
    Reason.OTHER_TIMES: _other_times,
    Reason.NEEDS_MORE: _needs_more,
    Reason.TOO_HARD: _too_hard,
}
