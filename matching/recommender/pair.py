"""How one role fits one person, at once and without the model: rules, shared tags, place and time.

For a page that shows a role which is on no stored list. Numbers only: scikit-learn is not loaded,
and what people wrote is not looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any

from matching import datasets
from matching.datasets import Tags
from matching.ranking.columns import Applied, RoleColumns, VolunteerColumns
from matching.ranking.eligibility import evaluate
from matching.ranking.pairs import Pairs
from matching.ranking.parts import TagKnowledge, practical_parts, tag_parts
from matching.ranking.weights import Weights
from matching.recommender import rules
from matching.recommender.inferred import as_written, inferred_of
from opportunities.models import Opportunity
from volunteers.models import Volunteer

_MOST_REASONS = 4
_LEAST_VALUE = 0.01
#: A cosine of two texts reaches this only where both say nearly the same.
_FULL_TEXT = 0.4
_TEXT_PARTS = ("interests", "experience")


@dataclass(frozen=True)
class PairFit:
    """`parts` and `reasons` as in `Recommendation.items`; `failed`: codes of fit rules."""

    parts: dict[str, float]
    reasons: list[dict[str, Any]]
    km: float | None
    failed: list[str]


def fit_of_pair(volunteer: Volunteer, role: Opportunity) -> PairFit:
    """How the role fits the person as both are now. Eleven queries, and four for the taxonomy."""
    tags = datasets.tags()
    person = datasets.volunteers(Volunteer.objects.filter(pk=volunteer.pk), tags)
    people = person.columns
    roles = datasets.roles(Opportunity.objects.filter(pk=role.pk), tags).columns
    pairs = Pairs(people, roles)
    outcomes = evaluate(people, roles, Applied.none(1, 1), rules.at_the_door(tags))
    parts = {**tag_parts(pairs, TagKnowledge.of(roles, tags.vocabulary)), **practical_parts(pairs)}
    weights = Weights().as_dict()
    contributions = {
        name: round(weights[name] * float(part.value[0, 0]), 4) for name, part in parts.items()
    }
    inputs = _inputs(people, roles, pairs, tags)
    strongest = sorted(contributions.items(), key=lambda part: -part[1])
    reasons = [
        {"code": inputs[name][0], "value": value, "detail": inputs[name][1]}
        for name, value in strongest
        if value >= _LEAST_VALUE and name in inputs
    ]
    km = float(pairs.kilometres[0, 0])
    return PairFit(
        parts={name: value for name, value in contributions.items() if value},
        reasons=as_written(reasons[:_MOST_REASONS], inferred_of(person, 0)),
        km=None if isnan(km) or role.from_home else round(km, 2),
        failed=[code for code in outcomes.failed_codes() if code in rules.FIT_RULES],
    )


def shares(parts: Mapping[str, float], weights: Mapping[str, float]) -> dict[str, float]:
    """How full each part of a score is, from 0 to 1: its contribution by the most that it can add
    with the `weights` that it was made with.

    Parts made of text count as full from where hardly any two texts come.
    """
    return {
        name: min(1.0, parts[name] / (weight * (_FULL_TEXT if name in _TEXT_PARTS else 1)))
        for name, weight in weights.items()
        if name in parts and weight
    }


def _inputs(
    people: VolunteerColumns, roles: RoleColumns, pairs: Pairs, tags: Tags
) -> dict[str, tuple[str, list[Any]]]:
    """Code and detail of the reason that each part gives, where the two share its inputs."""
    vocabulary = tags.vocabulary
    tagged = {
        "causes": ("shared_causes", people.causes, roles.causes, vocabulary.causes),
        "activities": (
            "shared_activities",
            people.activities,
            roles.activities,
            vocabulary.activities,
        ),
        "skills_needed": ("skills_match", people.skills, roles.skills_needed, vocabulary.skills),
        "skills_useful": ("skills_useful", people.skills, roles.skills_useful, vocabulary.skills),
        "skills_gained": ("skill_gained", people.skills, roles.skills_gained, vocabulary.skills),
        "motives": ("motive", people.motives, roles.offers, vocabulary.motives),
        "languages": ("shared_language", people.languages, roles.languages, vocabulary.languages),
    }
    inputs: dict[str, tuple[str, list[Any]]] = {}
    for part, (code, theirs, wanted, codes) in tagged.items():
        if shared := sorted({*theirs.indices.tolist()} & {*wanted.indices.tolist()}):
            inputs[part] = code, [codes[tag] for tag in shared]
    if slots := int(pairs.shared_slots[0, 0]):
        inputs["time"] = "free_on", [slots]
    if roles.from_home[0]:
        inputs["distance"] = "from_home", []
    else:
        inputs["distance"] = "distance", [round(float(pairs.kilometres[0, 0]), 3)]
    if people.one_off[0] != people.regular[0]:
        inputs["commitment"] = "commitment", ["one_off" if roles.one_off[0] else "regular"]
    return inputs
