"""Where somebody changes what keeps a role from them: the very question, by the code of a rule or
of a change (`matching.ranking.eligibility`, `matching.ranking.changes`).
"""

from django.urls import reverse

from matching.selectors import RoleFit
from opportunities.models import Opportunity
from placements.policies import Door, Gate
from placements.services import blocks
from placements.states import Mover
from volunteers.models import Volunteer

#: The question of the profile.
_QUESTIONS = {
    "distance": "distance",
    "from_home": "ways",
    "in_person": "ways",
    "way_of_helping": "ways",
    "slot": "time",
    "time_overlap": "time",
    "one_off": "often",
    "regular": "often",
    "commitment": "often",
    "language": "languages",
    "dbs": "dbs",
    "company": "company",
    "age": "born",
}
_PAGES = {
    "hidden": "web:hidden-roles",
    "paused": "web:profile",
    "parent": "web:parent",
    "parent_confirmed": "web:parent",
    "not_applied_before": "web:applications",
}


def where_to_change(code: str) -> str:
    """Give the address where the person can change it, '' where they cannot themselves."""
    if question := _QUESTIONS.get(code):
        return reverse("web:profile-question", args=[question])
    return reverse(_PAGES[code]) if code in _PAGES else ""


def closed_with_addresses(at: Door, closed: list[Gate]) -> list[tuple[str, str]]:
    """Give what gates say that are closed to somebody, each with where they can change it."""
    return [
        (gate.sentence(at), _way_on(gate.code, at.volunteer, at.opportunity)) for gate in closed
    ]


def gates_with_addresses(
    fit: RoleFit, volunteer: Volunteer, role: Opportunity
) -> list[tuple[str, str]]:
    """Give what keeps somebody from asking for a role, each with where they can change it."""
    return [
        (sentence, _way_on(code, volunteer, role))
        for sentence, code in zip(fit.gates, fit.gate_codes, strict=True)
    ]


def _way_on(code: str, volunteer: Volunteer, role: Opportunity) -> str:
    """As `where_to_change`; a block has a way on for whoever made it, and the other side does not
    learn of it."""
    if code != "not_blocked":
        return where_to_change(code)
    own = blocks.has_blocked(Mover.VOLUNTEER, volunteer=volunteer, organisation=role.organisation)
    return reverse("web:blocked-groups") if own else ""
