"""Where somebody changes what keeps a role from them: the very question, by the code of a rule or
of a change (`matching.ranking.eligibility`, `matching.ranking.changes`).
"""

from django.urls import reverse

from matching.selectors import RoleFit

#: The section of the profile, and the question in it.
_QUESTIONS = {
    "distance": ("place", "travel_miles"),
    "from_home": ("place", "ways"),
    "in_person": ("place", "ways"),
    "way_of_helping": ("place", "ways"),
    "slot": ("time", "availability"),
    "time_overlap": ("time", "availability"),
    "one_off": ("time", "kinds"),
    "regular": ("time", "kinds"),
    "commitment": ("time", "kinds"),
    "language": ("languages", "languages"),
    "dbs": ("checks", "willing_dbs"),
    "company": ("support", "wants_company"),
    "age": ("about", "date_of_birth"),
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
        section, field = question
        return f"{reverse('web:profile-section', args=[section])}#id_{field}"
    return reverse(_PAGES[code]) if code in _PAGES else ""


def gates_with_addresses(fit: RoleFit) -> list[tuple[str, str]]:
    """Give what keeps somebody from asking for a role, each with where they can change it."""
    return [
        (sentence, where_to_change(code))
        for sentence, code in zip(fit.gates, fit.gate_codes, strict=True)
    ]
