"""Reasons that rest on what somebody wrote and not on what they ticked: said in other words."""

from collections.abc import Collection, Iterable
from typing import Any

from matching.datasets import People

#: Codes of reasons (`matching.ranking.explanation`) by the kind of tag that they rest on, and the
#: codes by which they are known where a person's tags of that kind were read out of their words.
_WRITTEN: dict[str, dict[str, str]] = {
    "causes": {
        "shared_causes": "written_causes",
        "related_causes": "written_related_causes",
    },
    "activities": {"shared_activities": "written_activities"},
    "skills": {
        "skills_match": "written_skills_match",
        "skills_useful": "written_skills_useful",
        "near_skill": "written_near_skill",
    },
}

Reason = dict[str, Any]


def inferred_of(people: People, row: int) -> list[str]:
    """The kinds of tags of one person that were read out of their words."""
    return sorted(kind for kind, rows in people.inferred.items() if rows[row])


def as_written(reasons: Iterable[Reason], inferred: Collection[str]) -> list[Reason]:
    """The reasons, those that rest on inferred kinds under the codes that say so."""
    codes = {code: other for kind in inferred for code, other in _WRITTEN.get(kind, {}).items()}
    return [reason | {"code": codes.get(reason["code"], reason["code"])} for reason in reasons]
