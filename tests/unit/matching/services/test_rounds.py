"""Rounds of placements and single referrals: both sides consent, and what came of it is counted."""

from datetime import timedelta

import pytest
import time_machine

from accounts.models import AuditEntry, User
from core.clock import now
from core.errors import Conflict, DomainError, InvalidInput, NotFound
from matching import selectors
from matching.models import HiddenRole, PlacementRound, Suggestion
from matching.services import rounds, suggestions
from notifications.models import Notification
from opportunities.models import Opportunity
from placements.models import Application
from placements.services import applications
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.plans import plan_for
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker() -> User:
    return UserFactory(broker=True)


@pytest.fixture
def role() -> Opportunity:
    member = MembershipFactory()
    return OpportunityFactory(organisation=member.organisation, places=2)


def waiting(days: int, **fields: object) -> Volunteer:
    return VolunteerFactory(waiting_since=now() - timedelta(days=days), **fields)


def drawn_up(broker: User, role: Opportunity, people: int = 2) -> PlacementRound:
    plan_for(*[(waiting(days), role) for days in range(1, people + 1)])
    return rounds.draw_up(by=broker)


def in_it(of: PlacementRound) -> list[Volunteer]:
    return [one.volunteer for one in selectors.suggestions_of(of)]


def told(kind: str) -> int:
    return Notification.objects.filter(kind=kind).count()


def test_longest_waiting_first_and_no_more_than_places(broker: User, role: Opportunity) -> None:
    people = [waiting(days) for days in (3, 9, 5)]
    ApplicationFactory(opportunity=OpportunityFactory(), volunteer=people[0])
    plan_for(*[(person, role) for person in people])
    made = rounds.draw_up(by=broker)
    assert in_it(made) == [people[1], people[2]]
    assert not Notification.objects.exists()
    assert AuditEntry.objects.about(made).get().action == "round.drawn_up"


def test_by_area_role_and_number(broker: User, role: Opportunity) -> None:
    near, far = waiting(1), waiting(9, postcode="HA5 5PW")
    other = OpportunityFactory()
    plan_for((near, role), (far, other))
    assert in_it(rounds.draw_up(by=broker, area=near.ward_code)) == [near]
    assert in_it(rounds.draw_up(by=broker, role=other)) == [far]
    assert in_it(rounds.draw_up(by=broker, people=1)) == [far]


def test_who_is_not_to_be_had_is_left_out(broker: User, role: Opportunity) -> None:
    placed, paused, hid, asked = (waiting(days) for days in (1, 2, 3, 4))
    plan_for(*[(person, role) for person in (placed, paused, hid, asked)])
    Volunteer.objects.filter(pk=placed.pk).update(waiting_since=None)
    Volunteer.objects.filter(pk=paused.pk).update(paused_at=now())
    HiddenRole.objects.create(volunteer=hid, opportunity=role, reason="too_far")
    ApplicationFactory(volunteer=asked, opportunity=role)
    with pytest.raises(Conflict) as refused:
        rounds.draw_up(by=broker)
    assert refused.value.code == "nothing_to_suggest"


def test_without_a_plan_there_is_no_round_and_only_for_the_centre(broker: User) -> None:
    with pytest.raises(Conflict) as refused:
        rounds.draw_up(by=broker)
    assert refused.value.code == "no_plan"
    with pytest.raises(NotFound):
        rounds.draw_up(by=UserFactory())


