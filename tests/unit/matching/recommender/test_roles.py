"""A changed role reaches the lists where it belongs, without a full ranking."""

from datetime import timedelta

import pytest

from core.clock import now
from core.outbox.leases import LeaseLostError
from matching import recommender
from matching.models import Fit, RankingRun, Recommendation, Shortlist
from matching.recommender import people, roles, shortlists
from matching.recommender.items import PersonalList
from opportunities.models import Opportunity
from opportunities.services import organisations
from opportunities.services import roles as role_services
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on, lose
from tests.factories.matching import borough
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
from volunteers.services import profiles

pytestmark = pytest.mark.django_db


def listed(person: Volunteer) -> list[int]:
    row = Recommendation.objects.get(volunteer=person)
    return PersonalList.stored(row).role_ids.tolist()


def item_on_list(role: Opportunity, row: Recommendation) -> dict | None:
    return next((item for item in PersonalList.stored(row).items if item["role"] == role.pk), None)


def above_threshold(row: Recommendation, of: Recommendation) -> list[dict]:
    return [item for item in PersonalList.stored(row).items if item["score"] > of.threshold]


def by_role(item: dict) -> int:
    return item["role"]


def test_new_role_goes_where_it_belongs(refresh) -> None:
    first = OpportunityFactory(title="Trees", description="Plant trees.")
    near = VolunteerFactory(causes=["schools"])
    far = VolunteerFactory(postcode="TW1 1AA", travel_miles=1)
    for person in (near, far):
        refresh(person)
    new = OpportunityFactory(title="Read with children", causes=["schools"])
    refresh(new)
    assert listed(near) == [new.pk, first.pk]
    assert listed(far) == []


def test_short_list_takes_in_a_role_that_suits_less_than_all_others(refresh) -> None:
    first = OpportunityFactory(causes=["schools"])
    person = VolunteerFactory(causes=["schools"])
    refresh(person)
    new = OpportunityFactory(causes=["animals"])
    refresh(new)
    assert listed(person) == [first.pk, new.pk]


@pytest.mark.parametrize("how", ["closed", "full", "suspended", "last day over"])
def test_role_that_is_not_open_any_more_leaves_every_list(refresh, how: str) -> None:
    role, other = OpportunityFactory(), OpportunityFactory()
    person = VolunteerFactory()
    refresh(person)
    refresh(role)
    assert set(listed(person)) == {role.pk, other.pk}
    if how == "closed":
        role_services.close(opportunity=role, by=None)
    elif how == "suspended":
        organisations.suspend(organisation=role.organisation, by=UserFactory(broker=True))
    elif how == "full":
        Opportunity.objects.filter(pk=role.pk).update(places_taken=2, status="full")
    else:
        Opportunity.objects.filter(pk=role.pk).update(closes_on="2020-01-01")
    refresh(role)
    assert listed(person) == [other.pk]
    assert Shortlist.objects.get(opportunity=role).items == []


def test_edited_role_moves_and_leaves(refresh) -> None:
    trees = OpportunityFactory(title="Trees", description="Plant trees.")
    role = OpportunityFactory(title="Books", description="Sort books.")
    planter = VolunteerFactory(about="Planting trees and hedges.")
    young = VolunteerFactory(date_of_birth="2008-01-01", about="books")
    for person in (planter, young):
        refresh(person)
    assert listed(planter) == [trees.pk, role.pk]
    role_services.update(
        opportunity=role,
        by=None,
        title="Plant trees and hedges",
        description="Planting trees and hedges in the park.",
        minimum_age=40,
    )
    refresh(role)
    assert listed(planter) == [role.pk, trees.pk]
    assert listed(young) == [trees.pk]


def test_role_gone_altogether_is_no_error() -> None:
    lease = lease_on("role.changed", 999_999)
    recommender.refresh_role(999_999, lease)


@pytest.mark.parametrize("seed", [1, 2])
def test_refreshed_role_is_as_a_full_ranking_would_have_it(refresh, rank_all, seed: int) -> None:
    made = borough(people=60, roles=90, seed=seed)
    rank_all()
    edited, closed, opened = (
        made.roles[3],
        made.roles[4],
        OpportunityFactory(
            title="Choir",
            description="Music and singing with older people.",
            causes=["older-people"],
        ),
    )
    role_services.update(
        opportunity=edited,
        by=None,
        title="Gardening",
        description="gardening trees",
        postcode="",
        from_home=True,
        minimum_age=16,
        dbs_level="none",
        maximum_age=None,
    )
    role_services.close(opportunity=closed, by=None)
    for role in (edited, closed, opened):
        refresh(role)
    spliced = {row.volunteer_id: row for row in Recommendation.objects.all()}
    shortlists = {row.opportunity_id: row.items for row in Shortlist.objects.all()}

    # The same model, everything else from scratch.
    people.write(people.prepare(Volunteer.objects.all()))
    moved = 0
    for row in Recommendation.objects.all():
        before = spliced[row.volunteer_id]
        for role in (edited, opened):
            anew = item_on_list(role, row)
            if anew is None or anew["score"] > before.threshold:
                assert item_on_list(role, before) == anew
                moved += anew is not None
        assert item_on_list(closed, before) is None
        above = above_threshold(row, before)
        kept = above_threshold(before, before)
        assert sorted(kept, key=by_role) == sorted(above, key=by_role)
        assert [item["score"] for item in kept] == [item["score"] for item in above]
    assert moved > 10
    for role in (edited, opened):
        refresh(role)
        assert Shortlist.objects.get(opportunity=role).items == shortlists[role.pk] != []


