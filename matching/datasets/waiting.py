"""People who wait, in the few columns that a count beside a form needs."""

from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from numpy.typing import NDArray

from accounts.models import AuditEntry
from core.clock import today
from core.places.distance import KM_PER_MILE
from matching.datasets.arrays import by_name, degrees, flags, floats, indices, tag_pairs, tagged
from matching.datasets.taxonomy import Tags
from matching.ranking.board import TAGS, board_columns
from matching.ranking.columns import DBS_LEVELS, VolunteerColumns
from placements.models import Application
from volunteers.models import Volunteer
from volunteers.policies import age_on

_FIELDS = (
    "pk",
    "date_of_birth",
    "parent_confirmed_at",
    "latitude",
    "longitude",
    "travel_miles",
    "helps_in_person",
    "helps_from_home",
    "open_to_one_off",
    "open_to_regular",
    "wants_company",
    "availability",
    "dbs_level",
    "willing_dbs",
)
#: Places are rounded to a grid of about a kilometre (degrees of latitude and longitude in Harrow).
GRID = (0.01, 0.0145)
#: One person in so many is in no board.
_ONE_IN = 8


def still_waiting(used_since: datetime) -> QuerySet[Volunteer]:
    """Who is counted among those who wait, wherever they are counted: who waits, has no place, and
    since then has used the service or done something that the audit trail has, such as answering a
    mail. Who left one of two places waits by their profile, and is not among them.
    """
    placed = Application.objects.placed().order_by().values("volunteer")
    acted = AuditEntry.objects.filter(at__gte=used_since, actor__isnull=False).order_by()
    about = Q(last_used_at__gte=used_since) | Q(user__in=acted.values("actor"))
    return Volunteer.objects.waiting().filter(about).exclude(pk__in=placed)


def on_grid(latitude: Any, longitude: Any) -> tuple[Any, Any]:
    """The middle of the square of the grid that a place lies in: moving a role within its square,
    or a person within theirs, changes no count.
    """
    north, east = GRID
    return np.round(np.asarray(latitude) / north) * north, np.round(
        np.asarray(longitude) / east
    ) * east


def waiting_people(chosen: QuerySet[Volunteer], tags: Tags) -> VolunteerColumns:
    """The people of a query set, with places on the grid. Five queries."""
    column = by_name(_FIELDS, list(chosen.order_by("pk").values_list(*_FIELDS)))
    ids = np.array(column["pk"], np.int64)
    day = today()
    latitude, longitude = on_grid(degrees(column["latitude"]), degrees(column["longitude"]))
    lists = {
        kind: tagged(ids, tag_pairs(Volunteer, kind, chosen), getattr(tags, kind)) for kind in TAGS
    }
    return board_columns(
        {
            "ids": ids,
            "age": floats(
                None if born is None else age_on(born, day) for born in column["date_of_birth"]
            ),
            "parent_confirmed": flags(at is not None for at in column["parent_confirmed_at"]),
            "latitude": latitude,
            "longitude": longitude,
            "travel_km": floats(
                np.inf if miles is None else miles * KM_PER_MILE for miles in column["travel_miles"]
            ),
            "helps_in_person": flags(column["helps_in_person"]),
            "helps_from_home": flags(column["helps_from_home"]),
            "one_off": flags(column["open_to_one_off"]),
            "regular": flags(column["open_to_regular"]),
            "wants_company": flags(column["wants_company"]),
            "availability": np.array(column["availability"], np.uint32),
            "dbs_level": indices(column["dbs_level"], DBS_LEVELS),
            "willing_dbs": flags(column["willing_dbs"]),
            **lists,
        }
    )


def left_out(ids: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Who is in no board, (n,): the same people each time, and nobody knows who, so that the mean
    of many boards does not come to true numbers either.
    """
    return np.array(
        [salted_hmac("waiting-board", str(pk)).digest()[0] % _ONE_IN == 0 for pk in ids.tolist()],
        np.bool_,
    )