def test_take_out_change_and_send_once(broker: User, role: Opportunity) -> None:
    made = drawn_up(broker, role)
    first, second = selectors.suggestions_of(made)
    other = OpportunityFactory()
    rounds.remove(suggestion=first, by=broker)
    rounds.swap(suggestion=second, opportunity=other, by=broker)

    assert rounds.send(round_=made, by=broker) == 1

    sent = Suggestion.objects.get()
    assert (sent.opportunity, sent.state) == (other, "sent")
    assert sent.answer_by is not None
    assert sent.answer_by - now() > timedelta(days=6)
    assert told("suggestion") == 1
    assert not Application.objects.exists()
    made.refresh_from_db()
    for change in (
        lambda: rounds.send(round_=made, by=broker),
        lambda: rounds.remove(suggestion=Suggestion.objects.get(), by=broker),
        lambda: rounds.discard(round_=made, by=broker),
        lambda: rounds.swap(suggestion=Suggestion.objects.get(), opportunity=role, by=broker),
    ):
        with pytest.raises(Conflict) as refused:
            change()
        assert refused.value.code == "sent"


def test_what_is_not_to_be_had_any_more_is_dropped(broker: User, role: Opportunity) -> None:
    made = drawn_up(broker, role)
    Volunteer.objects.filter(pk=in_it(made)[0].pk).update(paused_at=now())
    assert rounds.send(round_=made, by=broker) == 1
    assert sorted(Suggestion.objects.values_list("state", flat=True)) == ["dropped", "sent"]


def dropped(broker: User, role: Opportunity) -> Volunteer:
    """Somebody who paused before their round was sent, and has ended the pause since."""
    made = drawn_up(broker, role, people=1)
    (person,) = in_it(made)
    Volunteer.objects.update(paused_at=now())
    assert rounds.send(round_=made, by=broker) == 0
    Volunteer.objects.update(paused_at=None)
    assert Suggestion.objects.get().state == "dropped"
    return Volunteer.objects.get(pk=person.pk)


def test_what_was_dropped_was_not_sent_so_a_round_proposes_it(
    broker: User, role: Opportunity
) -> None:
    person = dropped(broker, role)
    again = rounds.draw_up(by=broker)
    assert in_it(again) == [person]
    assert rounds.send(round_=again, by=broker) == 1


def test_what_was_dropped_can_be_suggested_singly(broker: User, role: Opportunity) -> None:
    person = dropped(broker, role)
    assert suggestions.refer(volunteer=person, opportunity=role, by=broker).is_open


def test_nobody_has_two_suggestions_at_once(broker: User, role: Opportunity) -> None:
    person = waiting(3)
    suggestions.refer(volunteer=person, opportunity=role, by=broker)
    with pytest.raises(Conflict):
        suggestions.refer(volunteer=person, opportunity=OpportunityFactory(), by=broker)
    plan_for((person, role))
    with pytest.raises(Conflict):
        rounds.draw_up(by=broker)
    assert told("suggestion") == 1


def test_the_group_learns_of_them_when_they_say_yes(broker: User, role: Opportunity) -> None:
    suggestion = suggestions.refer(volunteer=waiting(3), opportunity=role, by=broker)
    assert told("application.received") == 0
    application = suggestions.accept(suggestion=suggestion, by=suggestion.volunteer.user)
    assert (application.state, application.came_by) == ("submitted", "referral")
    assert told("application.received") == 1
    with pytest.raises(Conflict):
        suggestions.refuse(suggestion=suggestion, reason="too_far", by=None)


def test_yes_where_a_gate_has_closed_changes_nothing(broker: User, role: Opportunity) -> None:
    suggestion = suggestions.refer(volunteer=waiting(3), opportunity=role, by=broker)
    Opportunity.objects.filter(pk=role.pk).update(status="closed")
    with pytest.raises(DomainError):
        suggestions.accept(suggestion=suggestion, by=None)
    suggestion.refresh_from_db()
    assert suggestion.state == "sent"


def test_no_thanks_has_a_reason_and_keeps_the_role_away(broker: User, role: Opportunity) -> None:
    suggestion = suggestions.refer(volunteer=waiting(3), opportunity=role, by=broker)
    with pytest.raises(InvalidInput):
        suggestions.refuse(suggestion=suggestion, reason="made up", by=None)
    suggestion.refresh_from_db()
    assert suggestion.state == "sent"
    suggestions.refuse(suggestion=suggestion, reason="too_far", by=None)
    assert HiddenRole.objects.get().reason == "too_far"
    with pytest.raises(Conflict):
        suggestions.refer(volunteer=suggestion.volunteer, opportunity=role, by=broker)


