"""One place, one offer: jobs and answers at the same moment, on the real database."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection

from core.clock import now
from core.errors import DomainError
from core.models import Activity
from matching.services import waiting_places
from opportunities.models import Opportunity
from placements.models import Application, TimedOffer
from placements.services import places, timed_offers, waiting_lists
from tests.factories.core import chosen
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory

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
    other = OpportunityFactory(places=3, activities=["gardening"])
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
