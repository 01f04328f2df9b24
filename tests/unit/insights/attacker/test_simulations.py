"""What one person would like is not found out from two simulations of the same question.

Between the two one person changed what they would like to do, and nobody else did anything, as the
attacker knows. They look at all that the page says of each.
"""

import random
from datetime import timedelta

import pytest

from core.clock import now
from core.places import postcodes
from core.places.wards import WARDS
from insights.models import Simulation
from insights.proposed_roles import ProposedRole
from insights.selectors import simulations as found
from insights.services import simulations
from matching.recommender.asked import Added
from matching.recommender.borough_season import BoroughSeasons
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.volunteers import VolunteerFactory

#: The same on any database, and long.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite, pytest.mark.slow]

PINNER = next(ward.code for ward in WARDS if ward.name == "Pinner")
THERE = postcodes.in_ward(PINNER)[0].postcode
PLACES = 12
ROLE = {"activity": "gardening", "time": "saturday", "ward": PINNER, "places": PLACES}
#: Seasons that could be drawn, and pairs of simulations that are looked at.
POOL, PAIRS = 80, 400
Seasons = list[list[int]]


def seasons() -> Seasons:
    """Of each seed from 1 what `Simulation.seasons` holds."""
    role = ProposedRole(ROLE["activity"], ROLE["time"], ROLE["ward"])
    borough = BoroughSeasons([Added(role.asked(), PLACES)])
    pool = []
    for seed in range(1, POOL + 1):
        without, with_it = borough.placed(seed, [(), (0,)])
        pool.append([without.people, with_it.people, with_it.in_added])
    return pool


def said(chosen: Seasons) -> found.Shown | None:
    """What the page says of these seasons."""
    simulation = Simulation(roles=[ROLE], seasons=chosen, finished_at=now())
    simulation.gain = simulations._gain(chosen)
    return found.shown(simulation)


def differ(one: Seasons, other: Seasons, rng: random.Random) -> float:
    """How often two simulations, one of each, do not say the same."""
    number = simulations.SEASONS_OF_FEW
    pairs = ((rng.sample(one, number), rng.sample(other, number)) for __ in range(PAIRS))
    return sum(said(first) != said(second) for first, second in pairs) / PAIRS


@pytest.fixture
def before_and_after(db: None) -> tuple[Seasons, Seasons]:
    waits = {"postcode": THERE, "waiting_since": now() - timedelta(days=30)}
    VolunteerFactory.create_batch(14, activities=["reception"], **waits)
    gardeners = VolunteerFactory.create_batch(12, activities=["gardening"], **waits)
    group = OrganisationFactory(answered_share=0.8)
    OpportunityFactory(organisation=group, activities=["reception"], places=8, postcode=THERE)
    before = seasons()
    gardeners[0].activities.clear()
    return before, seasons()


def test_a_difference_between_two_simulations_tells_of_nobody(
    before_and_after: tuple[Seasons, Seasons],
) -> None:
    before, after = before_and_after
    rng = random.Random(7)
    # As often as where nobody did anything.
    by_chance, changed = differ(before, before, rng), differ(before, after, rng)
    assert by_chance > 0.2
    assert abs(changed - by_chance) < 0.15


def test_control_with_the_same_seeds_a_difference_is_somebodys(
    before_and_after: tuple[Seasons, Seasons],
) -> None:
    before, after = before_and_after
    number = simulations.SEASONS_OF_FEW
    windows = [slice(first, first + number) for first in range(POOL - number + 1)]
    assert sum(said(before[one]) != said(after[one]) for one in windows) > 0
