"""A replayed season obeys the rules of the service and leaves what the service would leave."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import AuditEntry, User
from core import clock
from core.errors import Conflict, DomainError, InvalidInput
from core.models import Fact
from notifications.models import Notification
from opportunities.models import Opportunity
from placements.models import Application
from placements.services import applications
from placements.services.bulk import Replay
from placements.services.places import reconcile
from placements.states import Move, State
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory, OrganisationFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db

BEGIN = clock.now() - timedelta(days=100)
LIVE = {
    Move.ACKNOWLEDGE: applications.acknowledge,
    Move.INVITE: applications.invite,
    Move.OFFER: applications.offer,
    Move.ACCEPT: applications.accept,
    Move.TAKE_UP: applications.take_up,
    Move.WITHDRAW: applications.withdraw,
}


def day(number: float) -> datetime:
    return BEGIN + timedelta(days=number)


@pytest.fixture
def role() -> Opportunity:
    return OpportunityFactory(places=2, published_at=day(0))


@pytest.fixture
def member() -> User:
    return UserFactory()


def seen(application: Application) -> list[Any]:
    """What both ways should leave behind."""
    application.refresh_from_db()
    role, person = application.opportunity, application.volunteer
    role.refresh_from_db()
    person.refresh_from_db()
    trail = AuditEntry.objects.about(application).values_list("action", "details", "actor")
    return [
        *(application.state, application.reason, application.words, application.message),
        *(application.answered_at is not None, person.waiting_since is not None),
        *(role.places_taken, role.applications_pending, role.status),
        [list(kept.said) for kept in person.earlier.order_by("pk")],
        list(trail),
    ]


@pytest.mark.parametrize(
    "moves",
    [
        [Move.ACKNOWLEDGE],
        [Move.ACKNOWLEDGE, Move.INVITE, Move.OFFER, Move.TAKE_UP],
        [Move.OFFER, Move.WITHDRAW],
        [Move.ACCEPT, Move.WITHDRAW],
        [Move.INVITE, Move.ACCEPT],
        [Move.WITHDRAW],
    ],
    ids="-".join,
)
def test_replay_leaves_what_the_service_leaves(moves: list[Move], member: User) -> None:
    group = OrganisationFactory()
    live_role, past_role = (
        OpportunityFactory(organisation=group, places=1, published_at=day(0)) for _ in range(2)
    )
    live_person, past_person = VolunteerFactory(), VolunteerFactory()
    live = applications.submit(
        volunteer=live_person, opportunity=live_role, message=" Hello ", by=member
    )
    for move in moves:
        LIVE[move](application=live, by=member)
    replay = Replay([past_role])
    past = replay.submit(
        volunteer=past_person, opportunity=past_role, message=" Hello ", by=member, at=day(1)
    )
    for number, move in enumerate(moves):
        replay.make(move, past, by=member, at=day(2 + number))
    replay.write()
    assert seen(past) == seen(live)


def test_times_are_those_of_the_past(role: Opportunity, member: User) -> None:
    replay = Replay([role])
    one = replay.submit(volunteer=VolunteerFactory(), opportunity=role, by=None, at=day(1))
    replay.make(Move.INVITE, one, by=member, at=day(4))
    replay.write()
    one.refresh_from_db()
    assert (one.created_at, one.answered_at, one.state_since) == (day(1), day(4), day(4))
    assert [entry.at for entry in AuditEntry.objects.about(one)] == [day(1), day(4)]


def test_the_last_place_fills_the_role_and_nobody_gets_one_more(
    role: Opportunity, member: User
) -> None:
    replay = Replay([role])
    first, second, third = (
        replay.submit(volunteer=VolunteerFactory(), opportunity=role, by=None, at=day(1))
        for _ in range(3)
    )
    replay.make(Move.ACCEPT, first, by=member, at=day(2))
    replay.make(Move.OFFER, second, by=member, at=day(2))
    with pytest.raises(Conflict) as refused:
        replay.make(Move.ACCEPT, third, by=member, at=day(3))
    assert refused.value.code == "no_place_left"
    replay.write()
    role.refresh_from_db()
    assert (role.places_taken, role.applications_pending, role.status) == (2, 1, "full")
    assert reconcile() == 0


def test_the_gates_are_shut_at_the_time_at_which_they_were(role: Opportunity) -> None:
    replay = Replay([role])
    person = VolunteerFactory()
    assert replay.may_apply(person, role, day(1))
    replay.submit(volunteer=person, opportunity=role, by=None, at=day(1))
    assert not replay.may_apply(person, role, day(2))
    with pytest.raises(Conflict) as refused:
        replay.submit(volunteer=person, opportunity=role, by=None, at=day(2))
    assert refused.value.code == "not_applied_before"
    child = VolunteerFactory(date_of_birth=day(1).date() - timedelta(days=round(15.9 * 365.25)))
    assert not replay.may_apply(child, role, day(2))
    assert replay.may_apply(child, role, day(90)), "16 by then"


def test_a_role_takes_no_more_than_its_cap(role: Opportunity) -> None:
    replay = Replay([role])
    for _ in range(6):
        replay.submit(volunteer=VolunteerFactory(), opportunity=role, by=None, at=day(1))
    with pytest.raises(Conflict) as refused:
        replay.submit(volunteer=VolunteerFactory(), opportunity=role, by=None, at=day(1))
    assert refused.value.code == "pending_cap"


def test_moves_that_the_table_does_not_have_and_reasons_that_are_none_are_refused(
    role: Opportunity, member: User
) -> None:
    replay = Replay([role])
    one = replay.submit(volunteer=VolunteerFactory(), opportunity=role, by=None, at=day(1))
    with pytest.raises(InvalidInput):
        replay.make(Move.DECLINE, one, by=member, at=day(2), reason="bad mood")
    with pytest.raises(InvalidInput):
        replay.make(Move.INVITE, one, by=member, at=day(2), words="x" * 2000)
    replay.make(Move.DECLINE, one, by=member, at=day(2), reason="no_place")
    with pytest.raises(DomainError):
        replay.make(Move.ACCEPT, one, by=member, at=day(3))
    assert one.state == "declined"


def test_a_season_goes_forward(role: Opportunity) -> None:
    replay = Replay([role])
    replay.submit(volunteer=VolunteerFactory(), opportunity=role, by=None, at=day(5))
    with pytest.raises(ValueError, match="goes forward"):
        replay.submit(volunteer=VolunteerFactory(), opportunity=role, by=None, at=day(4))


def test_closing_a_role_lapses_what_is_unanswered_and_keeps_placements(
    role: Opportunity, member: User
) -> None:
    replay = Replay([role])
    placed, waiting = (
        replay.submit(volunteer=VolunteerFactory(), opportunity=role, by=None, at=day(1))
        for _ in range(2)
    )
    replay.make(Move.ACCEPT, placed, by=member, at=day(2))
    replay.close(role, by=member, at=day(3))
    assert not replay.may_apply(VolunteerFactory(), role, day(4))
    with pytest.raises(Conflict):
        replay.close(role, by=member, at=day(5))
    replay.write()
    role.refresh_from_db()
    assert (role.status, role.places_taken, role.applications_pending) == ("closed", 1, 0)
    states = {one.pk: Application.objects.get(pk=one.pk).state for one in (placed, waiting)}
    assert states == {placed.pk: "accepted", waiting.pk: "lapsed"}
    assert AuditEntry.objects.about(role).get().action == "opportunity.closed"


def test_nobody_is_told_and_no_fact_is_stated(role: Opportunity, member: User) -> None:
    replay = Replay([role])
    one = replay.submit(volunteer=VolunteerFactory(), opportunity=role, by=None, at=day(1))
    replay.make(Move.ACCEPT, one, by=member, at=day(2))
    assert not Application.objects.exists()
    assert replay.write() == replay.applications_of(role) == [one]
    assert not Fact.objects.exists()
    assert not Notification.objects.exists()


def test_the_first_in_line_has_the_place_at_once_as_in_the_service(member: User) -> None:
    group = OrganisationFactory()
    live_role, past_role = (
        OpportunityFactory(organisation=group, places=1, published_at=day(0)) for _ in range(2)
    )
    live = applications.begin(
        volunteer=VolunteerFactory(),
        opportunity=live_role,
        state=State.ACCEPTED,
        came_by=Application.CameBy.WAITING_LIST,
        by=member,
    )
    replay = Replay([past_role])
    past = replay.submit(
        volunteer=VolunteerFactory(),
        opportunity=past_role,
        came_by=Application.CameBy.WAITING_LIST,
        has_place=True,
        by=member,
        at=day(1),
    )
    replay.write()
    assert seen(past) == seen(live)
    assert past.came_by == "waiting_list"


@pytest.mark.parametrize("looks_again", [True, False])
def test_who_stops_waits_again_if_they_look_again(
    looks_again: bool, role: Opportunity, member: User
) -> None:
    replay = Replay([role])
    one = replay.submit(volunteer=VolunteerFactory(), opportunity=role, by=None, at=day(1))
    replay.make(Move.ACCEPT, one, by=member, at=day(2))
    replay.make(Move.END, one, by=member, at=day(9), reason="finished", looks_again=looks_again)
    replay.write()
    one.volunteer.refresh_from_db()
    assert one.volunteer.waiting_since == (day(9) if looks_again else None)


def test_a_role_pauses_by_itself_and_goes_on_when_people_are_answered(
    role: Opportunity, member: User
) -> None:
    replay = Replay([role])
    first, *_others = [
        replay.submit(volunteer=VolunteerFactory(), opportunity=role, by=None, at=day(1))
        for _ in range(3)
    ]
    replay.follow_late(role, at=day(10))
    assert role.catching_up_since is None
    replay.follow_late(role, at=day(12))
    assert role.catching_up_since == day(12)
    assert not replay.may_apply(VolunteerFactory(), role, day(13))
    replay.make(Move.INVITE, first, by=member, at=day(14))
    assert role.catching_up_since is None
    replay.write()
    trail = AuditEntry.objects.about(role).values_list("action", "at")
    assert list(trail) == [
        ("opportunity.catching_up", day(12)),
        ("opportunity.caught_up", day(14)),
    ]


def test_a_role_is_closed_with_what_its_group_says(role: Opportunity, member: User) -> None:
    replay = Replay([role])
    replay.close(role, because="found", by=member, at=day(3))
    replay.write()
    role.refresh_from_db()
    assert (role.status, role.closed_because) == ("closed", "found")
    (entry,) = AuditEntry.objects.about(role)
    assert entry.details == {"because": "found"}
