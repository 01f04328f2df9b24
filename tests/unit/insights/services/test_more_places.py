"""What more places would do is what placing everybody anew says, and no rule of thumb."""

import numpy as np
import pytest

from core.places import postcodes
from insights.analysis.placing import Pool, best_placing
from insights.proposed_roles import TIMES, ProposedRole
from insights.services import role_plans
from insights.services.more_places import MOST_ADDED, PLACES, more_places
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db

PINNER = "E05013555"
MASKS = {code: mask for code, __, mask in TIMES}


def gardeners(number: int, time: str) -> None:
    place = postcodes.in_ward(PINNER)[0].postcode
    for __ in range(number):
        VolunteerFactory(
            postcode=place, activities=["gardening"], availability=MASKS[time], travel_miles=2
        )


def test_as_many_as_placing_everybody_anew_says() -> None:
    gardeners(18, "weekday-evening")
    gardeners(9, "saturday")
    OpportunityFactory(
        postcode=postcodes.in_ward(PINNER)[0].postcode,
        activities=["gardening"],
        weekly_slots=MASKS["weekday-evening"],
        places=4,
    )
    found = more_places()
    assert {(one["time"], one["could"], one["people"]) for one in found} >= {
        ("weekday-evening", 14, 10),
        ("saturday", 9, 9),
    }
    demand = role_plans.current_demand()
    everybody = np.ones(len(demand.wards))
    now = best_placing(Pool(demand.pool.could_do, everybody, demand.pool.places))
    for one in found:
        role = ProposedRole(one["activity"], one["time"], one["ward"])
        places = demand.pool.places.copy()
        places[demand.numbers[demand.proposed.index(role)]] += PLACES
        anew = best_placing(Pool(demand.pool.could_do, everybody, places))
        assert anew.placed.sum() - now.placed.sum() == one["people"]
        places[demand.numbers[demand.proposed.index(role)]] += MOST_ADDED - PLACES
        anew = best_placing(Pool(demand.pool.could_do, everybody, places))
        assert anew.placed.sum() - now.placed.sum() == one["keeps"]
        assert not one["keeps_on"]


def test_who_has_not_said_what_they_would_like_is_left_out() -> None:
    gardeners(9, "saturday")
    place = postcodes.in_ward(PINNER)[0].postcode
    VolunteerFactory.create_batch(12, postcode=place, availability=MASKS["saturday"])
    (one,) = (one for one in more_places() if one["time"] == "saturday")
    assert (one["could"], one["keeps"]) == (9, 9)


def test_places_keep_placing_people_who_change_places_for_somebody_else() -> None:
    """Who has a place on weekday evenings and could come on Saturdays leaves it to somebody who
    could not: whom the 15 places begin with makes no difference to how many are placed in the end.
    """
    place = postcodes.in_ward(PINNER)[0].postcode
    gardeners(9, "saturday")
    gardeners(15, "weekday-evening")
    either = MASKS["saturday"] | MASKS["weekday-evening"]
    for __ in range(15):
        VolunteerFactory(
            postcode=place, activities=["gardening"], availability=either, travel_miles=2
        )
    OpportunityFactory(
        postcode=place,
        activities=["gardening"],
        weekly_slots=MASKS["weekday-evening"],
        places=15,
    )
    saturday = max(
        (one for one in more_places() if one["time"] == "saturday"), key=lambda one: one["could"]
    )
    assert saturday["keeps"] == 9 + 15


def test_nothing_of_what_fewer_than_eight_could_have() -> None:
    gardeners(7, "weekday-evening")
    assert more_places() == []
