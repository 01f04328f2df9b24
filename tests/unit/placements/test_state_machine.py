"""Every move by every mover in any order, against the services and the database.

An illegal move is a conflict (409 by the API) and changes nothing; each change of state leaves one
row in the audit trail; a role's counts are what its rows say; nobody is over-booked; nobody has
two applications for a role under way, or asks again after a no; and of the waiting list nobody has
two offers, and no place two people.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import Model
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from rest_framework.test import APIClient

from accounts.models import AuditEntry
from core.clock import now
from core.errors import Conflict, DomainError
from core.models import Activity, Fact
from matching.services import waiting_places
from opportunities.models import Opportunity
from opportunities.services import roles
from placements import states
from placements.models import Application, TimedOffer, WaitingListEntry
from placements.services import applications, held, timed_offers, unanswered, waiting_lists
from placements.states import Move, Mover, State
from tests.factories.accounts import UserFactory
from tests.factories.core import chosen
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory

PEOPLE, FIRST, LATEST = 4, 0, 9
BEGIN = datetime(2026, 3, 27, 12, tzinfo=UTC)  # over the change of the clocks
#: What the API has to be told with a move; the broker speaks for the group.
SAID = {Move.DECLINE: {"reason": "too_far"}, Move.END: {"reason": "other"}}
NEEDS_PLACE = {Move.OFFER, Move.ACCEPT}
numbers = st.integers(FIRST, LATEST)


class Held:
    """A lease that nobody takes away."""

    def check(self) -> None:
        pass


def make(move: Move, application: Application) -> None:
    """Make a move through its service."""
    if move == Move.DECLINE:
        applications.decline(application=application, reason="too_far", by=None)
    elif move == Move.END:
        applications.end(application=application, reason="other", side=Mover.GROUP, by=None)
    else:
        getattr(applications, move.value)(application=application, by=None)


def rows(of: type[Model]) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in of._default_manager.values()}


def everything() -> list[dict[int, dict[str, Any]]]:
    return [rows(of) for of in (Application, Opportunity, TimedOffer, WaitingListEntry, AuditEntry)]


class Machine(RuleBasedStateMachine):
    """Four people, a role with one place and one with two, and a broker who speaks to the API."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(BEGIN, tick=False)
        self.time = self.clock.start()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.people = VolunteerFactory.create_batch(PEOPLE)
        self.roles = [
            OpportunityFactory(places=1, activities=["gardening"], takes_from_waiting_list=True),
            OpportunityFactory(places=2, activities=["gardening"]),
        ]
        self.activity = chosen(Activity, "gardening")[0]
        self.api = APIClient()
        self.api.force_authenticate(UserFactory(broker=True))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)
        self.clock.stop()

    # What the rules take up.

    def role(self, number: int) -> Opportunity:
        role = self.roles[number % len(self.roles)]
        return Opportunity.objects.select_related("organisation").get(pk=role.pk)

    def application(self, number: int) -> Application:
        found = Application.objects.select_related("opportunity__organisation", "volunteer__user")
        return found.order_by("pk")[number % found.count()]

    def offer(self, number: int) -> TimedOffer:
        found = TimedOffer.objects.select_related("entry", "volunteer__user", "opportunity")
        return found.order_by("pk")[number % found.count()]

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Whatever happens: one row in the trail for each state that changed, and no other."""
        before = {of: rows(of) for of in (Application, TimedOffer)}
        last = AuditEntry.objects.order_by("pk").last()
        yield
        new = AuditEntry.objects.filter(pk__gt=last.pk if last else 0)
        known = {f"application.{state}" for state in State}
        known |= {f"timed_offer.{state}" for state in TimedOffer.State.values}
        noted = Counter(
            (entry.subject_type, entry.subject_id) for entry in new if entry.action in known
        )
        changed = Counter(
            (of._meta.model_name, pk)
            for of, then in before.items()
            for pk, row in rows(of).items()
            if pk not in then or then[pk]["state"] != row["state"]
        )
        assert noted == changed

    @contextmanager
    def refused(self) -> Iterator[None]:
        """It is a conflict and changes nothing."""
        before = everything()
        with pytest.raises(Conflict):
            yield
        assert everything() == before

    def is_possible(self, move: Move, application: Application) -> bool:
        """What the table of states, the places and an answer on its way allow."""
        role = Opportunity.objects.get(pk=application.opportunity_id)
        if states.target(State(application.state), move) is None:
            return False
        if move in NEEDS_PLACE and not role.places_left:
            return False
        if move == Move.TAKE_UP and now() >= application.answer_by:
            return False
        return not (application.held_move and states.movers(move) == {Mover.GROUP})

    # People and groups.

    @rule(person=numbers, role=numbers)
    def ask(self, person: int, role: int) -> None:
        with self.watched(), suppress(DomainError):
            applications.submit(
                volunteer=self.people[person % PEOPLE], opportunity=self.role(role), by=None
            )

    @precondition(lambda self: Application.objects.exists())
    @rule(number=numbers, move=st.sampled_from([move for move in Move if move != Move.LAPSE]))
    def move(self, number: int, move: Move) -> None:
        application = self.application(number)
        if self.is_possible(move, application):
            with self.watched():
                make(move, application)
        else:
            with self.refused():
                make(move, application)

    @precondition(lambda self: Application.objects.exists())
    @rule(
        number=numbers,
        move=st.sampled_from([move for move in Move if move != Move.LAPSE]),
    )
    def move_by_api(self, number: int, move: Move) -> None:
        application = self.application(number)
        possible = self.is_possible(move, application)
        before = everything()
        address = f"/api/v1/applications/{application.pk}/{move.value.replace('_', '-')}/"
        with self.watched():
            response = self.api.post(address, SAID.get(move, {}), format="json")
        assert response.status_code == (200 if possible else 409), response.content
        if not possible:
            assert everything() == before

    @precondition(lambda self: Application.objects.exists())
    @rule(number=numbers, move=st.sampled_from(sorted(held.HOLDABLE)))
    def hold_an_answer(self, number: int, move: Move) -> None:
        application = self.application(number)
        reason = "too_far" if move == Move.DECLINE else ""
        with self.watched(), suppress(Conflict):
            held.hold(application=application, move=move, reason=reason, by=None)

    @precondition(lambda self: Application.objects.exists())
    @rule(number=numbers)
    def take_an_answer_back(self, number: int) -> None:
        with self.watched(), suppress(Conflict):
            held.take_back(application=self.application(number), by=None)

    # The waiting list.

    @rule(person=numbers, role=st.none() | numbers)
    def join(self, person: int, role: int | None) -> None:
        volunteer = self.people[person % PEOPLE]
        with self.watched(), suppress(DomainError):
            if role is None:
                waiting_lists.join_kind(volunteer=volunteer, activity=self.activity, by=None)
            else:
                waiting_lists.join_role(volunteer=volunteer, opportunity=self.role(role), by=None)

    @precondition(lambda self: WaitingListEntry.objects.exists())
    @rule(number=numbers)
    def leave(self, number: int) -> None:
        entries = WaitingListEntry.objects.order_by("pk")
        with self.watched(), suppress(Conflict):
            waiting_lists.leave(entry=entries[number % entries.count()], by=None)

    @precondition(lambda self: TimedOffer.objects.exists())
    @rule(number=numbers, keep=st.none() | st.booleans())
    def answer_an_offer(self, number: int, keep: bool | None) -> None:
        offer = self.offer(number)

        def answer() -> None:
            if keep is None:
                timed_offers.take_up(offer=offer, by=None)
            else:
                timed_offers.refuse(offer=offer, keep_place=keep, by=None)

        if offer.state != TimedOffer.State.LIVE:
            with self.refused():
                answer()
        else:
            with self.watched(), suppress(Conflict):
                answer()

    # Time, jobs, and what else a group does.

    @rule(hours=st.sampled_from([0.2, 1, 30, 73]))
    def time_goes_by(self, hours: float) -> None:
        self.time.shift(timedelta(hours=hours))

    @rule()
    def jobs(self) -> None:
        with self.watched():
            unanswered.end_offers()
            timed_offers.end_unanswered()
            timed_offers.remind()
        for application in Application.objects.exclude(held_move=""):
            with self.watched():
                held.send(application.pk)
        for application in Application.objects.select_related("volunteer__user", "opportunity"):
            waiting_lists.follow_application(application=application)
        for role in self.roles:
            with self.watched():
                unanswered.lapse_unanswered(opportunity=self.role(self.roles.index(role)))
            with self.watched():
                waiting_places.offer_places(role.pk, Held())
        Fact.objects.all().delete()

    @rule(number=numbers, places_there=st.integers(1, 3))
    def change_places(self, number: int, places_there: int) -> None:
        with self.watched(), suppress(DomainError):
            roles.update(opportunity=self.role(number), by=None, places=places_there)

    @rule(number=numbers, again=st.integers(0, 5))
    def close(self, number: int, again: int) -> None:
        if not again:  # seldom, or else nothing much happens
            with self.watched(), suppress(Conflict):
                roles.close(opportunity=self.role(number), by=None)

    # What always holds.

    @invariant()
    def counts_are_what_the_rows_say(self) -> None:
        for role in Opportunity.objects.all():
            kept = role.timed_offers.filter(state="live").count()
            holding = role.applications.holding_a_place().count()
            assert role.places_taken == holding + kept <= role.places
            assert role.applications_pending == role.applications.pending().count()

    @invariant()
    def nobody_has_two_applications_under_way(self) -> None:
        under_way = Application.objects.in_the_way().values_list("volunteer", "opportunity")
        assert len(under_way) == len(set(under_way))

    @invariant()
    def nobody_asks_again_after_a_no(self) -> None:
        for no in Application.objects.filter(state=State.DECLINED):
            latest = Application.objects.filter(
                volunteer=no.volunteer_id, opportunity=no.opportunity_id
            ).first()
            assert latest == no

    @invariant()
    def nobody_has_two_offers(self) -> None:
        live = TimedOffer.objects.filter(state="live").values_list("volunteer", flat=True)
        assert len(live) == len(set(live))
        entries = WaitingListEntry.objects.filter(state="offered")
        waits_for_the_group = TimedOffer.objects.filter(state="taken").values("entry")
        answering = entries.exclude(pk__in=waits_for_the_group)
        assert answering.count() <= len(live) <= entries.count()


@pytest.mark.django_db
def test_any_order_of_moves() -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
