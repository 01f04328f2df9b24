"""Roles that there could be: every kind of work, at each time of the week, in each ward.

What a role of a kind asks is what its template asks (`opportunities.role_templates`): a check, an
age. A kind without a template asks nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.places import postcodes
from core.places.postcodes import Location
from core.places.wards import WARDS
from matching.recommender.asked import Asked
from opportunities.role_templates import RoleTemplate, families


def _mask(days: Iterable[int], parts: Iterable[int]) -> int:
    return sum(1 << (day * 3 + part) for day in days for part in parts)


#: Times at which a new role could be: code, label, mask of the week's 21 slots.
TIMES: tuple[tuple[str, str | Promise, int], ...] = (
    ("weekday-morning", _("weekday mornings"), _mask(range(5), [0])),
    ("weekday-afternoon", _("weekday afternoons"), _mask(range(5), [1])),
    ("weekday-evening", _("weekday evenings"), _mask(range(5), [2])),
    ("saturday", _("Saturdays"), _mask([5], range(3))),
    ("sunday", _("Sundays"), _mask([6], range(3))),
)
TIME_LABELS = {code: label for code, label, __ in TIMES}
_MASKS = {code: mask for code, __, mask in TIMES}


@dataclass(frozen=True, slots=True)
class ProposedRole:
    """A role that there could be: its kind of work (code of an activity), when (code of `TIMES`)
    and where (code of a ward; '' for one done from home).
    """

    activity: str
    time: str
    ward: str

    @property
    def template(self) -> RoleTemplate | None:
        """The template to begin it with; None where none is of this kind of work."""
        return _templates().get(self.activity)

    @property
    def mask(self) -> int:
        """The mask of the week's slots at which it would be."""
        return _MASKS[self.time]

    def asked(self) -> Asked:
        """What it would ask of people."""
        template, middle = self.template, middle_of(self.ward) if self.ward else None
        return Asked(
            from_home=not self.ward,
            latitude=middle.latitude if middle else None,
            longitude=middle.longitude if middle else None,
            slots=self.mask,
            minimum_age=template.minimum_age if template else 16,
            dbs_level=template.dbs_level if template else "none",
            welcomes_company=template.welcomes_company if template else False,
            causes=tuple(template.causes) if template else (),
            activities=(self.activity,),
            title=template.title if template else self.activity.replace("-", " "),
            body=f"{template.summary} {template.description}" if template else "",
        )


def proposed_roles(activities: Iterable[str]) -> list[ProposedRole]:
    """Every role that there could be of these kinds of work: at each time, in each ward, and from
    home where the kind's template says that it can be.
    """
    found = []
    for activity in activities:
        template = _templates().get(activity)
        from_home = template is not None and template.from_home
        places = [""] if from_home else [ward.code for ward in WARDS]
        found += [ProposedRole(activity, time, ward) for time, *__ in TIMES for ward in places]
    return found


@lru_cache(maxsize=32)
def middle_of(ward: str) -> Location:
    """The postcode of a ward that is nearest to the middle of all of its postcodes.

    Raises ValueError for a code that is no ward of Harrow.
    """
    known = postcodes.in_ward(ward)
    if not known:
        raise ValueError(f"“{ward}” is no ward of Harrow")
    north = sum(one.latitude for one in known) / len(known)
    east = sum(one.longitude for one in known) / len(known)
    # A degree of longitude is about five eighths of one of latitude here.
    return min(
        known,
        key=lambda one: (one.latitude - north) ** 2 + ((one.longitude - east) * 0.62) ** 2,
    )


@lru_cache(maxsize=1)
def _templates() -> dict[str, RoleTemplate]:
    """For each activity the first template that names it first; else the first that names it."""
    known = [template for family in families() for template in family.templates]
    by_any = {
        activity: template for template in known[::-1] for activity in template.activities[::-1]
    }
    by_first = {template.activities[0]: template for template in known[::-1]}
    return by_any | by_first
