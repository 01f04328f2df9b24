"""People as columns."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from core.clock import today
from core.places.distance import KM_PER_MILE
from matching.datasets.arrays import (
    Version,
    by_name,
    days_since,
    degrees,
    flags,
    floats,
    indices,
    tag_pairs,
    tagged,
)
from matching.datasets.mentioned import Inferred, or_mentioned
from matching.datasets.motives import of_motives
from matching.datasets.taxonomy import Tags
from matching.ranking.columns import DBS_LEVELS, TRAVEL_MODES, VolunteerColumns
from volunteers.models import Volunteer
from volunteers.policies import age_on

_VERSION = ("updated_at", "paused_at", "user__is_active")
_FIELDS = (
    "pk",
    *_VERSION,
    "date_of_birth",
    "parent_confirmed_at",
    "latitude",
    "longitude",
    "travel_miles",
    "travel_mode",
    "helps_in_person",
    "helps_from_home",
    "open_to_one_off",
    "open_to_regular",
    "wants_company",
    "hours_a_week",
    "availability",
    "dbs_level",
    "willing_dbs",
    "waiting_since",
    "about",
    "experience",
    "motives",
)


#: Which words of a person stand in for tags that they did not tick.
_WORDS = {"causes": ("about",), "activities": ("about",), "skills": ("experience", "about")}
#: No more tags of a kind than this are read out of a person's words.
_MOST_TAGS = 8


@dataclass(frozen=True)
class People:
    """People's columns, with the version of each row that was read. inferred: for causes,
    activities and skills, the rows whose tags were read out of what they wrote.
    """

    columns: VolunteerColumns
    versions: dict[int, Version]
    inferred: Inferred

    def take(self, rows: NDArray[np.integer]) -> "People":
        """Some of them, by row."""
        columns = self.columns.take(rows)
        inferred = {kind: of_rows[rows] for kind, of_rows in self.inferred.items()}
        return People(columns, {pk: self.versions[pk] for pk in columns.ids.tolist()}, inferred)

    def joined(self, others: "People") -> "People":
        """These and other people together, in the order of ids."""
        columns = self.columns.joined(others.columns)
        inferred = {
            kind: np.concatenate([of_rows, others.inferred[kind]])
            for kind, of_rows in self.inferred.items()
        }
        both = People(columns, self.versions | others.versions, inferred)
        return both.take(np.argsort(columns.ids))


def volunteers(chosen: QuerySet[Volunteer], tags: Tags) -> People:
    """The people of a query set. Five queries."""
    column = by_name(_FIELDS, list(chosen.order_by("pk").values_list(*_FIELDS)))
    ids = np.array(column["pk"], np.int64)
    day = today()
    ticked = {
        kind: tagged(ids, tag_pairs(Volunteer, kind, chosen), getattr(tags, kind))
        for kind in _WORDS
    }
    texts = {kind: [column[name] for name in names] for kind, names in _WORDS.items()}
    said, inferred = or_mentioned(ticked, texts, tags, _MOST_TAGS)
    columns = VolunteerColumns(
        ids=ids,
        age=floats(None if born is None else age_on(born, day) for born in column["date_of_birth"]),
        parent_confirmed=flags(at is not None for at in column["parent_confirmed_at"]),
        latitude=degrees(column["latitude"]),
        longitude=degrees(column["longitude"]),
        travel_km=floats(
            np.inf if miles is None else miles * KM_PER_MILE for miles in column["travel_miles"]
        ),
        travel_mode=indices(column["travel_mode"], TRAVEL_MODES),
        helps_in_person=flags(column["helps_in_person"]),
        helps_from_home=flags(column["helps_from_home"]),
        one_off=flags(column["open_to_one_off"]),
        regular=flags(column["open_to_regular"]),
        wants_company=flags(column["wants_company"]),
        hours_a_week=floats(column["hours_a_week"]),
        availability=np.array(column["availability"], np.uint32),
        languages=tagged(ids, tag_pairs(Volunteer, "languages", chosen), tags.languages),
        **said,
        dbs_level=indices(column["dbs_level"], DBS_LEVELS),
        willing_dbs=flags(column["willing_dbs"]),
        waiting_days=days_since(column["waiting_since"], day),
        about=list(column["about"]),
        experience=list(column["experience"]),
        motives=of_motives(column["motives"]),
    )
    versions = zip(column["pk"], *(column[name] for name in _VERSION), strict=True)
    return People(columns, {pk: tuple(version) for pk, *version in versions}, inferred)


def volunteer_versions(chosen: QuerySet[Volunteer]) -> dict[int, Version]:
    """The version of each person of a query set, by id. One query."""
    rows = chosen.order_by().values_list("pk", *_VERSION)
    return {pk: tuple(version) for pk, *version in rows}


def locked_versions(ids: Iterable[int]) -> dict[int, Version]:
    """Lock these people until the transaction ends, in the order of ids; give their versions. One
    query.
    """
    rows = (
        Volunteer.objects.filter(pk__in=list(ids))
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
        .select_related("user")
        .only("updated_at", "paused_at", "user__is_active")
    )
    return {row.pk: (row.updated_at, row.paused_at, row.user.is_active) for row in rows}
