"""Whether one role fits a search that was saved, without asking the database for each.

Says the same as `finding.search` (a test holds the two equal), for a role that takes people.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from core.clock import now
from core.places.distance import KM_PER_MILE, kilometres
from core.week import mask_between
from opportunities.models import Opportunity, SearchTerm
from opportunities.search.criteria import SearchCriteria
from opportunities.search.reading import read

#: What is kept of a search: plain values by the names of `SearchCriteria`, a text as the terms of
#: each of its words.
Asked = Mapping[str, Any]
_PLAIN = ("causes", "activities", "skills", "from_home", "commitment", "slots", "age", "access")


def asked_of(criteria: SearchCriteria) -> dict[str, Any]:
    """Give what is to be kept of a search. Its words are read once, with the errors in them."""
    said = asdict(criteria)
    asked = {name: said[name] for name in _PLAIN if said[name] not in (None, "", (), 0)}
    if criteria.from_home is not None:
        asked["from_home"] = criteria.from_home
    reading = read(criteria.text, forgiving=not criteria.exact)
    if reading.words:
        asked["words"] = [sorted(word.terms) for word in reading.words]
    if reading.says_nothing:
        asked["words"] = [[]]
    if criteria.near is not None and criteria.within_miles is not None:
        asked["near"] = [criteria.near.latitude, criteria.near.longitude]
        asked["within_miles"] = criteria.within_miles
    return asked


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """All of a role that a search can ask for."""

    role: Opportunity
    terms: frozenset[str]
    causes: frozenset[str]
    activities: frozenset[str]
    skills: frozenset[str]
    #: Slots of the week that it touches; None: any time.
    slots: int | None

    def fits(self, asked: Asked) -> bool:
        """Whether the role fits all that is asked."""
        return (
            all(self.terms.intersection(terms) for terms in asked.get("words", ()))
            and _one_of(self.causes, asked.get("causes"))
            and _one_of(self.activities, asked.get("activities"))
            and _one_of(self.skills, asked.get("skills"))
            and asked.get("from_home", self.role.from_home) == self.role.from_home
            and asked.get("commitment", self.role.commitment) == self.role.commitment
            and ("slots" not in asked or self.slots is None or bool(asked["slots"] & self.slots))
            and self._suits_age(asked.get("age"))
            and set(asked.get("access", ())) <= set(self.role.access)
            and self._is_near(asked)
        )

    def _suits_age(self, age: int | None) -> bool:
        role = self.role
        return age is None or (
            role.minimum_age <= age and (role.maximum_age is None or age <= role.maximum_age)
        )

    def _is_near(self, asked: Asked) -> bool:
        if "within_miles" not in asked or self.role.from_home:
            return True
        if self.role.latitude is None or self.role.longitude is None:
            return False
        latitude, longitude = asked["near"]
        far: float = kilometres(latitude, longitude, self.role.latitude, self.role.longitude)
        return far <= float(asked["within_miles"]) * KM_PER_MILE


def facts_of(role_id: int) -> RoleFacts | None:
    """Read a role; None where it is gone or takes nobody. Its words are those of the index."""
    role = (
        Opportunity.objects.open()
        .filter(pk=role_id)
        .select_related("organisation")
        .prefetch_related("causes__parent", "activities", "skills", "sessions")
        .first()
    )
    if role is None or role.is_over:
        return None
    causes = {cause.code for cause in role.causes.all()}
    causes |= {cause.parent.code for cause in role.causes.all() if cause.parent is not None}
    return RoleFacts(
        role=role,
        terms=frozenset(SearchTerm.objects.filter(opportunity=role).values_list("term", flat=True)),
        causes=frozenset(causes),
        activities=frozenset(activity.code for activity in role.activities.all()),
        skills=frozenset(skill.code for skill in role.skills.all()),
        slots=_slots(role),
    )


def _slots(role: Opportunity) -> int | None:
    coming = [session for session in role.sessions.all() if session.ends_at > now()]
    if not coming and not role.weekly_slots:
        return None
    slots = role.weekly_slots
    for session in coming:
        slots |= mask_between(session.starts_at, session.ends_at)
    return slots


def _one_of(has: frozenset[str], wanted: list[str] | None) -> bool:
    return not wanted or not has.isdisjoint(wanted)
