"""Read what the ranking prepared, as sentences."""

from matching.selectors.for_groups import (
    WAITED_LONG,
    Applicant,
    SuitedPerson,
    applicants_for,
    latest_runs,
    model_history,
    model_version,
    suited_people,
)
from matching.selectors.for_volunteers import (
    Part,
    RecommendedRole,
    RecommendedRoles,
    RoleFit,
    Suits,
    fit_for,
    recommended_roles,
)
from matching.selectors.hidden import hidden_role, hidden_roles
from matching.selectors.rounds import (
    ProposedPair,
    explained,
    other_roles,
    rounds,
    suggestions_of,
    suggestions_to,
)

__all__ = [
    "WAITED_LONG",
    "Applicant",
    "Part",
    "ProposedPair",
    "RecommendedRole",
    "RecommendedRoles",
    "RoleFit",
    "SuitedPerson",
    "Suits",
    "applicants_for",
    "explained",
    "fit_for",
    "hidden_role",
    "hidden_roles",
    "latest_runs",
    "model_history",
    "model_version",
    "other_roles",
    "recommended_roles",
    "rounds",
    "suggestions_of",
    "suggestions_to",
    "suited_people",
]
