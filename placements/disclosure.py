"""What a group sees of a person, and when. Everything that shows people to groups asks here.

Before they apply: nothing. While they wait for an answer: first name, ward, when they are free,
what they wrote, their DBS check if the role needs one, and what support they need if they chose to
show that. With a place: also the full name. Email address and phone number only if, and as long as,
they share them with the group of this role, and never of anybody under 16; the two write to each
other through the service (`services.conversations`). Once it is over (ended, declined, withdrawn,
lapsed): the first name alone.
"""

from dataclasses import dataclass, fields
from enum import StrEnum

from django.utils.translation import gettext as _

from core.clock import today
from core.dbs import DbsLevel
from core.places.wards import ward_name
from placements.models import Application
from placements.states import FINAL, PLACED, State
from volunteers.policies import is_under_16


class Stage(StrEnum):
    """How near a person and a group are to each other."""

    ASKING = "asking"
    PLACED = "placed"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """What the group sees; '' (or 0) for what it does not see or was not told.

    `area` is a ward in words, `availability` a mask of `core.week`, `dbs_check` what they say of
    it, where the role needs one.
    """

    name: str = ""
    area: str = ""
    availability: int = 0
    message: str = ""
    dbs_check: str = ""
    email: str = ""
    phone: str = ""
    support_needs: str = ""


_OVER = frozenset({"name"})
_ASKING = _OVER | {
    "area",
    "availability",
    "message",
    "dbs_check",
    "support_needs",
    "email",
    "phone",
}
#: Which fields of `SeenPerson` are filled at each stage, if the person told or shares them. The
#: name is the full one with a place.
SEEN: dict[Stage, frozenset[str]] = {
    Stage.ASKING: _ASKING,
    Stage.PLACED: _ASKING,
    Stage.OVER: _OVER,
}


def stage(application: Application) -> Stage:
    """Give the stage of an application."""
    state = State(application.state)
    if state in FINAL:
        return Stage.OVER
    return Stage.PLACED if state in PLACED else Stage.ASKING


def seen_by_group(application: Application) -> SeenPerson:
    """Give what the group sees of the person. Loads `volunteer`, its `user`, and the role."""
    now_at = stage(application)
    person = _everything(application, placed=now_at == Stage.PLACED)
    return SeenPerson(
        **{
            field.name: getattr(person, field.name)
            for field in fields(SeenPerson)
            if field.name in SEEN[now_at]
        }
    )


def _everything(application: Application, *, placed: bool) -> SeenPerson:
    volunteer = application.volunteer
    user = volunteer.user
    # How to reach anybody under 16 no group sees, whatever they chose.
    is_child = is_under_16(volunteer, today())
    return SeenPerson(
        name=(user.get_full_name() if placed else user.first_name) or _("A volunteer"),
        area=ward_name(volunteer.ward_code),
        availability=volunteer.availability,
        message=application.message,
        dbs_check=_dbs_check(application),
        email=(user.email or "") if application.share_email and not is_child else "",
        phone=user.phone if application.share_phone and not is_child else "",
        support_needs=volunteer.support_needs if volunteer.share_support_needs else "",
    )


def _dbs_check(application: Application) -> str:
    if application.opportunity.dbs_level == DbsLevel.NONE:
        return ""
    volunteer = application.volunteer
    if volunteer.dbs_level != DbsLevel.NONE:
        return str(volunteer.get_dbs_level_display())
    return _("Would have one") if volunteer.willing_dbs else _("Would rather not have one")
