"""One place, one offer: jobs and answers at the same moment, on the real database."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from accounts.services import erasure
from core.clock import now, today
from core.errors import DomainError
from core.models import Activity
from matching.services import waiting_places
from opportunities.models import Opportunity
from opportunities.services import roles
from placements import occasions
from placements.models import Application, TimedOffer
from placements.services import (
    applications,
    attendance,
    blocks,
    hours,
    places,
    timed_offers,
    unanswered,
    waiting_lists,
)
from placements.states import Mover, State
from tests.factories.core import chosen
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db(transaction=True)


class Held:
    """A lease that nobody takes away."""

    def check(self) -> None:
        pass


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Start all at the same moment, each in a thread of its own; refused ones give None."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            start.wait()
            return act()
        except DomainError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def live() -> int:
    return TimedOffer.objects.filter(state="live").count()


@pytest.fixture
def role() -> Opportunity:
    return OpportunityFactory(places=3, takes_from_waiting_list=True, activities=["gardening"])


def job(role: Opportunity) -> Callable[[], int]:
    return partial(waiting_places.offer_places, role.pk, Held())


def test_parallel_jobs_offer_each_place_once(role: Opportunity) -> None:
    WaitingListEntryFactory.create_batch(4, opportunity=role)
    WaitingListEntryFactory.create_batch(4, activity="gardening")
    at_once(*[job(role)] * 5)
    assert live() == 3
    role.refresh_from_db()
    assert (role.places_taken, role.status) == (3, "full")
    assert places.reconcile() == 0


def test_parallel_jobs_of_two_roles_ask_nobody_twice(role: Opportunity) -> None:
    # Half of the free places of each go to lists of a kind.
    Opportunity.objects.filter(pk=role.pk).update(places=6)
    other = OpportunityFactory(places=6, activities=["gardening"])
    WaitingListEntryFactory.create_batch(5, activity="gardening")
    at_once(*[job(role), job(other)] * 2)
    people = list(TimedOffer.objects.filter(state="live").values_list("volunteer", flat=True))
    assert len(people) == len(set(people))
    job(role)(), job(other)()
    assert live() == 5
    assert places.reconcile() == 0


def test_yes_no_and_the_end_of_the_time_at_once(role: Opportunity) -> None:
    WaitingListEntryFactory(opportunity=role)
    job(role)()
    offer = TimedOffer.objects.get()
    TimedOffer.objects.update(answer_by=now() + timedelta(seconds=1))

    def copies(act: Callable[..., object]) -> list[Callable[[], object]]:
        return [
            partial(act, offer=TimedOffer.objects.select_related("entry").get(pk=offer.pk), by=None)
            for __ in range(3)
        ]

    at_once(
        *copies(timed_offers.take_up), *copies(timed_offers.refuse), timed_offers.end_unanswered
    )
    offer.refresh_from_db()
    assert offer.state in ("taken", "refused")
    assert Application.objects.count() == (offer.state == "taken")
    assert places.reconcile() == 0


def test_joining_in_parallel_keeps_to_the_limit() -> None:
    person = VolunteerFactory()
    codes = ("gardening", "cooking", "advice", "writing", "design", "mentoring", "reception")
    joined = at_once(
        *[
            partial(waiting_lists.join_kind, volunteer=person, activity=kind, by=None)
            for kind in chosen(Activity, *codes)
        ]
    )
    assert sum(one is not None for one in joined) == waiting_lists.MOST_LISTS


def erase(person: Volunteer) -> None:
    erasure.erase(user=person.user, by=person.user)


def test_everything_that_holds_roles_people_and_offers_at_once(role: Opportunity) -> None:
    """Whoever takes rows in another order than the rest waits for somebody who waits for them,
    which PostgreSQL ends with an error (`placements.services.locks`).
    """
    other = OpportunityFactory(places=4, activities=["gardening"], organisation=role.organisation)
    entries = [WaitingListEntryFactory(opportunity=role) for __ in range(3)]
    job(role)()
    yes, no, blocked = TimedOffer.objects.order_by("pk").select_related("entry", "volunteer__user")
    leaves = ApplicationFactory.create_batch(3, opportunity=other)
    goes = ApplicationFactory(opportunity=other, volunteer=entries[1].volunteer)
    asks = VolunteerFactory()
    at_once(
        partial(timed_offers.take_up, offer=yes, by=None),
        partial(timed_offers.refuse, offer=no, by=None),
        partial(
            blocks.block,
            volunteer=blocked.volunteer,
            organisation=role.organisation,
            side=Mover.VOLUNTEER,
            by=None,
        ),
        partial(erase, goes.volunteer),
        partial(erase, leaves[0].volunteer),
        partial(applications.submit, volunteer=asks, opportunity=other, by=None),
        partial(applications.accept, application=leaves[1], by=None),
        partial(applications.withdraw, application=leaves[2], by=None),
        partial(applications.accept, application=leaves[0], by=None),
        partial(waiting_lists.join_role, volunteer=asks, opportunity=role, by=None),
        partial(
            waiting_lists.join_kind,
            volunteer=asks,
            activity=chosen(Activity, "gardening")[0],
            by=None,
        ),
        partial(roles.close, opportunity=other, by=None),
        job(role),
    )
    unanswered.lapse_unanswered(opportunity=Opportunity.objects.get(pk=other.pk))
    assert places.reconcile() == 0
    assert not Volunteer.objects.filter(pk__in=[goes.volunteer_id, leaves[0].volunteer_id]).exists()
    assert not TimedOffer.objects.filter(pk__in=[no.pk, blocked.pk], state="live").exists()


def test_people_of_one_group_and_their_hours_at_once(role: Opportunity) -> None:
    """A group writes down who was there while the people write down their hours and one leaves."""
    placed = ApplicationFactory.create_batch(3, opportunity=role, state=State.ACCEPTED)
    day = occasions.day_of(role, today())

    def was_there(*people: Application) -> Callable[[], object]:
        return partial(
            attendance.record,
            occasion=day,
            people=dict.fromkeys([p.pk for p in people], "attended"),
            by=None,
        )

    at_once(
        was_there(*placed),
        was_there(*reversed(placed)),
        *[
            partial(hours.log, application=one, day=today(), minutes=60, by=None)
            for one in Application.objects.filter(pk__in=[p.pk for p in placed])
        ],
        partial(erase, placed[2].volunteer),
    )
    assert places.reconcile() == 0
    assert {one.state for one in role.applications.all()} == {"started"}
