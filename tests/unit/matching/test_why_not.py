"""Where a role stands on a list, and what keeps it off."""

import pytest

from core.clock import now
from core.dbs import DbsLevel
from matching import recommender
from matching.models import Recommendation
from matching.recommender import items
from matching.selectors import fit_for, recommended_roles
from matching.why_not import Standing, standing_of
from opportunities.models import Opportunity
from placements.services import applications
from tests.factories.core import lease_on
from tests.factories.matching import borough
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Volunteer:
    return VolunteerFactory(willing_dbs=False, about="I like to plant trees.")


def rank(person: Volunteer) -> None:
    recommender.refresh_volunteer(person.pk, lease_on("profile.changed", person.pk))
    person.refresh_from_db()


def standing(person: Volunteer, role: Opportunity) -> Standing:
    role = Opportunity.objects.select_related("organisation").get(pk=role.pk)
    return standing_of(person, role, fit_for(person, role))


def codes(person: Volunteer, role: Opportunity) -> list[str]:
    found = standing(person, role)
    assert found.place is None
    assert all(barrier.sentence for barrier in found.barriers)
    return [barrier.code for barrier in found.barriers]


def test_the_place_on_the_list(person: Volunteer) -> None:
    OpportunityFactory(title="Tree planter", description="Plant trees with us.")
    other = OpportunityFactory(title="Clerk", description="File papers.")
    rank(person)
    assert standing(person, other) == Standing(2, [])


def test_every_rule_that_fails_is_named(person: Volunteer) -> None:
    role = OpportunityFactory(dbs_level=DbsLevel.BASIC, postcode="TW1 1AA")
    rank(person)
    assert codes(person, role) == ["distance", "dbs"]


def test_a_gate_is_named_with_its_own_sentence(person: Volunteer) -> None:
    role = OpportunityFactory()
    rank(person)
    applications.submit(volunteer=person, opportunity=role, by=person.user)
    found = standing(person, role)
    assert [barrier.code for barrier in found.barriers] == ["not_applied_before"]
    assert found.barriers[0].sentence == "You have asked for this role before."


def test_too_many_people_wait_at_the_door(person: Volunteer) -> None:
    role = OpportunityFactory(places=1)
    rank(person)
    Opportunity.objects.filter(pk=role.pk).update(applications_pending=30)
    assert codes(person, role) == ["pending_cap"]


def test_the_live_rule_takes_a_role_off_before_the_door_is_closed(person: Volunteer) -> None:
    role = OpportunityFactory(places=4)
    rank(person)
    # The door stands open until three wait for each place: the list is left sooner.
    Opportunity.objects.filter(pk=role.pk).update(applications_pending=11)
    found = codes(person, role)
    assert found == ["many_wait"]
    Opportunity.objects.filter(pk=role.pk).update(applications_pending=0)
    assert standing(person, role).place == 1


def test_other_roles_suit_better(person: Volunteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.recommender.people.LIST_LENGTH", 2)
    monkeypatch.setattr(items, "LIST_LENGTH", 2)
    for number in range(2):
        OpportunityFactory(title=f"Tree planter {number}", description="Plant trees with us.")
    other = OpportunityFactory(title="Clerk", description="File papers.")
    rank(person)
    found = standing(person, other)
    assert [barrier.code for barrier in found.barriers] == ["better_suited"]
    assert found.barriers[0].sentence == (
        "Nothing speaks against it. 2 other roles suit you better."
    )


def test_a_list_that_is_not_there_yet(person: Volunteer) -> None:
    role = OpportunityFactory()
    assert codes(person, role) == ["being_made"]
    rank(person)
    newer = OpportunityFactory()
    assert codes(person, newer) == ["being_made"]


def test_who_paused_has_no_list() -> None:
    paused = VolunteerFactory(paused_at=now())
    assert codes(paused, OpportunityFactory()) == ["paused"]


def test_few_queries(person: Volunteer, django_assert_max_num_queries) -> None:
    posted = OpportunityFactory(dbs_level=DbsLevel.BASIC)
    rank(person)
    role = Opportunity.objects.select_related("organisation").get(pk=posted.pk)
    fit = fit_for(person, role)
    with django_assert_max_num_queries(4):
        standing_of(person, role, fit)


def test_every_pair_is_on_the_list_or_is_told_why_not() -> None:
    made = borough(people=5, roles=20, seed=4)
    roles = list(Opportunity.objects.select_related("organisation"))
    seen = set()
    for person in made.people:
        rank(person)
        places = {item.opportunity.pk: item.rank for item in recommended_roles(person).items}
        for role in roles:
            found = standing_of(person, role, fit_for(person, role))
            assert found.place == places.get(role.pk)
            assert (found.place is None) == bool(found.barriers)
            seen |= {barrier.code for barrier in found.barriers}
    assert len(seen) > 6
    assert "being_made" not in seen
    assert Recommendation.objects.count() == len(made.people)
