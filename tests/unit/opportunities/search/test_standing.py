"""A saved search fits the same roles as the search did."""

from random import Random

import pytest

from core.clock import now
from core.places import postcodes
from opportunities.models import Opportunity
from opportunities.search.criteria import SearchCriteria
from opportunities.search.finding import search_roles
from opportunities.search.standing import asked_of, facts_of
from opportunities.services import search_index
from tests.factories.opportunities import OpportunityFactory, SessionFactory

pytestmark = pytest.mark.django_db


def _roles(chance: Random) -> None:
    for number in range(14):
        role = OpportunityFactory(
            title=chance.choice(["Gardener", "Reading with children", "Walk dogs", "தோட்டம்"]),
            causes=chance.choice(
                [[], ["health"], ["community-gardens", "animals"], ["care-homes"]]
            ),
            activities=chance.choice([[], ["gardening"], ["befriending", "cooking"]]),
            skills_needed=chance.choice([[], ["listening"], ["gardening"]]),
            at_home=number % 5 == 0,
            commitment=chance.choice(["one_off", "regular"]),
            weekly_slots=chance.choice([0, 0b1, 0b1010]),
            minimum_age=chance.choice([13, 16, 18]),
            maximum_age=chance.choice([None, 25]),
            access=chance.choice([[], ["quiet"], ["quiet", "step_free"]]),
            **({} if number % 5 == 0 else {"postcode": chance.choice(["HA1 1AA", "HA8 7AA", ""])}),
        )
        if number % 4 == 1:
            SessionFactory(opportunity=role, starts_at=now().replace(hour=10))


def _criteria(chance: Random) -> SearchCriteria:
    def some(*values: object) -> object:
        return chance.choice([*values, *[values[0]] * 3])

    return SearchCriteria(
        text=some("", "garden", "gardning", "kids", "older people", "?!", "zzzzzz"),  # type: ignore[arg-type]
        causes=some((), ("environment",), ("older-people", "health")),  # type: ignore[arg-type]
        activities=some((), ("gardening", "cooking")),  # type: ignore[arg-type]
        skills=some((), ("listening",)),  # type: ignore[arg-type]
        from_home=some(None, True, False),  # type: ignore[arg-type]
        commitment=some("", "one_off"),  # type: ignore[arg-type]
        slots=some(0, 0b1, 0b110),  # type: ignore[arg-type]
        near=postcodes.locate("HA1 1AA"),
        within_miles=some(None, 2, 3),  # type: ignore[arg-type]
        age=some(None, 14, 30),  # type: ignore[arg-type]
        access=some((), ("quiet",), ("step_free", "quiet")),  # type: ignore[arg-type]
    )


def test_a_saved_search_fits_exactly_the_roles_that_the_search_finds():
    chance = Random(4)
    _roles(chance)
    search_index.rebuild()
    facts = [facts_of(role.pk) for role in Opportunity.objects.all()]
    sizes = set()

    for _ in range(60):
        criteria = _criteria(chance)
        asked = asked_of(criteria)
        found = {role.pk for role in search_roles(criteria)}
        fitting = {fact.role.pk for fact in facts if fact is not None and fact.fits(asked)}
        assert fitting == found, criteria
        sizes.add(len(found))
    assert len(sizes) > 4
