"""Applying, and every move that follows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, User
from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import Fact
from notifications.models import Notification
from opportunities.models import Opportunity
from placements import states
from placements.models import Application
from placements.services import applications, unanswered
from placements.states import Move, Mover, State
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db

MAKE: dict[Move, Callable[..., Application]] = {
    Move.ACKNOWLEDGE: applications.acknowledge,
    Move.INVITE: applications.invite,
    Move.OFFER: applications.offer,
    Move.ACCEPT: applications.accept,
    Move.TAKE_UP: applications.take_up,
    Move.START: applications.start,
    Move.END: lambda **kw: applications.end(reason="finished", side=Mover.GROUP, **kw),
    Move.DECLINE: lambda **kw: applications.decline(reason="no_place", **kw),
    Move.WITHDRAW: applications.withdraw,
}
PAIRS = [(state, move) for state in State for move in MAKE]


def counts(role: Opportunity) -> tuple[int, int, str]:
    role.refresh_from_db()
    return role.places_taken, role.applications_pending, role.status


def true_counts(role: Opportunity) -> tuple[int, int]:
    return role.applications.holding_a_place().count(), role.applications.pending().count()


def test_submit_writes_application_audit_fact_and_messages() -> None:
    member = MembershipFactory()
    role = OpportunityFactory(organisation=member.organisation)
    person = VolunteerFactory()
    application = applications.submit(
        volunteer=person, opportunity=role, message="  I would like to help  ", by=person.user
    )
    assert (application.state, application.message) == ("submitted", "I would like to help")
    assert counts(role) == (0, 1, "open")
    entry = AuditEntry.objects.about(application).get()
    assert (entry.action, entry.actor) == ("application.submitted", person.user)
    assert Fact.objects.filter(kind="application.changed", subject_id=application.pk).count() == 1
    told = Notification.objects.order_by("pk")
    assert [n.recipient for n in told] == [person.user, member.user]
    assert role.title in told[0].subject


def test_submit_twice_is_refused_and_changes_nothing() -> None:
    application = ApplicationFactory()
    with pytest.raises(Conflict) as refused:
        applications.submit(
            volunteer=application.volunteer, opportunity=application.opportunity, by=None
        )
    assert refused.value.code == "not_applied_before"
    assert counts(application.opportunity)[1] == 1


def test_submit_rejects_closed_opportunity() -> None:
    role = OpportunityFactory(closed=True)
    with pytest.raises(Conflict):
        applications.submit(volunteer=VolunteerFactory(), opportunity=role, by=None)
    assert not Application.objects.exists()
    assert not AuditEntry.objects.exists()


def test_submit_rejects_too_long_a_message() -> None:
    with pytest.raises(InvalidInput) as refused:
        applications.submit(
            volunteer=VolunteerFactory(),
            opportunity=OpportunityFactory(),
            message="x" * 1501,
            by=None,
        )
    assert "message" in refused.value.fields


@pytest.mark.parametrize(("state", "move"), PAIRS)
def test_each_move_from_each_state(state: State, move: Move) -> None:
    by = UserFactory()
    application = ApplicationFactory(state=state, opportunity=OpportunityFactory(places=2))
    role = application.opportunity
    after = states.target(state, move)
    if after is None:
        with pytest.raises(Conflict):
            MAKE[move](application=application, by=by)
        application.refresh_from_db()
        assert application.state == state.value
        assert not AuditEntry.objects.exists()
        assert not Notification.objects.exists()
    else:
        moved = MAKE[move](application=application, by=by)
        assert moved.state == after.value
        entry = AuditEntry.objects.about(application).get()
        assert entry.details | {"reason": ""} == {"from": state, "to": after, "reason": ""}
    assert counts(role)[:2] == true_counts(role)


def test_the_last_place_makes_the_role_full_and_leaving_opens_it_again() -> None:
    role = OpportunityFactory(places=1)
    application = ApplicationFactory(opportunity=role)
    applications.accept(application=application, by=None)
    assert counts(role) == (1, 0, "full")
    assert Fact.objects.filter(kind="role.changed", subject_id=role.pk).exists()
    application.volunteer.refresh_from_db()
    assert application.volunteer.waiting_since is None
    applications.withdraw(application=application, reason="no_time", by=None)
    assert counts(role) == (0, 0, "open")
    application.volunteer.refresh_from_db()
    assert application.volunteer.waiting_since is not None


def test_a_placement_starts_once_and_ends_for_good() -> None:
    role = OpportunityFactory(places=1)
    application = ApplicationFactory(opportunity=role, state=State.ACCEPTED)
    Volunteer.objects.update(waiting_since=None)
    started = applications.start(application=application, by=None)
    assert started.started_at is not None
    assert not Notification.objects.exists()
    with pytest.raises(Conflict):
        applications.start(application=started, by=None)
    with pytest.raises(Conflict):
        applications.withdraw(application=started, by=None)
    assert counts(role)[0] == 1
    ended = applications.end(application=started, reason="moved_on", side=Mover.VOLUNTEER, by=None)
    assert (ended.state, ended.reason, ended.started_at) == (
        "ended",
        "moved_on",
        started.started_at,
    )
    assert counts(role) == (0, 0, "open")
    assert Volunteer.objects.get().waiting_since is not None


def test_who_stops_and_does_not_look_again_waits_for_nothing() -> None:
    application = ApplicationFactory(state=State.STARTED)
    Volunteer.objects.update(waiting_since=None)
    applications.end(
        application=application,
        reason="no_time",
        side=Mover.VOLUNTEER,
        looks_again=False,
        by=None,
    )
    assert Volunteer.objects.get().waiting_since is None


def test_the_start_does_not_end_a_wait_for_a_second_role() -> None:
    application = ApplicationFactory(state=State.ACCEPTED)
    waits = application.volunteer.waiting_since
    applications.start(application=application, by=None)
    assert Volunteer.objects.get().waiting_since == waits is not None


@pytest.mark.parametrize(("side", "told"), [("group", "person"), ("volunteer", "member")])
def test_the_other_side_is_told_of_an_end(side: str, told: str) -> None:
    application = ApplicationFactory(state=State.STARTED)
    member = MembershipFactory(organisation=application.opportunity.organisation).user
    people = {"person": application.volunteer.user, "member": member}
    applications.end(application=application, reason="finished", side=Mover(side), by=None)
    assert Notification.objects.get().recipient == people[told]


def test_an_end_needs_its_reason() -> None:
    application = ApplicationFactory(state=State.STARTED)
    for reason in ("", "no_place"):
        with pytest.raises(InvalidInput):
            applications.end(application=application, reason=reason, side=Mover.GROUP, by=None)


def test_accept_without_a_place_left_changes_nothing() -> None:
    role = OpportunityFactory(places=1)
    first, second = ApplicationFactory.create_batch(2, opportunity=role)
    applications.accept(application=first, by=None)
    with pytest.raises(Conflict) as refused:
        applications.accept(application=second, by=None)
    assert refused.value.code == "no_place_left"
    second.refresh_from_db()
    assert second.state == "submitted"
    assert counts(role) == (1, 1, "full")


def test_an_old_page_cannot_answer_twice() -> None:
    application = ApplicationFactory()
    stale = Application.objects.get(pk=application.pk)
    applications.decline(application=application, reason="other_times", by=None)
    with pytest.raises(Conflict) as refused:
        applications.accept(application=stale, by=None)
    assert refused.value.code == "wrong_state"
    assert counts(application.opportunity) == (0, 0, "open")


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (applications.decline, "found_other"),
        (applications.decline, ""),
        (applications.withdraw, "no_place"),
    ],
)
def test_a_reason_of_the_other_side_is_refused(make: Callable[..., Any], reason: str) -> None:
    application = ApplicationFactory()
    with pytest.raises(InvalidInput) as refused:
        make(application=application, reason=reason, by=None)
    assert "reason" in refused.value.fields


def test_closing_a_role_lapses_what_is_unanswered_and_keeps_placements() -> None:
    role = OpportunityFactory(places=3)
    waiting, offered, placed = (
        ApplicationFactory(opportunity=role, state=state)
        for state in (State.SUBMITTED, State.OFFERED, State.ACCEPTED)
    )
    Opportunity.objects.filter(pk=role.pk).update(status="closed")
    role.refresh_from_db()
    assert unanswered.lapse_unanswered(opportunity=role) == 2
    assert unanswered.lapse_unanswered(opportunity=role) == 0
    for application, state in ((waiting, "lapsed"), (offered, "lapsed"), (placed, "accepted")):
        application.refresh_from_db()
        assert application.state == state
    assert counts(role) == (1, 0, "closed")


def test_first_answer_is_kept() -> None:
    application = ApplicationFactory()
    invited = applications.invite(application=application, words="Come for tea", by=None)
    first = invited.answered_at
    assert first is not None
    assert applications.accept(application=invited, by=None).answered_at == first


def test_a_job_tells_of_a_no() -> None:
    """With what the person can do next: tests/unit/matching/test_next_steps.py."""
    application = ApplicationFactory()
    applications.decline(application=application, reason="other_skills", by=None)
    assert Fact.objects.filter(kind="application.refused", subject_id=application.pk).exists()
    assert not Notification.objects.exists()


def test_a_stopped_account_asks_for_nothing() -> None:
    user = User.objects.create_user(None, first_name="Demo", is_active=False)
    with pytest.raises(NotAllowed) as refused:
        applications.submit(
            volunteer=VolunteerFactory(user=user), opportunity=OpportunityFactory(), by=None
        )
    assert refused.value.code == "suspended"


def test_a_person_without_address_is_told_in_the_service_only() -> None:
    user = User.objects.create_user(None, first_name="Demo")
    application = ApplicationFactory(volunteer=VolunteerFactory(user=user))
    applications.accept(application=application, by=None)
    told = Notification.objects.get(recipient=user)
    assert told.email_state == "none"
    assert not Fact.objects.filter(kind="notification.created").exists()


def test_who_withdrew_asks_again_and_has_one_application_under_way() -> None:
    first = ApplicationFactory(opportunity__places=2)
    person, role = first.volunteer, first.opportunity
    applications.withdraw(application=first, by=None)

    again = applications.submit(volunteer=person, opportunity=role, by=None)

    assert again.pk != first.pk
    first.refresh_from_db()
    assert first.state == "withdrawn"
    with pytest.raises(Conflict) as refused:
        applications.submit(volunteer=person, opportunity=role, by=None)
    assert refused.value.code == "not_applied_before"
    with pytest.raises(IntegrityError), transaction.atomic():
        ApplicationFactory(volunteer=person, opportunity=role)
