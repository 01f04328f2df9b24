"""No over-booking, with many people answering at the same moment on the real database.

The control shows that the race is real: count-then-write without a condition overbooks.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from core.errors import Conflict
from opportunities.models import Opportunity
from placements.models import Application
from placements.services import applications, held
from placements.states import Move
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db(transaction=True)

PLACES = 5


def at_once(act: Callable[[Application], bool], on: list[Application]) -> int:
    """Start `act` for all at the same moment, each in a thread of its own; count the successes."""
    start = threading.Barrier(len(on))

    def run(application: Application) -> bool:
        try:
            connection.ensure_connection()
            start.wait()
            return act(application)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(on)) as pool:
        return sum(pool.map(run, on))


def accept(application: Application) -> bool:
    try:
        applications.accept(application=application, by=None)
    except Conflict:
        return False
    return True


def accept_naively(application: Application) -> bool:
    """Count, then write: what the service must not do."""
    role = Opportunity.objects.get(pk=application.opportunity_id)
    if role.applications.holding_a_place().count() >= role.places:
        return False
    with transaction.atomic():
        Application.objects.filter(pk=application.pk).update(state="accepted")
    return True


@pytest.fixture
def role() -> Opportunity:
    return OpportunityFactory(places=PLACES)


@pytest.mark.parametrize("turn", range(4))
def test_parallel_accepts_fill_exactly_the_places(role: Opportunity, turn: int) -> None:
    people = 20
    asked = ApplicationFactory.create_batch(people, opportunity=role)
    assert at_once(accept, asked) == PLACES
    role.refresh_from_db()
    assert (role.places_taken, role.applications_pending) == (PLACES, people - PLACES)
    assert role.status == "full"
    assert role.applications.holding_a_place().count() == PLACES


@pytest.mark.full
@pytest.mark.parametrize("turn", range(20))
def test_fifty_parallel_accepts_twenty_times(role: Opportunity, turn: int) -> None:
    asked = ApplicationFactory.create_batch(50, opportunity=role)
    assert at_once(accept, asked) == PLACES
    role.refresh_from_db()
    assert role.places_taken == PLACES


@pytest.mark.postgres
def test_control_counting_first_overbooks(role: Opportunity) -> None:
    worst = 0
    for __ in range(5):
        asked = ApplicationFactory.create_batch(20, opportunity=role)
        worst = max(worst, at_once(accept_naively, asked))
        if worst > PLACES:
            break
        Application.objects.all().delete()
    assert worst > PLACES


def test_two_answers_to_one_person_at_once_take_one_place(role: Opportunity) -> None:
    application = ApplicationFactory(opportunity=role)
    copies = [Application.objects.get(pk=application.pk) for __ in range(8)]
    assert at_once(accept, copies) == 1
    role.refresh_from_db()
    assert (role.places_taken, role.applications_pending) == (1, 0)


def test_asking_twice_at_once_makes_one_application(role: Opportunity) -> None:
    stranger = ApplicationFactory().volunteer

    def ask(__: Application) -> bool:
        try:
            applications.submit(volunteer=stranger, opportunity=role, by=None)
        except Conflict:
            return False
        return True

    assert at_once(ask, [Application() for __ in range(8)]) == 1
    role.refresh_from_db()
    assert role.applications_pending == 1


def test_the_database_itself_refuses_overbooking(role: Opportunity) -> None:
    with pytest.raises(IntegrityError):
        Opportunity.objects.filter(pk=role.pk).update(places_taken=F("places") + 1)


def test_of_several_answers_to_one_person_at_the_same_moment_one_is_given(
    role: Opportunity,
) -> None:
    """Some give a place, which is done at once; others say no, which waits to be sent."""
    asked = ApplicationFactory(opportunity=role)
    copies = [Application.objects.get(pk=asked.pk) for _turn in range(8)]
    turns = {id(copy): number for number, copy in enumerate(copies)}

    def answer(application: Application) -> bool:
        if turns[id(application)] % 2:
            return accept(application)
        try:
            held.hold(application=application, move=Move.DECLINE, reason="no_place", by=None)
        except Conflict:
            return False
        return True

    assert at_once(answer, copies) == 1
    asked.refresh_from_db()
    role.refresh_from_db()
    assert (asked.state == "accepted") != (asked.held_move == "decline")
    assert role.places_taken == int(asked.state == "accepted")