def test_it_is_over_after_a_week(broker: User, role: Opportunity) -> None:
    suggestion = suggestions.refer(volunteer=waiting(3), opportunity=role, by=broker)
    with time_machine.travel(now() + timedelta(days=7, minutes=1), tick=False):
        with pytest.raises(Conflict):
            suggestions.accept(suggestion=suggestion, by=None)
        assert suggestions.end_unanswered() == 1
        assert suggestions.end_unanswered() == 0
    suggestion.refresh_from_db()
    assert suggestion.state == "lapsed"
    assert AuditEntry.objects.filter(action="suggestion.lapsed").count() == 1
    told = Notification.objects.get(kind="suggestion.lapsed")
    assert told.recipient == suggestion.volunteer.user
    assert "The group learned nothing about you." in told.body


def test_who_pauses_meanwhile_is_not_told_that_it_is_over(broker: User, role: Opportunity) -> None:
    suggestion = suggestions.refer(volunteer=waiting(3), opportunity=role, by=broker)
    Volunteer.objects.update(paused_at=now())
    with time_machine.travel(now() + timedelta(days=8), tick=False):
        assert suggestions.end_unanswered() == 1
    suggestion.refresh_from_db()
    assert suggestion.state == "lapsed"
    assert not Notification.objects.filter(kind="suggestion.lapsed").exists()


def test_what_is_taken_back_is_no_answer_and_keeps_nobody_from_another(
    broker: User, role: Opportunity
) -> None:
    person = waiting(3)
    suggestion = suggestions.refer(volunteer=person, opportunity=role, by=broker)

    suggestions.take_back(suggestion=suggestion, because="slip", by=broker)

    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.answered_at) == ("recalled", None)
    assert AuditEntry.objects.get(action="suggestion.recalled").actor == broker
    assert not HiddenRole.objects.exists()
    other = suggestions.refer(volunteer=person, opportunity=OpportunityFactory(), by=broker)
    suggestions.take_back(suggestion=other, because="slip", by=broker)
    assert suggestions.refer(volunteer=person, opportunity=role, by=broker).is_open
    with time_machine.travel(now() + timedelta(days=8), tick=False):
        assert suggestions.end_unanswered() == 1


def test_what_is_taken_back_cannot_be_answered(broker: User, role: Opportunity) -> None:
    suggestion = suggestions.refer(volunteer=waiting(3), opportunity=role, by=broker)
    suggestions.take_back(suggestion=suggestion, because="slip", by=broker)
    for act in (
        lambda: suggestions.accept(suggestion=suggestion, by=None),
        lambda: suggestions.refuse(suggestion=suggestion, reason="too_far", by=None),
        lambda: suggestions.take_back(suggestion=suggestion, because="slip", by=broker),
    ):
        with pytest.raises(Conflict):
            act()
    assert not Application.objects.exists()
    suggestion.refresh_from_db()
    assert suggestion.state == "recalled"


@pytest.mark.parametrize("state", ["draft", "accepted", "refused", "lapsed", "dropped", "recalled"])
def test_only_what_waits_for_an_answer_is_taken_back(
    broker: User, role: Opportunity, state: str
) -> None:
    suggestion = suggestions.refer(volunteer=waiting(3), opportunity=role, by=broker)
    Suggestion.objects.update(state=state)
    with pytest.raises(Conflict):
        suggestions.take_back(suggestion=suggestion, because="slip", by=broker)
    suggestion.refresh_from_db()
    assert suggestion.state == state


