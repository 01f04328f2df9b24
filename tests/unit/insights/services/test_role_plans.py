"""The nightly plan of roles worth creating, on a small borough in the database."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.clock import now
from core.places import postcodes
from core.places.wards import WARDS
from insights.analysis.placing import Pool, best_placing
from insights.analysis.role_plan import ExpectedRole
from insights.models import RolePlan
from insights.proposed_roles import ProposedRole
from insights.services import role_plans
from opportunities.models import CapacityLimit, Opportunity, Organisation
from tests.factories.core import lease_on
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer
from worker.handlers import handler_for

pytestmark = pytest.mark.django_db

PINNER, EDGWARE = (
    next(ward for ward in WARDS if ward.name == name) for name in ("Pinner", "Edgware")
)
THERE = postcodes.in_ward(PINNER.code)[0].postcode
SATURDAY = 7 << 15


def people(number: int, *activities: str, days: int = 0, **fields: object) -> list[Volunteer]:
    return VolunteerFactory.create_batch(
        number,
        postcode=THERE,
        travel_miles=2,
        availability=SATURDAY,
        activities=list(activities),
        waiting_since=now() - timedelta(days=days),
        **fields,
    )


@pytest.fixture(autouse=True)
def everybody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(role_plans, "WOULD_ASK", 1.0)
    monkeypatch.setattr(role_plans, "DRAWS", 2)


def test_what_people_wait_for_is_what_is_proposed() -> None:
    people(12, "gardening")
    plan = role_plans.refresh()
    best = plan.roles[0]
    assert (best["activity"], best["time"]) == ("gardening", "saturday")
    assert (best["people"], best["named"], best["without"]) == (10, 12, 12)
    assert best["wards"] == {PINNER.code: 12}
    assert best["template"] == "gardening"
    assert (plan.waiting, plan.placeable, plan.silent) == (12, 0, 0)
    assert sum(role["people"] for role in plan.roles) == 12


def test_who_has_not_said_what_they_would_like_is_counted_apart() -> None:
    """They could do it too, but nothing that is said of those who named it is of them."""
    people(12, "gardening")
    people(9, days=400)
    best = role_plans.refresh().roles[0]
    assert best["activity"] == "gardening"
    assert (best["named"], best["not_said"], best["without"]) == (12, 9, 12)
    assert (best["wards"], best["waits"]) == ({PINNER.code: 12}, [12, 0, 0, 0])
    assert (best["waited_days"], best["slots"][15:18]) == (0, [12, 12, 12])
    assert RolePlan.objects.get().silent == 9


def test_who_named_only_the_cause_of_the_work_named_it() -> None:
    people(9, "gardening")
    people(4, causes=["community-gardens"])
    people(5, causes=["animals"])
    best = role_plans.refresh().roles[0]
    assert (best["named"], best["not_said"]) == (13, 0)


def test_who_has_a_place_to_go_to_needs_no_new_role() -> None:
    people(12, "gardening")
    people(9, "litter-picking")
    OpportunityFactory(activities=["gardening"], places=12, postcode=THERE)
    plan = role_plans.refresh()
    assert {role["activity"] for role in plan.roles} == {"litter-picking"}
    assert plan.placeable == 12


def test_long_waiters_come_first() -> None:
    people(10, "gardening", days=0)
    people(10, "litter-picking", days=400)
    first, second, *__ = role_plans.refresh().roles
    assert (first["activity"], second["activity"]) == ("litter-picking", "gardening")
    assert first["waits"] == [0, 0, 0, 10]
    assert second["waits"] == [10, 0, 0, 0]


def test_who_has_not_used_the_service_for_two_months_does_not_count() -> None:
    people(12, "gardening", last_used_at=now() - timedelta(days=61))
    plan = role_plans.refresh()
    assert (plan.waiting, plan.roles) == (0, [])


def test_fewer_people_than_may_be_counted_are_not_planned_for() -> None:
    people(7, "gardening")
    assert role_plans.refresh().roles == []


class TestMorePlaces:
    def test_is_what_placing_all_who_ask_anew_says(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(role_plans, "WOULD_ASK", 0.2)
        people(14, "gardening")
        people(9, "gardening", days=400)
        people(20, "litter-picking")
        OpportunityFactory(activities=["gardening"], places=4, postcode=THERE)
        found = role_plans.refresh().more_places
        demand = role_plans.current_demand()
        assert {one["activity"] for one in found} == {"gardening", "litter-picking"}
        assert len({one["by_many"] for one in found}) > 5
        for one in found:
            role = ProposedRole(one["activity"], one["time"], one["ward"])
            number = demand.numbers[demand.proposed.index(role)]
            for places, said in ((10, one["by_many"]), (1, one["by_one"])):
                again = [more_placed(pool, number, places) for pool in demand.asking]
                assert said == pytest.approx(np.mean(again), abs=0.001)

    def test_who_has_not_said_what_they_would_like_is_not_counted(self) -> None:
        people(20, "gardening")
        people(9)
        assert {one["named"] for one in role_plans.refresh().more_places} == {20}

    def test_none_of_fewer_than_twenty(self) -> None:
        people(19, "gardening")
        assert role_plans.refresh().more_places == []


def more_placed(pool: Pool, role: int, places: int) -> int:
    """How many more are placed with these places, everybody placed anew."""
    with_them = pool.places.copy()
    with_them[role] += places
    again = best_placing(Pool(pool.could_do, pool.weights, with_them))
    return int(again.placed.sum() - best_placing(pool).placed.sum())


class TestHosts:
    @pytest.fixture(autouse=True)
    def _people(self) -> None:
        people(10, "gardening")

    def hosts(self) -> list[int]:
        return [host["group"] for host in role_plans.refresh().roles[0]["hosts"]]

    def group(self, **fields: object) -> Organisation:
        group = OrganisationFactory(postcode=THERE, **fields)
        OpportunityFactory(organisation=group, activities=["gardening"], full=True)
        return group

    def test_groups_that_run_such_work_nearest_first(self) -> None:
        far = OrganisationFactory(postcode=postcodes.in_ward(EDGWARE.code)[0].postcode)
        OpportunityFactory(
            organisation=far, activities=["gardening"], full=True, postcode=far.postcode
        )
        near = self.group()
        OpportunityFactory(activities=["litter-picking"], full=True)
        assert self.hosts() == [near.pk, far.pk]

    def test_who_is_never_there_at_that_time_comes_after_who_is(self) -> None:
        """Schools read with children on weekdays: they are not asked first for Saturdays."""
        far = OrganisationFactory(postcode=postcodes.in_ward(EDGWARE.code)[0].postcode)
        weekdays, saturdays, any_time = self.group(), self.group(), self.group()
        masks = {weekdays.pk: 0b111, saturdays.pk: SATURDAY | 1, any_time.pk: 0, far.pk: SATURDAY}
        OpportunityFactory(organisation=far, activities=["gardening"], full=True)
        for pk, mask in masks.items():
            Opportunity.objects.filter(organisation=pk).update(weekly_slots=mask)
        asked = role_plans.refresh().roles[0]["hosts"]
        assert [host["group"] for host in asked][-1] == weekdays.pk
        assert [host["never_then"] for host in asked] == [False, False, False, True]

    def test_not_who_is_stopped_unverified_or_has_enough_people(self) -> None:
        self.group(suspended=True)
        self.group(unverified=True)
        enough = self.group()
        CapacityLimit.objects.create(
            organisation=enough, reason=CapacityLimit.Reason.ENOUGH, at=now()
        )
        asked = self.group()
        assert self.hosts() == [asked.pk]

    def test_what_keeps_a_group_from_more_puts_it_behind(self) -> None:
        held_back, free = self.group(), self.group()
        CapacityLimit.objects.create(
            organisation=held_back, reason=CapacityLimit.Reason.PREMISES, at=now()
        )
        assert self.hosts() == [free.pk, held_back.pk]


def test_the_queries_do_not_grow_with_the_borough() -> None:
    def counted() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            role_plans.refresh()
        return len(queries)

    people(9, "gardening")
    OpportunityFactory(activities=["gardening"], full=True)
    few = counted()
    people(9, "gardening", "litter-picking")
    for __ in range(4):
        OpportunityFactory(activities=["litter-picking"], full=True)
    assert counted() <= few + 1


def test_the_plan_is_made_once_a_month_and_the_newest_kept() -> None:
    work = handler_for("night.role_plan").work
    people(9, "gardening")
    with time_machine.travel(datetime(2026, 10, 5, 5, tzinfo=UTC), tick=False):
        Volunteer.objects.update(last_used_at=now(), waiting_since=now())
        work(1, lease_on("night.role_plan", 1))
    first = RolePlan.objects.get()
    people(4, "gardening")
    with time_machine.travel(datetime(2026, 10, 31, 23, tzinfo=UTC), tick=False):
        work(2, lease_on("night.role_plan", 2))
    assert RolePlan.objects.get() == first
    with time_machine.travel(datetime(2026, 11, 1, 5, tzinfo=UTC), tick=False):
        work(3, lease_on("night.role_plan", 3))
    assert RolePlan.objects.get().roles[0]["named"] == 13


def test_a_plan_without_roles_is_tried_again_the_next_night() -> None:
    assert role_plans.refresh_due() is not None
    people(9, "gardening")
    made = role_plans.refresh_due()
    assert made is not None
    assert made.roles
    assert role_plans.refresh_due() is None


def test_a_worker_that_comes_late_leaves_the_plan_that_has_been_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people(9, "gardening")
    worked_out = role_plans.planned
    first: list[RolePlan] = []

    def planned(demand: role_plans.Demand) -> list[ExpectedRole]:
        if not first:
            first.append(RolePlan())  # the other one comes by only once
            first[0] = role_plans.refresh()
        return worked_out(demand)

    monkeypatch.setattr(role_plans, "planned", planned)
    assert role_plans.refresh_due() is None
    assert RolePlan.objects.get() == first[0]
