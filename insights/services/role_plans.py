"""Work out which roles would place the people who wait."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from core.clock import now
from core.disclosure import FEWEST
from insights.analysis.placing import Placing, Pool, best_placing, worth_of_a_place
from insights.analysis.role_plan import PlannedRole, role_plan
from insights.models import RolePlan
from insights.proposed_roles import ProposedRole, proposed_roles
from matching.datasets import tags
from matching.recommender.could_do import CouldDo, could_do
from volunteers.models import Volunteer

#: Roles in a plan, and places that each would have.
MOST_ROLES, PLACES = 10, 10
#: Days of waiting that make a person weigh twice as much as a newcomer; more do not count.
LONG_WAIT = 180
#: How much more somebody weighs in a ward where nobody can be placed than where everybody can.
AREA_WEIGHT = 0.5
#: Combinations of kind, time and area that are kept with what a place of them is worth.
MOST_WORTH = 300


@dataclass(frozen=True, eq=False)
class Demand:
    """Everybody who waits, the roles that there are, and those that there could be.

    proposed: these; they are the last columns of the pool. wards: of people, by row.
    """

    found: CouldDo
    proposed: list[ProposedRole]
    wards: NDArray[np.str_]
    pool: Pool

    @property
    def numbers(self) -> NDArray[np.int64]:
        """The columns of the proposed roles."""
        return np.arange(len(self.found.role_ids), len(self.found.places))


@transaction.atomic
def refresh() -> RolePlan:
    """Work out the plan of today and drop the others. Safe to run at any time and again."""
    demand = current_demand()
    placing = best_placing(demand.pool)
    plan = role_plan(demand.pool, demand.numbers, np.full(len(demand.proposed), PLACES), MOST_ROLES)
    made = RolePlan.objects.create(
        made_at=now(),
        waiting=len(demand.wards),
        placeable=int(placing.placed.sum()),
        roles=[_as_json(role, demand) for role in plan],
        worth=_worth(placing, demand),
    )
    RolePlan.objects.filter(pk__lt=made.pk).delete()
    return made


def current_demand() -> Demand:
    """Everybody who waits, with what they could do and what they weigh, as of now."""
    proposed = proposed_roles(_wanted())
    found = could_do([role.asked() for role in proposed])
    wards = _wards(found.people.ids)
    equal = Pool.of(found.could_do, np.ones(len(wards)), found.places)
    without = ~best_placing(equal).placed
    return Demand(
        found, proposed, wards, Pool(equal.could_do, _weights(found, wards, without), equal.places)
    )


def _wanted() -> list[str]:
    """Kinds of work that enough of those who wait have named, or wrote of."""
    vocabulary = tags().vocabulary.activities
    people = could_do().people
    named = np.bincount(people.activities.indices, minlength=len(vocabulary))
    return [code for code, count in zip(vocabulary, named, strict=True) if count >= FEWEST]


def _weights(
    found: CouldDo, wards: NDArray[np.str_], without: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Long waiters and people of badly served wards weigh more, newcomers elsewhere 1."""
    waited = np.minimum(found.people.waiting_days / LONG_WAIT, 1)
    __, which = np.unique(wards, return_inverse=True)
    unserved = np.bincount(which, weights=without) / np.bincount(which)
    return 1 + waited.astype(np.float64) + AREA_WEIGHT * unserved[which]


def _wards(ids: NDArray[np.int64]) -> NDArray[np.str_]:
    of = dict(Volunteer.objects.waiting().values_list("pk", "ward_code"))
    return np.array([of.get(pk, "") for pk in ids.tolist()], dtype=np.str_)


def _as_json(role: PlannedRole, demand: Demand) -> dict[str, object]:
    proposed = demand.proposed[role.role - len(demand.found.role_ids)]
    people = demand.found.people.take(role.people)
    could = demand.pool.people_of(role.role)
    free = people.availability
    return {
        "activity": proposed.activity,
        "time": proposed.time,
        "ward": proposed.ward,
        "template": proposed.template.code if proposed.template else "",
        "places": PLACES,
        "people": len(role.people),
        "could": len(could),
        "long": int((people.waiting_days >= LONG_WAIT).sum()),
        "slots": [int((free >> slot & 1).sum()) for slot in range(21)],
        "wards": dict(Counter(demand.wards[role.people].tolist())),
    }


def _worth(placing: Placing, demand: Demand) -> list[dict[str, object]]:
    """What one more place of each proposed role is worth, for those that enough people without a
    place could do; the most people first.
    """
    worth = worth_of_a_place(placing)[demand.numbers]
    unplaced = ~placing.placed
    could = demand.pool.could_do[:, demand.numbers].T @ unplaced.astype(np.int64)
    order = np.argsort(-could, kind="stable")
    return [
        {
            "activity": demand.proposed[place].activity,
            "time": demand.proposed[place].time,
            "ward": demand.proposed[place].ward,
            "people": int(could[place]),
            "worth": round(float(worth[place]), 3),
        }
        for place in order[:MOST_WORTH].tolist()
        if could[place] >= FEWEST and worth[place] > 0
    ]