def test_done_twice_is_done_once(refresh) -> None:
    borough(people=10, roles=10)
    people.write(people.prepare(Volunteer.objects.all()))
    role = OpportunityFactory()
    rows = []
    for _ in range(2):
        refresh(role)
        rows.append(
            [
                *Recommendation.objects.order_by("pk").values_list(
                    "role_ids", "scores", "why", "threshold"
                ),
                *Shortlist.objects.order_by("pk").values_list("opportunity", "items"),
            ]
        )
    assert rows[0] == rows[1]


def test_lost_lease_writes_nothing(refresh) -> None:
    person = VolunteerFactory()
    refresh(person)
    role = OpportunityFactory()
    ApplicationFactory(opportunity=role)
    lease = lease_on("role.changed", role.pk)
    lose(lease)
    with pytest.raises(LeaseLostError):
        recommender.refresh_role(role.pk, lease)
    assert listed(person) == []
    assert not Shortlist.objects.exists()
    assert not Fit.objects.exists()


def test_person_who_changed_meanwhile_is_left_to_their_own_job(
    refresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = VolunteerFactory()
    refresh(person)
    role = OpportunityFactory()
    find = roles._lists_concerned

    def edited_just_then(role_id: int, items: dict) -> list[int]:
        profiles.update(volunteer=person, by=None, travel_miles=1, postcode="TW1 1AA")
        return find(role_id, items)

    monkeypatch.setattr(roles, "_lists_concerned", edited_just_then)
    refresh(role)
    assert listed(person) == []


def test_person_without_a_list_gets_it_from_their_own_job(refresh) -> None:
    VolunteerFactory()
    refresh(OpportunityFactory())
    assert not Recommendation.objects.exists()


def test_shortlist_has_people_who_wait_best_suited_first(refresh) -> None:
    role = OpportunityFactory(title="Walk dogs", description="Walk the dogs.", causes=["animals"])
    dogs = VolunteerFactory(about="I love to walk dogs.", causes=["animals"])
    books = VolunteerFactory(about="I like books.")
    VolunteerFactory(about="dogs", waiting_since=None)
    VolunteerFactory(about="dogs", paused_at=dogs.created_at)
    ApplicationFactory(opportunity=role)
    refresh(role)
    items = Shortlist.objects.get(opportunity=role).items
    assert [item["volunteer"] for item in items] == [dogs.pk, books.pk]


def test_of_equally_suited_people_those_who_wait_longest_are_on_the_shortlist(
    refresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (roles, shortlists):
        monkeypatch.setattr(module, "SHORTLIST_LENGTH", 2)
    role = OpportunityFactory()
    people_by_days = {
        days: VolunteerFactory(waiting_since=now() - timedelta(days=days))
        for days in (3, 90, 1, 30)
    }
    refresh(role)
    items = Shortlist.objects.get(opportunity=role).items
    longest = [people_by_days[90].pk, people_by_days[30].pk]
    assert [item["volunteer"] for item in items] == longest


def test_fits_of_those_who_asked_follow_the_role(refresh) -> None:
    asked = ApplicationFactory(
        volunteer__causes=["animals"], volunteer__travel_miles=1, opportunity__postcode="HA5 3EZ"
    )
    refresh(asked.opportunity)
    fit = Fit.objects.get()
    assert fit.item["failed"] == ["distance"]
    assert "shared_causes" not in {reason["code"] for reason in fit.item["reasons"]}
    role_services.update(opportunity=asked.opportunity, by=None, causes=["animals"])
    refresh(asked.opportunity)
    fit.refresh_from_db()
    assert "shared_causes" in {reason["code"] for reason in fit.item["reasons"]}


def test_roles_that_outgrow_the_model_ask_for_a_full_ranking(refresh, rank_all) -> None:
    made = borough(people=2, roles=10)
    rank_all()
    extra = [OpportunityFactory() for _ in range(3)]
    refresh(made.roles[0])
    assert RankingRun.objects.unfinished().count() == 1
    refresh(extra[0])
    assert RankingRun.objects.unfinished().count() == 1


def test_a_few_new_roles_ask_for_none(refresh, rank_all) -> None:
    borough(people=2, roles=10)
    rank_all()
    refresh(OpportunityFactory())
    assert not RankingRun.objects.unfinished().exists()
