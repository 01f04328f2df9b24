"""What the volunteer centre does for a person who calls, after they asked for a role."""

from datetime import timedelta

import pytest

from accounts.models import AuditEntry
from core.clock import now, today
from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import Activity
from desk.services import places, waiting, writing
from notifications.models import Notification
from placements.models import Attendance, HoursEntry, Message, StillGoing, WaitingListEntry
from placements.occasions import Occasion, of_session
from placements.services import blocks, concerns, conversations
from placements.states import Mover
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory, SessionFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory

pytestmark = pytest.mark.django_db

OBJECT = "Tell the volunteer centre, and we put it right."


@pytest.fixture
def broker():
    return UserFactory(broker=True)


@pytest.fixture
def application():
    role = OpportunityFactory(organisation=MembershipFactory().organisation, title="Pour tea")
    return ApplicationFactory(
        opportunity=role, volunteer__user__email=None, volunteer__user__phone="07700 900321"
    )


def told(person):
    """The words of what the person was told that the centre did for them."""
    rows = Notification.objects.filter(recipient=person, kind="centre.acted_for_you")
    return list(rows.order_by("pk").values_list("body", flat=True))


def suspend(application):
    application.volunteer.user.is_active = False
    application.volunteer.user.save()


def test_words_are_sent_for_a_person_once_and_both_are_told(broker, application):
    member = application.opportunity.organisation.memberships.get().user
    heard = conversations.write(application=application, side=Mover.GROUP, words="When?", by=member)

    for _pressed in range(2):
        writing.write(application=application, words="On Friday.", by=broker)

    sent = Message.objects.get(side="volunteer")
    assert (sent.words, sent.author) == ("On Friday.", broker)
    assert Notification.objects.filter(recipient=member, kind="message.received").count() == 1
    (body,) = told(application.volunteer.user)
    assert "On Friday." in body
    assert OBJECT in body
    heard.refresh_from_db()
    assert heard.read_at is not None
    assert AuditEntry.objects.about(sent).get(action="message.sent").actor == broker


def test_no_words_go_where_the_person_could_not_write(broker, application):
    group = application.opportunity.organisation
    blocks.block(volunteer=application.volunteer, organisation=group, side=Mover.GROUP, by=None)
    with pytest.raises(Conflict, match="You cannot write to each other"):
        writing.write(application=application, words="Hello", by=broker)
    blocks.unblock(volunteer=application.volunteer, organisation=group, side=Mover.GROUP, by=None)
    group.suspended_at = application.state_since
    group.save()
    with pytest.raises(NotAllowed, match="has stopped"):
        writing.write(application=application, words="Hello", by=broker)

    assert not Message.objects.exists()
    assert not told(application.volunteer.user)


def test_words_written_for_a_person_are_theirs_where_they_are_reported(broker, application):
    sent = writing.write(application=application, words="Hello", by=broker)

    assert concerns.Subject.written(sent).person == application.volunteer.user


def test_a_number_is_shared_and_hidden_for_a_person_who_is_told_what_changed(broker, application):
    for phone in (True, True, False):
        writing.share(application=application, email=False, phone=phone, by=broker)

    shared, hidden = told(application.volunteer.user)
    assert "It now sees your phone number." in shared
    assert "no phone number and no email address of yours" in hidden
    trail = AuditEntry.objects.about(application).filter(action="application.sharing_changed")
    assert [entry.actor for entry in trail] == [broker, broker]


def test_nobody_under_16_is_told_that_a_group_sees_their_number(broker, application):
    person = application.volunteer
    person.date_of_birth = today().replace(day=1, year=today().year - 14)
    person.save()

    writing.share(application=application, email=False, phone=True, by=broker)

    assert "no phone number and no email address of yours" in told(person.user)[0]


def test_a_person_is_put_on_lists_and_taken_off_and_told(broker):
    volunteer = VolunteerFactory(user__email=None)
    full = OpportunityFactory(title="Pour tea", status="full", places=1, places_taken=1)
    gardening = Activity.objects.get(code="gardening")

    waiting.join_role(volunteer=volunteer, opportunity=full, by=broker)
    waiting.join_kind(volunteer=volunteer, activity=gardening, by=broker)
    for entry in WaitingListEntry.objects.order_by("pk"):
        waiting.leave(entry=entry, by=broker)

    bodies = told(volunteer.user)
    assert ["Pour tea" in body for body in bodies] == [True, False, True, False]
    assert [str(gardening) in body for body in bodies] == [False, True, False, True]
    assert "took you off" in bodies[2]
    actions = AuditEntry.objects.filter(action__startswith="waiting_list.", actor=broker)
    assert actions.count() == 4


def test_no_list_takes_whom_it_would_not_take_on_their_own_page(broker):
    volunteer = VolunteerFactory()
    with pytest.raises(Conflict, match="no waiting list now"):
        waiting.join_role(volunteer=volunteer, opportunity=OpportunityFactory(), by=broker)
    kept = WaitingListEntryFactory(
        volunteer=volunteer, opportunity=OpportunityFactory(), state="offered"
    )
    with pytest.raises(Conflict, match="say yes or no"):
        waiting.leave(entry=kept, by=broker)

    assert not told(volunteer.user)


