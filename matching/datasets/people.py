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
    or_mentioned,
    tag_pairs,
    tagged,
)
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


@dataclass(frozen=True)
class People:
    """People's columns, with the version of each row that was read."""

    columns: VolunteerColumns
    versions: dict[int, Version]

    def take(self, rows: NDArray[np.integer]) -> "People":
        """Some of them, by row."""
        columns = self.columns.take(rows)
        return People(columns, {pk: self.versions[pk] for pk in columns.ids.tolist()})


def volunteers(chosen: QuerySet[Volunteer], tags: Tags) -> People:
    """The people of a query set. Five queries."""
    column = by_name(_FIELDS, list(chosen.order_by("pk").values_list(*_FIELDS)))
    ids = np.array(column["pk"], np.int64)
    day = today()
    causes = tagged(ids, tag_pairs(Volunteer, "causes", chosen), tags.causes)
    activities = tagged(ids, tag_pairs(Volunteer, "activities", chosen), tags.activities)
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
        causes=or_mentioned(causes, column["about"], tags.cause_words),
        activities=or_mentioned(activities, column["about"], tags.activity_words),
        skills=tagged(ids, tag_pairs(Volunteer, "skills", chosen), tags.skills),
        dbs_level=indices(column["dbs_level"], DBS_LEVELS),
        willing_dbs=flags(column["willing_dbs"]),
        waiting_days=days_since(column["waiting_since"], day),
        about=list(column["about"]),
        experience=list(column["experience"]),
        motives=of_motives(column["motives"]),
    )
    versions = zip(column["pk"], *(column[name] for name in _VERSION), strict=True)
    return People(columns, {pk: tuple(version) for pk, *version in versions})


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
