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

__all__ = [
    "WAITED_LONG",
    "Applicant",
    "Part",
    "RecommendedRole",
    "RecommendedRoles",
    "RoleFit",
    "SuitedPerson",
    "Suits",
    "applicants_for",
    "fit_for",
    "hidden_role",
    "hidden_roles",
    "latest_runs",
    "model_history",
    "model_version",
    "recommended_roles",
    "suited_people",
]
