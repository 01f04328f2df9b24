"""Simulations of what would happen if, from the question to the answer, on a small borough."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import AuditEntry, User
from core.clock import now
from core.errors import Conflict, InvalidInput, NotFound
from core.models import Fact
from core.outbox import leases
from core.outbox.leases import Lease, LeaseLostError
from core.places import postcodes
from core.places.wards import WARDS
from insights.models import RolePlan, Simulation
from insights.proposed_roles import ProposedRole
from insights.selectors import simulations as found
from insights.services import role_plans, simulations
from matching.recommender.borough_season import BoroughSeasons, Placed
from tests.factories.accounts import UserFactory
from tests.factories.core import lease_on
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db

WARD = next(ward.code for ward in WARDS if ward.name == "Pinner")
THERE = postcodes.in_ward(WARD)[0].postcode
GARDENING = ProposedRole("gardening", "saturday", WARD)


@pytest.fixture
def steerer() -> User:
    return UserFactory(delivery_group=True)


@pytest.fixture
def borough() -> None:
    """60 people who would like to garden, and one small role of another kind."""
    VolunteerFactory.create_batch(
        60,
        postcode=THERE,
        activities=["gardening"],
        about="I would like to help in a garden.",
        waiting_since=now() - timedelta(days=30),
    )
    group = OrganisationFactory(answered_share=0.8)
    OpportunityFactory(organisation=group, activities=["reception"], places=2, postcode=THERE)


def done(simulation: Simulation) -> Simulation:
    fact = Fact.objects.get(kind="simulation.asked", subject_id=simulation.pk)
    lease = leases.claim(fact.pk)
    assert lease is not None
    simulations.run(simulation.pk, lease)
    simulation.refresh_from_db()
    return simulation


class TestAsking:
    def test_it_is_noted_and_work_follows(self, steerer: User) -> None:
        made = simulations.ask(roles=[(GARDENING, 5)], by=steerer)
        assert made.roles == [
            {"activity": "gardening", "time": "saturday", "ward": WARD, "places": 5}
        ]
        assert Fact.objects.filter(kind="simulation.asked", subject_id=made.pk).exists()
        assert AuditEntry.objects.filter(action="simulation.asked", subject_id=made.pk).exists()

    @pytest.mark.parametrize("traits", [{"broker": True}, {}])
    def test_only_who_steers_may_ask(self, traits: dict[str, bool]) -> None:
        with pytest.raises(NotFound):
            simulations.ask(answer_soon=True, by=UserFactory(**traits))
        assert not Simulation.objects.exists()

    @pytest.mark.parametrize(
        "roles",
        [
            [],
            [(ProposedRole("nothing-such", "saturday", WARD), 5)],
            [(ProposedRole("gardening", "midnight", WARD), 5)],
            [(ProposedRole("gardening", "saturday", "E99"), 5)],
            [(GARDENING, 0)],
            [(GARDENING, simulations.MOST_PLACES + 1)],
        ],
    )
    def test_what_cannot_be_is_refused(
        self, steerer: User, roles: list[tuple[ProposedRole, int]]
    ) -> None:
        with pytest.raises(InvalidInput):
            simulations.ask(roles=roles, by=steerer)

    def test_a_person_has_a_few_at_once(self, steerer: User) -> None:
        for __ in range(simulations.MOST_AT_ONCE):
            first = simulations.ask(answer_soon=True, by=steerer)
        with pytest.raises(Conflict):
            simulations.ask(answer_soon=True, by=steerer)
        simulations.ask(answer_soon=True, by=UserFactory(delivery_group=True))
        Simulation.objects.filter(pk=first.pk).update(finished_at=now())
        simulations.ask(answer_soon=True, by=steerer)

    def test_those_that_stand_still_keep_nobody_from_asking_for_ever(self, steerer: User) -> None:
        for __ in range(simulations.MOST_AT_ONCE):
            simulations.ask(answer_soon=True, by=steerer)
        # Their work failed again and again, and was set aside.
        Simulation.objects.update(asked_at=now() - timedelta(days=1, minutes=1))
        simulations.ask(answer_soon=True, by=steerer)

    def test_the_plan_is_taken_as_it_is(self, steerer: User) -> None:
        with pytest.raises(Conflict):
            simulations.ask_for_plan(by=steerer)
        row = {"activity": "gardening", "time": "saturday", "ward": WARD, "places": 10}
        RolePlan.objects.create(made_at=now(), waiting=0, placeable=0, roles=[row | {"named": 12}])
        made = simulations.ask_for_plan(by=steerer)
        assert (made.roles, made.of_plan) == ([row], True)

    def test_few_places_are_simulated_more_often(self, steerer: User) -> None:
        """What they bring is smaller beside what chance does."""
        few = simulations.ask(roles=[(GARDENING, 10)], by=steerer)
        many = simulations.ask(roles=[(GARDENING, 50)], by=steerer)
        assert few.seasons_wanted > many.seasons_wanted


@pytest.mark.usefixtures("borough")
class TestWhatComesOfIt:
    def test_places_that_people_want_place_more_people(self, steerer: User) -> None:
        simulation = done(simulations.ask(roles=[(GARDENING, 20)], by=steerer))
        assert simulation.is_finished
        assert len(simulation.seasons) == simulation.seasons_wanted
        assert (simulation.people, simulation.places) == (60, 2)
        for without, with_it, in_added in simulation.seasons:
            assert without <= 2
            assert in_added <= 20
            assert with_it <= 22
        shown = found.shown(simulation)
        assert shown is not None
        assert shown.is_sure
        assert shown.gained in (10, 15, 20)
        assert shown.without is None or shown.without == 0

    def test_places_that_nobody_could_take_bring_nothing(self, steerer: User) -> None:
        edgware = next(ward.code for ward in WARDS if ward.name == "Edgware")
        VolunteerFactory._meta.model.objects.update(travel_miles=1)
        role = ProposedRole("gardening", "saturday", edgware)
        simulation = done(simulations.ask(roles=[(role, 20)], by=steerer))
        assert {in_added for __, __, in_added in simulation.seasons} == {0}
        shown = found.shown(simulation)
        assert shown is not None
        assert not shown.is_sure

    def test_quick_answers_place_people_whom_slow_groups_lose(self, steerer: User) -> None:
        slow = OrganisationFactory(answered_share=0.05)
        OpportunityFactory(organisation=slow, activities=["gardening"], places=40, postcode=THERE)
        simulation = done(simulations.ask(answer_soon=True, by=steerer))
        shown = found.shown(simulation)
        assert shown is not None
        assert shown.is_sure
        assert not shown.is_fewer

    def test_nothing_of_the_borough_is_changed(self, steerer: User) -> None:
        before = Fact.objects.count()
        asked = simulations.ask(roles=[(GARDENING, 3)], by=steerer)
        done(asked)
        assert Fact.objects.count() == before + 1
        assert OpportunityFactory._meta.model.objects.count() == 1

    def test_who_takes_over_goes_on(self, steerer: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(simulations, "SEASONS_OF_FEW", 6)
        there = [[0, 9, 9], [1, 8, 7], [2, 7, 5], [0, 5, 5]]
        cut = simulations.ask(roles=[(GARDENING, 20)], by=steerer)
        Simulation.objects.filter(pk=cut.pk).update(seasons=there)
        seasons = done(cut).seasons
        assert seasons[:4] == there
        assert len(seasons) == 6

    def test_no_two_simulations_are_of_the_same_seasons(
        self, steerer: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(simulations, "SEASONS_OF_FEW", 4)
        seeds: list[int] = []
        placed = BoroughSeasons.placed

        def noted(borough: BoroughSeasons, seed: int, *rest: Any, **options: Any) -> list[Placed]:
            seeds.append(seed)
            return placed(borough, seed, *rest, **options)

        monkeypatch.setattr(BoroughSeasons, "placed", noted)
        for __ in range(2):
            done(simulations.ask(roles=[(GARDENING, 20)], by=steerer))
        # With and without the change the same.
        assert seeds[::2] == seeds[1::2]
        assert len(set(seeds)) == 2 * 4

    def test_a_lost_lease_writes_nothing(self, steerer: User) -> None:
        asked = simulations.ask(roles=[(GARDENING, 20)], by=steerer)
        fact = Fact.objects.get(kind="simulation.asked", subject_id=asked.pk)
        with pytest.raises(LeaseLostError):
            simulations.run(asked.pk, Lease(fact.pk, "simulation.asked", asked.pk, 7))
        asked.refresh_from_db()
        assert asked.seasons == []


def plan(**fields: object) -> RolePlan:
    row = {"activity": "gardening", "time": "saturday", "ward": WARD, "places": 10, "could": 12}
    return RolePlan.objects.create(
        **{"made_at": now(), "waiting": 60, "placeable": 0, "roles": [row]} | fields
    )


class TestOfEachMonth:
    def of_plan(self, made: RolePlan) -> None:
        simulations.ask_of_month(made.pk, lease_on("role_plan.made", made.pk))

    def test_both_changes_are_asked_for_once(self) -> None:
        made = plan()
        self.of_plan(made)
        self.of_plan(made)
        # A plan that was made anew in the same month asks nothing more.
        self.of_plan(plan())

        asked = list(Simulation.objects.order_by("pk"))
        assert [(one.of_plan, one.answer_soon) for one in asked] == [(True, False), (False, True)]
        assert {one.of_month for one in asked} == {f"{now():%Y-%m}"}
        assert asked[0].roles[0]["places"] == 10
        facts = Fact.objects.filter(kind="simulation.asked")
        assert {fact.subject_id for fact in facts} == {one.pk for one in asked}

    def test_nothing_is_asked_of_a_plan_that_is_gone(self) -> None:
        made = plan()
        lease = lease_on("role_plan.made", made.pk)
        RolePlan.objects.all().delete()
        simulations.ask_of_month(made.pk, lease)
        assert not Simulation.objects.exists()

    def test_a_lease_that_was_lost_asks_nothing(self) -> None:
        made = plan()
        with pytest.raises(LeaseLostError):
            simulations.ask_of_month(made.pk, Lease(0, "role_plan.made", made.pk, 7))
        assert not Simulation.objects.exists()

    def test_it_keeps_no_person_from_asking(self, steerer: User) -> None:
        self.of_plan(plan())
        for __ in range(simulations.MOST_AT_ONCE):
            simulations.ask(answer_soon=True, by=steerer)


def test_a_plan_that_is_made_is_simulated(borough: None) -> None:
    made = role_plans.refresh_due()
    assert made is not None
    assert made.roles
    assert Fact.objects.filter(kind="role_plan.made", subject_id=made.pk).exists()


class TestCallingOff:
    def test_it_is_gone_and_another_can_be_asked_for(self, steerer: User) -> None:
        asked = [simulations.ask(answer_soon=True, by=steerer) for __ in range(2)]
        other = UserFactory(delivery_group=True)
        simulations.call_off(simulation=asked[0], by=other)
        simulations.call_off(simulation=asked[0], by=other)
        assert not Simulation.objects.filter(pk=asked[0].pk).exists()
        entries = AuditEntry.objects.filter(action="simulation.called_off")
        assert [entry.actor_id for entry in entries] == [other.pk]
        simulations.ask(answer_soon=True, by=steerer)

    def test_its_job_ends_with_the_season_that_it_is_at(
        self, steerer: User, borough: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = simulations.ask(roles=[(GARDENING, 5)], by=steerer)
        found = []
        gain = simulations._gain

        def and_call_off(seasons: list[list[int]]) -> dict[str, float]:
            found.append(len(seasons))
            simulations.call_off(simulation=made, by=steerer)
            return gain(seasons)

        monkeypatch.setattr(simulations, "_gain", and_call_off)
        simulations.run(made.pk, lease_on("simulation.asked", made.pk))
        assert found == [1]
        assert not Simulation.objects.exists()

    def test_only_who_steers_can_and_not_what_is_finished_or_of_a_month(
        self, steerer: User
    ) -> None:
        made = simulations.ask(answer_soon=True, by=steerer)
        with pytest.raises(NotFound):
            simulations.call_off(simulation=made, by=UserFactory(broker=True))
        Simulation.objects.update(of_month="2026-10")
        with pytest.raises(Conflict):
            simulations.call_off(simulation=made, by=steerer)
        Simulation.objects.update(of_month="", finished_at=now())
        with pytest.raises(Conflict):
            simulations.call_off(simulation=made, by=steerer)
        assert Simulation.objects.exists()
