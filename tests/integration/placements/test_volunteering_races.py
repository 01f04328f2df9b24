"""Being there twice at once, hours of a day from two sides, a change while it is confirmed."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from core.clock import now, today
from core.errors import Conflict, DomainError
from opportunities.models import Session
from placements.models import Application, Attendance, HoursEntry
from placements.occasions import Occasion, of_session
from placements.services import attendance, hours, still_going
from placements.services.hours import Tick
from tests.factories.opportunities import OpportunityFactory, SessionFactory
from tests.factories.placements import ApplicationFactory, HoursEntryFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[bool]:
    """Start all at the same moment, each in a thread of its own; give which were not refused."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> bool:
        try:
            connection.ensure_connection()
            start.wait()
            act()
        except DomainError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def place() -> Application:
    return ApplicationFactory(state="accepted", opportunity=OpportunityFactory(places=5))


@pytest.fixture
def occasion(place: Application) -> Occasion:
    start = now() - timedelta(minutes=5)
    session: Session = SessionFactory(
        opportunity=place.opportunity, starts_at=start, ends_at=start + timedelta(hours=1)
    )
    return of_session(session, place.opportunity)


def test_who_checks_in_twice_at_once_was_there_once(place: Application, occasion: Occasion) -> None:
    def check_in() -> None:
        own = Application.objects.select_related("opportunity__organisation", "volunteer").get()
        attendance.check_in(application=own, occasion=occasion, by=None)

    at_once(*[check_in] * 6)

    assert Attendance.objects.get().state == "attended"
    assert HoursEntry.objects.get().minutes == 60
    assert Application.objects.get().state == "started"


def test_a_day_is_not_overfilled_by_two_at_once(place: Application) -> None:
    place = ApplicationFactory(volunteer=place.volunteer, state="started")

    def log() -> None:
        hours.log(application=place, day=today(), minutes=6 * 60, by=None)

    assert sum(at_once(*[log] * 6)) == 2
    assert sum(HoursEntry.objects.values_list("minutes", flat=True)) == 12 * 60


@pytest.mark.parametrize("turn", range(3))
def test_a_change_while_the_group_confirms_is_not_confirmed_unseen(turn: int) -> None:
    entry = HoursEntryFactory(minutes=120)
    group = entry.application.opportunity.organisation

    at_once(
        lambda: hours.change(entry=entry, day=today(), minutes=240, by=None),
        lambda: hours.confirm(organisation=group, ticks={entry.pk: Tick(120, 120)}, by=None),
    )

    entry.refresh_from_db()
    assert (entry.state, entry.minutes) in {("confirmed", 120), ("logged", 240)}


def test_a_question_is_answered_once(place: Application) -> None:
    Application.objects.update(state="started", started_at=now() - timedelta(days=31))
    still_going.ask_due()
    question = place.still_going.get()

    def say_no() -> None:
        own = type(question).objects.select_related(
            "application__opportunity__organisation", "application__volunteer__user"
        )
        still_going.say_no(question=own.get(), reason="no_time", by=None)

    assert sum(at_once(*[say_no] * 4)) == 1
    role = place.opportunity
    role.refresh_from_db()
    assert role.places_taken == 0
    with pytest.raises(Conflict):
        say_no()