def test_what_is_over_or_not_theirs_to_take_back_stays(broker: User, role: Opportunity) -> None:
    suggestion = suggestions.refer(volunteer=waiting(3), opportunity=role, by=broker)
    with pytest.raises(NotFound):
        suggestions.take_back(suggestion=suggestion, because="slip", by=suggestion.volunteer.user)
    with (
        time_machine.travel(now() + timedelta(days=7, minutes=1), tick=False),
        pytest.raises(Conflict),
    ):
        suggestions.take_back(suggestion=suggestion, because="slip", by=broker)


@pytest.mark.parametrize(("because", "people"), [("slip", 1), ("not_for_them", 0), ("", 0)])
def test_a_round_proposes_again_what_went_out_by_a_slip_and_not_what_was_wrong_for_the_person(
    broker: User, role: Opportunity, because: str, people: int
) -> None:
    made = drawn_up(broker, role, people=1)
    rounds.send(round_=made, by=broker)
    suggestion = selectors.suggestions_of(made).get()
    suggestions.take_back(suggestion=suggestion, because=because or "slip", by=broker)
    # '' of what was taken back before it was asked why.
    Suggestion.objects.update(recalled_because=because)
    counted = selectors.rounds().get()
    assert (counted.proposed, counted.recalled, counted.waiting) == (0, 1, 0)
    assert (counted.said_yes, counted.said_no, counted.lapsed) == (0, 0, 0)
    if not people:
        with pytest.raises(Conflict):
            rounds.draw_up(by=broker)
        return
    again = rounds.draw_up(by=broker)
    assert rounds.send(round_=again, by=broker) == people
    assert selectors.suggestions_of(again).get().volunteer == suggestion.volunteer


@pytest.mark.parametrize("answer", ["accepted", "refused", "lapsed"])
def test_a_slip_before_does_not_hide_an_answer(
    broker: User, role: Opportunity, answer: str
) -> None:
    made = drawn_up(broker, role, people=1)
    rounds.send(round_=made, by=broker)
    suggestion = selectors.suggestions_of(made).get()
    suggestions.take_back(suggestion=suggestion, because="slip", by=broker)
    Suggestion.objects.create(volunteer=suggestion.volunteer, opportunity=role, state=answer)
    with pytest.raises(Conflict):
        rounds.draw_up(by=broker)


@pytest.mark.parametrize("because", ["", "made up"])
def test_it_has_to_be_said_why_it_is_taken_back(
    broker: User, role: Opportunity, because: str
) -> None:
    suggestion = suggestions.refer(volunteer=waiting(3), opportunity=role, by=broker)
    with pytest.raises(InvalidInput):
        suggestions.take_back(suggestion=suggestion, because=because, by=broker)
    suggestion.refresh_from_db()
    assert suggestion.is_open


def test_what_came_of_a_round_is_counted(broker: User) -> None:
    role = OpportunityFactory(places=5)
    made = drawn_up(broker, role, people=4)
    rounds.send(round_=made, by=broker)
    yes, started, no, __ = selectors.suggestions_of(made)
    applications.accept(application=suggestions.accept(suggestion=yes, by=None), by=None)
    there = suggestions.accept(suggestion=started, by=None)
    applications.accept(application=there, by=None)
    applications.start(application=there, by=None)
    suggestions.refuse(suggestion=no, reason="other", by=None)

    counted = selectors.rounds().get()

    assert (counted.proposed, counted.said_yes, counted.said_no, counted.waiting) == (4, 2, 1, 1)
    assert (counted.placed, counted.started, counted.lapsed, counted.dropped) == (2, 1, 0, 0)


def test_reasons_come_from_the_prepared_list(
    broker: User, role: Opportunity, django_assert_max_num_queries
) -> None:
    made = drawn_up(broker, role)
    of_round = list(selectors.suggestions_of(made))
    with django_assert_max_num_queries(1):
        pairs = selectors.explained(of_round)
    assert pairs[0].reasons
    assert "Did not say when they are free." in pairs[0].uncertain
