"""Roles as columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from core.clock import now, today
from core.week import mask_between
from matching.datasets.arrays import (
    Version,
    by_name,
    degrees,
    flags,
    floats,
    ids_of,
    indices,
    tag_pairs,
    tagged,
)
from matching.datasets.mentioned import Inferred, or_mentioned
from matching.datasets.motives import of_motives
from matching.datasets.taxonomy import Tags
from matching.ranking.columns import DBS_LEVELS, RoleColumns
from opportunities.models import Opportunity, RoleSkill, Session
from opportunities.offers import certain_offers

_FIELDS = (
    "pk",
    "updated_at",
    "organisation_id",
    "organisation__verified_at",
    "organisation__suspended_at",
    "status",
    "closes_on",
    "latitude",
    "longitude",
    "from_home",
    "weekly_slots",
    "commitment",
    "hours_a_week",
    "minimum_age",
    "maximum_age",
    "dbs_level",
    "welcomes_company",
    "places",
    "places_taken",
    "applications_pending",
    "catching_up_since",
    "title",
    "summary",
    "description",
    "gains",
    "offers",
)


#: What a group did not tick is read out of the title, or else out of the rest, of a role.
_WORDS = ("title", "summary", "description")
#: No more tags of a kind than this are read out of a role's words.
_MOST_TAGS = 4


@dataclass(frozen=True)
class Roles:
    """Roles' columns, with the version of each row that was read. inferred: for causes and
    activities, the rows whose tags were read out of what the group wrote.
    """

    columns: RoleColumns
    versions: dict[int, Version]
    inferred: Inferred


def open_roles() -> QuerySet[Opportunity]:
    """Roles that lists are made of: public, with a place left, and not past their last day."""
    return Opportunity.objects.open().filter(Q(closes_on=None) | Q(closes_on__gte=today()))


def role_versions(chosen: QuerySet[Opportunity]) -> dict[int, Version]:
    """The version of each role of a query set, by id. One query.

    Another day is another version: sessions pass.
    """
    day = today()
    return {pk: (day, at) for pk, at in chosen.values_list("pk", "updated_at").order_by()}


def roles(chosen: QuerySet[Opportunity], tags: Tags) -> Roles:
    """The roles of a query set, open or not. Six queries."""
    column = by_name(_FIELDS, list(chosen.order_by("pk").values_list(*_FIELDS)))
    day = today()
    lists, inferred = _lists(column, chosen, tags)
    columns = RoleColumns(**_plain(column, day), **lists)
    versions = zip(column["pk"], column["updated_at"], strict=True)
    return Roles(columns, {pk: (day, at) for pk, at in versions}, inferred)


def _plain(column: dict[str, tuple[Any, ...]], day: date) -> dict[str, Any]:
    """What stands on the role and its group."""
    verified = zip(
        column["organisation__verified_at"], column["organisation__suspended_at"], strict=True
    )
    texts = zip(column["summary"], column["description"], column["gains"], strict=True)
    taken = np.array(column["places_taken"], np.int32)
    return {
        "ids": np.array(column["pk"], np.int64),
        "organisation_ids": np.array(column["organisation_id"], np.int64),
        "latitude": degrees(column["latitude"]),
        "longitude": degrees(column["longitude"]),
        "from_home": flags(column["from_home"]),
        "one_off": flags(kind == Opportunity.Commitment.ONE_OFF for kind in column["commitment"]),
        "hours_a_week": floats(column["hours_a_week"]),
        "minimum_age": floats(column["minimum_age"]),
        "maximum_age": floats(column["maximum_age"]),
        "dbs_level": indices(column["dbs_level"], DBS_LEVELS),
        "welcomes_company": flags(column["welcomes_company"]),
        "verified": flags(at is not None and stopped is None for at, stopped in verified),
        "open": flags(
            status == Opportunity.Status.OPEN and (last_day is None or last_day >= day)
            for status, last_day in zip(column["status"], column["closes_on"], strict=True)
        ),
        "places_left": np.array(column["places"], np.int32) - taken,
        "pending": np.array(column["applications_pending"], np.int32),
        "catching_up": flags(at is not None for at in column["catching_up_since"]),
        "title": list(column["title"]),
        "body": ["\n".join(filter(None, of_role)) for of_role in texts],
    }


def _lists(
    column: dict[str, tuple[Any, ...]], chosen: QuerySet[Opportunity], tags: Tags
) -> tuple[dict[str, Any], Inferred]:
    """What stands in tables of its own, and which rows of it were read out of words."""
    ids = np.array(column["pk"], np.int64)
    skills = _skill_pairs(chosen)
    ticked = {
        kind: tagged(ids, tag_pairs(Opportunity, kind, chosen), getattr(tags, kind))
        for kind in ("causes", "activities")
    }
    texts = [column[name] for name in _WORDS]
    said, inferred = or_mentioned(ticked, dict.fromkeys(ticked, texts), tags, _MOST_TAGS)
    gained = tagged(ids, skills[RoleSkill.Need.GAINED], tags.skills)
    lists = {
        **said,
        "slots": _slots(column["pk"], column["weekly_slots"], chosen),
        "languages": tagged(ids, tag_pairs(Opportunity, "languages", chosen), tags.languages),
        "skills_needed": tagged(ids, skills[RoleSkill.Need.NEEDED], tags.skills),
        "skills_useful": tagged(ids, skills[RoleSkill.Need.USEFUL], tags.skills),
        "skills_gained": gained,
        "offers": _offers(column, tags, ticked["activities"], gained),
    }
    return lists, inferred


def _offers(column: dict[str, tuple[Any, ...]], tags: Tags, activities: Any, gained: Any) -> Any:
    """What each role offers, CSR (roles × motives): as ticked, and what follows for certain."""
    codes = np.array(tags.vocabulary.activities, object)
    return of_motives(
        [
            certain_offers(
                ticked,
                activities=codes[activities.indices[slice(*activities.indptr[row : row + 2])]],
                teaches=bool(gained.indptr[row + 1] > gained.indptr[row]),
                from_home=from_home,
            )
            for row, (ticked, from_home) in enumerate(
                zip(column["offers"], column["from_home"], strict=True)
            )
        ]
    )


def _skill_pairs(chosen: QuerySet[Opportunity]) -> dict[str, list[tuple[int, int]]]:
    """(role, skill) for each kind of need."""
    pairs: dict[str, list[tuple[int, int]]] = {need: [] for need in RoleSkill.Need}
    rows = RoleSkill.objects.filter(opportunity__in=ids_of(chosen)).order_by()
    for need, role_id, skill_id in rows.values_list("need", "opportunity_id", "skill_id"):
        pairs[need].append((role_id, skill_id))
    return pairs


def _slots(
    ids: Sequence[int], weekly: Sequence[int], chosen: QuerySet[Opportunity]
) -> NDArray[np.uint32]:
    """The week that each role takes: its weekly slots and those of the sessions to come."""
    masks = dict(zip(ids, weekly, strict=True))
    to_come = Session.objects.filter(opportunity__in=ids_of(chosen), ends_at__gte=now())
    times = to_come.order_by().values_list("opportunity_id", "starts_at", "ends_at")
    for role_id, starts_at, ends_at in times:
        if role_id in masks:
            masks[role_id] |= mask_between(starts_at, ends_at)
    return np.array(list(masks.values()), np.uint32)
