"""What people take up while they wait for a lasting role."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from insights.measures.samples import Cell
from insights.periods import Period
from insights.services import figures
from opportunities.models import Opportunity
from placements.models import Application
from placements.services import applications
from placements.states import Mover
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

Clock = time_machine.Traveller
OCTOBER = Period.of_code("2026-10")


def noon(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Clock]:
    with time_machine.travel(noon(10, 5), tick=False) as traveller:
        yield traveller


def lasting() -> Opportunity:
    return OpportunityFactory(places=20)


def once() -> Opportunity:
    return OpportunityFactory(places=20, commitment="one_off")


def ask(person: Volunteer, role: Opportunity) -> Application:
    return ApplicationFactory(volunteer=person, opportunity=role)


def place(person: Volunteer, role: Opportunity) -> Application:
    application = ApplicationFactory(volunteer=person, opportunity=role)
    applications.accept(application=application, by=None)
    return application


def figure(code: str) -> Cell:
    with time_machine.travel(noon(11, 10), tick=False):
        return figures.work_out(OCTOBER).totals[code]


def kinds() -> list[int]:
    with time_machine.travel(noon(11, 10), tick=False):
        split = figures.work_out(OCTOBER).splits["taken_up_meanwhile", "meanwhile"]
    return [one.count for one in split]


def test_a_place_once_or_from_home_of_who_waits_for_a_lasting_one(clock: Clock) -> None:
    first, second, third = VolunteerFactory.create_batch(3)
    for person in (first, second, third):
        ask(person, lasting())
    clock.move_to(noon(10, 8))
    place(first, once())
    place(second, OpportunityFactory(at_home=True))
    place(third, OpportunityFactory(at_home=True, commitment="one_off"))
    assert figure("taken_up_meanwhile").count == 3
    assert kinds() == [2, 1]


def test_not_of_who_asked_for_nothing_else_before(clock: Clock) -> None:
    person = VolunteerFactory()
    place(person, once())
    clock.move_to(noon(10, 8))
    ask(person, lasting())
    assert figure("taken_up_meanwhile").count == 0


def test_not_of_who_had_a_lasting_place_at_that_time(clock: Clock) -> None:
    person = VolunteerFactory()
    application = place(person, lasting())
    clock.move_to(noon(10, 8))
    place(person, once())
    assert figure("taken_up_meanwhile").count == 0
    clock.move_to(noon(10, 12))
    applications.end(
        application=application, reason="other", words="", side=Mover.VOLUNTEER, by=None
    )
    clock.move_to(noon(10, 20))
    place(person, once())
    assert figure("taken_up_meanwhile").count == 1


def test_the_share_of_those_who_were_given_no_lasting_place(clock: Clock) -> None:
    used, idle, placed = VolunteerFactory.create_batch(3)
    for person in (used, idle):
        ask(person, lasting())
    place(placed, lasting())
    clock.move_to(noon(10, 8))
    place(used, once())
    found = figure("used_the_wait")
    assert (found.count, found.base) == (1, 2)
