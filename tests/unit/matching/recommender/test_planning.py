"""The plan: prices, proposals and invitations, put in force all at once or not at all."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
from django.db.models import F

from core.clock import now
from core.models import Fact
from core.outbox.leases import LeaseLostError
from matching import recommender
from matching.models import (
    AllocationPlan,
    Invitation,
    PlannedRole,
    ProposedPlacement,
    RankingRun,
    Recommendation,
)
from matching.ranking import allocation
from matching.recommender import inviting, planning
from matching.recommender.items import PersonalList
from matching.selectors import recommended_roles
from matching.services import runs
from opportunities.models import Opportunity
from tests.factories.core import lease_on, lose
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

State = RankingRun.State
RankAll = Callable[[], RankingRun]


@pytest.fixture
def few_places() -> tuple[list[Volunteer], list[Opportunity]]:
    """Twelve people who like the same; the role that suits them best has two places."""
    dogs = OpportunityFactory(
        title="Walk dogs", description="Walk the dogs.", causes=["animals"], places=2
    )
    cats = OpportunityFactory(
        title="Feed cats", description="Feed the cats.", causes=["animals"], places=10
    )
    people = VolunteerFactory.create_batch(
        12, about="I love to walk dogs.", causes=["animals"], waiting_since=now()
    )
    return people, [dogs, cats]


def up_to_the_plan() -> RankingRun:
    """A run of which the plan is all that is left."""
    run = runs.request(by=None)
    recommender.begin_run(run.pk, lease_on("ranking.requested", run.pk))
    for block in run.blocks.exclude(kind="plan"):
        recommender.rank_block(block.pk, lease_on("ranking.block", block.pk))
    return run


def make_plan(run: RankingRun) -> None:
    block = run.blocks.get(kind="plan")
    recommender.rank_block(block.pk, lease_on("ranking.block", block.pk))


def in_force() -> AllocationPlan:
    newest = AllocationPlan.objects.first()
    assert newest is not None
    return newest


def test_prices_of_every_open_role_and_proposals_within_the_places(
    few_places, rank_all: RankAll
) -> None:
    people, (dogs, cats) = few_places
    run = rank_all()
    plan = in_force()
    assert (plan.run, plan.people, plan.roles, plan.candidates) == (run, 12, 2, 24)
    assert plan.model_version == run.model_version
    prices = {row.opportunity_id: row.price for row in plan.planned_roles.all()}
    assert prices.keys() == {dogs.pk, cats.pk}
    assert all(price >= 0 for price in prices.values())
    proposed = ProposedPlacement.objects.all()
    assert plan.proposed == proposed.count() >= 2
    assert proposed.filter(opportunity=dogs).count() <= 2
    assert {row.plan for row in proposed} == {plan}
    assert {row.volunteer_id for row in proposed} <= {person.pk for person in people}


def test_next_plan_takes_the_place_of_the_first_and_goes_on_from_it(
    few_places, rank_all: RankAll
) -> None:
    people, (dogs, cats) = few_places
    rank_all()
    first = in_force()
    Opportunity.objects.filter(pk=cats.pk).update(status="closed")
    people[0].delete()
    new = OpportunityFactory(causes=["animals"])
    rank_all()
    second = in_force()
    assert second.pk > first.pk
    assert set(PlannedRole.objects.values_list("opportunity", "plan")) == {
        (dogs.pk, second.pk),
        (new.pk, second.pk),
    }
    assert set(ProposedPlacement.objects.values_list("plan", flat=True)) <= {second.pk}
    people_now = np.array(sorted(Volunteer.objects.values_list("pk", flat=True)))
    state = planning.plan_states.newest(people_now, np.array(sorted([dogs.pk, new.pk])))
    assert state is not None
    assert state.plans == 2
    assert state.most_places.tolist() == [2, 2]


def test_old_states_are_let_go(few_places, rank_all: RankAll) -> None:
    for _ in range(planning.STATES_KEPT + 2):
        rank_all()
    kept = [bool(plan.state) for plan in AllocationPlan.objects.all()]
    assert kept == [True] * planning.STATES_KEPT + [False] * 2


def test_plan_that_fails_leaves_the_last_one_in_force(
    few_places, rank_all: RankAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    rank_all()

    def all_of_it() -> tuple[AllocationPlan, list[dict], list[dict]]:
        proposed = ProposedPlacement.objects.values()
        return in_force(), list(PlannedRole.objects.values()), list(proposed)

    before = all_of_it()

    def broken(*_: object, **__: object) -> None:
        raise ArithmeticError

    run = up_to_the_plan()
    monkeypatch.setattr(allocation, "plan", broken)
    with pytest.raises(ArithmeticError):
        make_plan(run)
    monkeypatch.undo()
    monkeypatch.setattr(inviting, "write", broken)
    with pytest.raises(ArithmeticError):
        make_plan(run)
    run.refresh_from_db()
    assert run.state == State.RUNNING
    assert all_of_it() == before
    monkeypatch.undo()
    make_plan(run)
    assert in_force().run == run


def test_lost_lease_writes_no_plan(few_places) -> None:
    run = up_to_the_plan()
    block = run.blocks.get(kind="plan")
    lease = lease_on("ranking.block", block.pk)
    lose(lease)
    with pytest.raises(LeaseLostError):
        recommender.rank_block(block.pk, lease)
    assert not AllocationPlan.objects.exists()


def test_plan_made_twice_is_made_once(few_places) -> None:
    run = up_to_the_plan()
    make_plan(run)
    first = in_force()
    make_plan(run)
    assert in_force() == first
    assert AllocationPlan.objects.count() == 1


def test_older_run_does_not_plan_over_a_newer_one(few_places, rank_all: RankAll) -> None:
    older = up_to_the_plan()
    late = planning.prepare(planning.Steps())
    RankingRun.objects.update(requested_at=F("requested_at") - timedelta(days=1))
    newer = rank_all()
    planning.write(late, older)
    assert in_force().run == newer
    assert AllocationPlan.objects.count() == 1


def test_role_on_few_lists_is_put_on_the_list_of_whom_it_is_proposed_to(
    rank_all: RankAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.recommender.items.LIST_LENGTH", 1)
    monkeypatch.setattr("matching.recommender.people.LIST_LENGTH", 1)
    liked = OpportunityFactory(title="Walk dogs", causes=["animals"], places=1)
    other = OpportunityFactory(title="File papers", causes=["schools"], places=5)
    people = VolunteerFactory.create_batch(12, causes=["animals"], waiting_since=now())
    rank_all()
    lists = {
        row.volunteer_id: PersonalList.stored(row).role_ids.tolist()
        for row in Recommendation.objects.all()
    }
    assert all(roles[0] == liked.pk for roles in lists.values())
    given_other = set(
        ProposedPlacement.objects.filter(opportunity=other).values_list("volunteer", flat=True)
    ) | set(Invitation.objects.filter(opportunity=other).values_list("volunteer", flat=True))
    assert given_other
    assert {person.pk for person in people if other.pk in lists[person.pk]} == given_other


def test_nobody_is_proposed_who_does_not_wait(few_places, rank_all: RankAll) -> None:
    Volunteer.objects.update(waiting_since=None)
    rank_all()
    assert in_force().people == 12
    assert not ProposedPlacement.objects.exists()
    assert not Invitation.objects.exists()


class TestInvitations:
    @pytest.fixture
    def plan(self, few_places) -> AllocationPlan:
        run = up_to_the_plan()
        return AllocationPlan.objects.create(run=run, made_at=now())

    def test_written_with_its_plan_and_a_fact_each(self, plan: AllocationPlan) -> None:
        first, second, *_ = Volunteer.objects.order_by("pk")
        dogs, cats = Opportunity.objects.order_by("pk")
        wanted = [(first.pk, dogs.pk), (second.pk, cats.pk), (first.pk, cats.pk)]
        assert inviting.write(plan, wanted) == wanted[:2]
        rows = Invitation.objects.order_by("volunteer")
        assert [(row.volunteer, row.opportunity, row.plan) for row in rows] == [
            (first, dogs, plan),
            (second, cats, plan),
        ]
        facts = Fact.objects.filter(kind="invitation.made").values_list("subject_id", flat=True)
        assert set(facts) == {row.pk for row in rows}

    @pytest.mark.parametrize(
        "change", [{"welcomes_invitations": False}, {"paused_at": now()}, {"waiting_since": None}]
    )
    def test_nobody_who_wants_none(self, plan: AllocationPlan, change: dict) -> None:
        person = Volunteer.objects.earliest("pk")
        Volunteer.objects.filter(pk=person.pk).update(**change)
        dogs = Opportunity.objects.earliest("pk")
        assert inviting.write(plan, [(person.pk, dogs.pk)]) == []

    def test_one_in_a_week_and_no_role_twice(self, plan: AllocationPlan) -> None:
        person = Volunteer.objects.earliest("pk")
        dogs, cats = Opportunity.objects.order_by("pk")
        assert inviting.write(plan, [(person.pk, dogs.pk)])
        assert inviting.write(plan, [(person.pk, cats.pk)]) == []
        Invitation.objects.update(made_at=F("made_at") - timedelta(days=8))
        assert inviting.write(plan, [(person.pk, dogs.pk)]) == []
        assert inviting.write(plan, [(person.pk, dogs.pk), (person.pk, cats.pk)]) == [
            (person.pk, cats.pk)
        ]


class TestServedByThePlan:
    """What a person is shown follows the plan and the moment."""

    @pytest.fixture
    def person(self, few_places, rank_all: RankAll) -> Volunteer:
        rank_all()
        return few_places[0][0]

    def test_dearer_role_comes_later(self, person: Volunteer) -> None:
        dogs, cats = Opportunity.objects.order_by("pk")
        PlannedRole.objects.update(price=0)
        assert [item.opportunity for item in recommended_roles(person).items] == [dogs, cats]
        PlannedRole.objects.filter(opportunity=dogs).update(price=9)
        assert [item.opportunity for item in recommended_roles(person).items] == [cats, dogs]

    def test_role_that_fills_between_plan_and_look_is_gone(self, person: Volunteer) -> None:
        dogs, cats = Opportunity.objects.order_by("pk")
        Opportunity.objects.filter(pk=dogs.pk).update(places_taken=2, status="full")
        assert [item.opportunity for item in recommended_roles(person).items] == [cats]

    def test_role_is_off_while_many_wait_and_back_when_the_group_answers(
        self, person: Volunteer
    ) -> None:
        dogs, cats = Opportunity.objects.order_by("pk")
        PlannedRole.objects.update(promised=0)
        for pending, shown in [(0, True), (5, False), (1, True)]:
            Opportunity.objects.filter(pk=dogs.pk).update(applications_pending=pending)
            listed = recommended_roles(person)
            assert (dogs in [item.opportunity for item in listed.items]) is shown
            assert listed.busy == (0 if shown else 1)
            assert cats in [item.opportunity for item in listed.items]

    def test_two_queries(self, person: Volunteer, django_assert_num_queries) -> None:
        with django_assert_num_queries(2):
            assert recommended_roles(person).items

    @pytest.mark.chance
    def test_chance_changes_a_stated_share_with_its_propensities(
        self, person: Volunteer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        listed = recommended_roles(person).items
        assert all(0 < item.propensity < 1 for item in listed)
        again = recommended_roles(person).items
        assert [item.opportunity for item in again] == [item.opportunity for item in listed]
