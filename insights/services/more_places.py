"""How many more people would be placed with more places: worked out by placing everybody anew."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.disclosure import FEWEST
from insights.analysis.placing import Pool, best_placing, with_more_places
from insights.proposed_roles import ProposedRole
from insights.services import role_plans

#: Places that are added, and how many kinds and times are kept.
PLACES, MOST = 10, 30
#: So many places are added, at most, to see up to how many each still places somebody.
MOST_ADDED = 100


def more_places() -> list[dict[str, Any]]:
    """For each kind of work and time, in the ward where most people without a place could have it:
    how many more people ten more places there would place, each by itself, up to how many each
    added place still places somebody (`keeps`; `keeps_on` where as many as were tried do), and how
    many could have them; those that most could have first, none of fewer than 8.

    Everybody counts the same here, so that a number is one of people. Who named no kind of work and
    no cause is left out: nobody knows what they would like, and beside the number of those who did
    a sum of both would tell how many they are.
    """
    demand = role_plans.current_demand()
    pool = Pool.of(demand.found.named, np.ones(len(demand.wards)), demand.pool.places)
    placing = best_placing(pool)
    could = pool.could_do[:, demand.numbers].T @ (~placing.placed).astype(np.int64)
    found = []
    for place in _best_wards(demand.proposed, could)[:MOST]:
        proposed, number = demand.proposed[place], int(demand.numbers[place])
        # Everybody weighs the same: each place brings one person until no more can be reached, so
        # the first ten places bring the first ten of these.
        brought = len(with_more_places(placing, number, MOST_ADDED).people)
        found.append(
            {
                "activity": proposed.activity,
                "time": proposed.time,
                "ward": proposed.ward,
                "places": PLACES,
                "could": int(could[place]),
                "people": min(brought, PLACES),
                "keeps": brought,
                "keeps_on": brought == MOST_ADDED,
            }
        )
    return found


def _best_wards(proposed: list[ProposedRole], could: NDArray[np.int64]) -> list[int]:
    """Of each kind and time the one that most could have, the most first."""
    best: dict[tuple[str, str], int] = {}
    # From the fewest to the most: what comes last stays.
    for place in np.argsort(could, kind="stable").tolist():
        if could[place] >= FEWEST:
            best[proposed[place].activity, proposed[place].time] = place
    return sorted(best.values(), key=lambda place: -int(could[place]))
