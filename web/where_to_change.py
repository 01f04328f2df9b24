"""Where somebody changes what keeps a role from them: the very question, by the code of a rule or
of a change (`matching.ranking.eligibility`, `matching.ranking.changes`).
"""

from django.urls import reverse

from matching.selectors import RoleFit

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


def gates_with_addresses(fit: RoleFit) -> list[tuple[str, str]]:
    """Give what keeps somebody from asking for a role, each with where they can change it."""
    return [
        (sentence, where_to_change(code))
        for sentence, code in zip(fit.gates, fit.gate_codes, strict=True)
    ]