def test_that_they_started_and_stopped_is_written_down_and_told(broker, application):
    placed = ApplicationFactory(opportunity=application.opportunity, state="accepted")
    member = placed.opportunity.organisation.memberships.get().user

    places.start(application=placed, by=broker)
    places.end(application=placed, reason="no_time", looks_again=False, by=broker)

    placed.refresh_from_db()
    placed.volunteer.refresh_from_db()
    assert (placed.state, placed.reason) == ("ended", "no_time")
    assert Notification.objects.filter(recipient=member, kind="application.stopped").exists()
    started, stopped = told(placed.volunteer.user)
    assert "you have started" in started
    assert "ended your place" in stopped
    assert AuditEntry.objects.about(placed).get(action="application.ended").actor == broker


def test_whether_they_come_is_written_down_and_told_once(broker, application):
    placed = ApplicationFactory(opportunity=application.opportunity, state="accepted")
    start = now() + timedelta(days=2)
    made = SessionFactory(
        opportunity=placed.opportunity, starts_at=start, ends_at=start + timedelta(hours=2)
    )
    occasion = of_session(made, placed.opportunity)

    for coming in (True, True, False):
        places.say_coming(application=placed, occasion=occasion, coming=coming, by=broker)

    assert Attendance.objects.get(application=placed).state == "not_coming"
    comes, cannot = told(placed.volunteer.user)
    assert "that you come to" in comes
    assert "that you cannot come to" in cannot
    assert AuditEntry.objects.filter(action="attendance.said", actor=broker).exists()


def test_hours_are_written_down_for_the_group_to_confirm_and_told(broker, application):
    placed = ApplicationFactory(opportunity=application.opportunity, state="accepted")

    places.log_hours(application=placed, day=today(), minutes=90, what="Tea", by=broker)
    with pytest.raises(InvalidInput, match="quarters"):
        places.log_hours(application=placed, day=today(), minutes=7, by=broker)

    entry = HoursEntry.objects.get()
    assert (entry.minutes, entry.state, entry.recorded_by) == (90, "logged", broker)
    (body,) = told(placed.volunteer.user)
    assert "1.5 hours" in body
    assert AuditEntry.objects.about(entry).get(action="hours.logged").actor == broker


@pytest.mark.parametrize("still_there", [True, False])
def test_the_question_whether_they_go_on_is_answered_once_and_told(
    broker, application, still_there
):
    placed = ApplicationFactory(opportunity=application.opportunity, state="started")
    question = StillGoing.objects.create(application=placed, months=1)

    if still_there:
        places.say_still_going(question=question, by=broker)
    else:
        places.say_stopped(question=question, reason="no_time", by=broker)

    question.refresh_from_db()
    placed.refresh_from_db()
    assert (question.still_there, placed.state) == (
        still_there,
        "started" if still_there else "ended",
    )
    (body,) = told(placed.volunteer.user)
    assert ("you are still going" in body) is still_there
    assert AuditEntry.objects.about(placed).get(action="still_going.answered").actor == broker
    with pytest.raises(Conflict, match="answered this already"):
        places.say_still_going(question=question, by=broker)


def test_who_had_not_been_marked_as_started_is_told_that_they_have(broker, application):
    placed = ApplicationFactory(opportunity=application.opportunity, state="accepted")
    question = StillGoing.objects.create(application=placed, months=1)

    places.say_still_going(question=question, by=broker)

    placed.refresh_from_db()
    assert placed.state == "started"
    (body,) = told(placed.volunteer.user)
    assert "you have started" in body
    assert "still going" not in body


def test_nothing_is_done_for_who_is_suspended(broker, application):
    volunteer, role = application.volunteer, application.opportunity
    entry = WaitingListEntryFactory(volunteer=volunteer, opportunity=role)
    suspend(application)
    question = StillGoing.objects.create(application=application, months=1)
    day = Occasion(role, today())
    acts = [
        lambda: places.say_coming(application=application, occasion=day, coming=True, by=broker),
        lambda: places.log_hours(application=application, day=today(), minutes=60, by=broker),
        lambda: places.say_still_going(question=question, by=broker),
        lambda: places.say_stopped(question=question, reason="other", by=broker),
        lambda: writing.write(application=application, words="Hello", by=broker),
        lambda: writing.share(application=application, email=False, phone=True, by=broker),
        lambda: waiting.join_role(volunteer=volunteer, opportunity=role, by=broker),
        lambda: waiting.join_kind(
            volunteer=volunteer, activity=Activity.objects.all()[0], by=broker
        ),
        lambda: waiting.leave(entry=entry, by=broker),
        lambda: places.start(application=application, by=broker),
        lambda: places.end(application=application, reason="other", looks_again=True, by=broker),
    ]
    for act in acts:
        with pytest.raises(NotAllowed, match="This account is stopped"):
            act()
    assert not told(volunteer.user)
