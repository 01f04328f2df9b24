"""The day before a session its people are reminded of it, each once."""

from datetime import datetime, timedelta

import pytest
import time_machine

from core.clock import LONDON
from core.outbox.leases import LeaseLostError
from notifications.models import ByMail, Notification, SentText
from notifications.services import preferences
from notifications.topics import REMINDERS
from opportunities.models import Opportunity, Session
from opportunities.services import roles
from placements import occasions
from placements.models import Application
from placements.services import attendance
from tests.factories.core import lease_on, lose
from tests.factories.opportunities import OpportunityFactory, SessionFactory
from tests.factories.placements import ApplicationFactory
from worker.handlers import handler_for

pytestmark = pytest.mark.django_db

#: In London it is summer.
SESSION = datetime(2027, 6, 2, 18, tzinfo=LONDON)
DAY_BEFORE = datetime(2027, 6, 1, 16, tzinfo=LONDON)


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def session() -> Session:
    with at(SESSION - timedelta(days=20)):
        role = OpportunityFactory(
            title="Cook lunch", organisation__name="Kitchen", place_name="Church hall", places=5
        )
        return SessionFactory(
            opportunity=role, starts_at=SESSION, ends_at=SESSION + timedelta(hours=2)
        )


@pytest.fixture
def place(session: Session) -> Application:
    return placed(session)


def placed(session: Session, **also: object) -> Application:
    return ApplicationFactory(**{"opportunity": session.opportunity, "state": "accepted", **also})


def say(place: Application, session: Session, *, coming: bool) -> None:
    with at(DAY_BEFORE - timedelta(days=3)):
        attendance.say(
            application=place,
            occasion=occasions.of_session(session, session.opportunity),
            coming=coming,
            by=None,
        )


def remind(moment: datetime = DAY_BEFORE) -> list[Notification]:
    """Do the day's work at this time; give all that people have been told."""
    with at(moment):
        handler_for("day.sessions").work(1, lease_on("day.sessions", 1))
    return list(Notification.objects.filter(kind="attendance.reminder").order_by("pk"))


def test_who_has_a_place_reads_when_where_whom_to_ask_for_and_how_to_say_no(session, place):
    [told] = remind()
    assert told.recipient == place.volunteer.user
    assert told.subject == "Wednesday 2 June, 6pm: “Cook lunch”"
    assert "have not said yet whether you come" in told.body
    assert "When: Wednesday 2 June, 6pm to 8pm" in told.body
    assert "Where: Church hall, HA1 1AA" in told.body
    assert "Whom to ask for: somebody from Kitchen" in told.body
    assert "press “I cannot come”" in told.body
    assert told.link == "/me/volunteering/"


def test_who_said_that_they_come_is_reminded_of_that_and_who_cannot_is_left_alone(session, place):
    say(place, session, coming=True)
    say(placed(session), session, coming=False)
    [told] = remind()
    assert told.recipient == place.volunteer.user
    assert "You said that you come to “Cook lunch”." in told.body


def test_each_is_told_once_on_the_day_before_or_when_the_work_was_late(session, place):
    assert not remind(DAY_BEFORE - timedelta(days=1))
    assert len(remind()) == 1
    assert len(remind()) == 1
    # The group writes the same date anew, which makes another row.
    Session.objects.all().delete()
    SessionFactory(opportunity=session.opportunity, starts_at=SESSION)
    assert len(remind(SESSION - timedelta(hours=2))) == 1
    late = placed(session)
    assert [one.recipient for one in remind(SESSION - timedelta(hours=1))][1:] == [
        late.volunteer.user
    ]
    placed(session)
    assert len(remind(SESSION)) == 2, "it has begun"


def test_no_place_no_reminder(session):
    for state in ("submitted", "offered", "declined", "ended", "withdrawn"):
        placed(session, state=state)
    assert not remind()


def test_a_session_that_is_not_held_any_more(session, place):
    say(place, session, coming=True)
    with at(DAY_BEFORE - timedelta(days=1)):
        roles.update(opportunity=session.opportunity, sessions=[], by=None)
    assert not remind()


@pytest.mark.parametrize(("because", "number"), [("over", 0), ("found", 1)])
def test_a_closed_role_goes_on_unless_it_is_over(session, place, because, number):
    Opportunity.objects.update(status="closed", closed_because=because)
    assert len(remind()) == number


def test_a_stopped_group(session, place):
    session.opportunity.organisation.suspended_at = DAY_BEFORE
    session.opportunity.organisation.save()
    assert not remind()


def test_who_was_told_of_a_session_made_shortly_before_it_is_not_told_again(session):
    """Nobody is told of a new date: only who has said that they come has read of it."""
    has_read, has_not = placed(session), placed(session)
    Session.objects.update(created_at=SESSION - timedelta(hours=23))
    say(has_read, session, coming=True)
    assert [told.recipient for told in remind()] == [has_not.volunteer.user]


def test_weekly_times_and_sessions_of_other_days_are_left_out(session, place):
    ApplicationFactory(opportunity__weekly_slots=1 << 8, state="accepted")
    SessionFactory(opportunity=session.opportunity, starts_at=SESSION + timedelta(days=1))
    assert len(remind()) == 1


def test_whoever_lost_the_work_tells_nobody(session, place):
    lease = lease_on("day.sessions", 1)
    lose(lease)
    with at(DAY_BEFORE), pytest.raises(LeaseLostError):
        handler_for("day.sessions").work(1, lease)
    assert not Notification.objects.exists()


@pytest.mark.usefixtures("place")
class TestWays:
    """By mail and text as the person chose, in their language."""

    @pytest.fixture
    def told(self, session, place, settings):
        settings.LOCAL_OUTBOX = True

        def told(**chosen: object) -> Notification:
            user = place.volunteer.user
            user.phone = "07700 900123"
            user.preferred_language = "gu"
            user.save()
            preferences.choose(user=user, topic=REMINDERS, by=None, **chosen)
            [message] = remind()
            with at(DAY_BEFORE):
                for kind in ("notification.created", "notification.text"):
                    handler_for(kind).work(message.pk, lease_on(kind, message.pk))
            return message

        return told

    def test_a_digest_would_come_too_late(self, told, mailoutbox):
        message = told(by_mail=ByMail.WEEKLY, by_text=True)
        assert [mail.subject for mail in mailoutbox] == [message.subject]
        assert SentText.objects.count() == 1
        assert "Cook lunch" in message.subject
        assert "You have a place" not in message.body

    def test_both_can_be_switched_off(self, told, mailoutbox):
        told(by_mail=ByMail.NEVER, by_text=False)
        assert not mailoutbox
        assert not SentText.objects.exists()


@pytest.mark.parametrize(("minutes", "sent"), [(-1, 1), (0, 0)])
@pytest.mark.parametrize("state", ["waiting", "late"])
def test_what_could_not_be_sent_before_the_session_has_begun_is_not_sent(
    session, place, settings, mailoutbox, state, minutes, sent
):
    settings.LOCAL_OUTBOX = True
    settings.QUIET_HOURS = ""
    user = place.volunteer.user
    user.phone = "07700 900123"
    user.save()
    preferences.choose(user=user, topic=REMINDERS, by_mail=ByMail.NOW, by_text=True, by=None)
    [message] = remind()
    Notification.objects.update(email_state=state)
    with at(SESSION + timedelta(minutes=minutes)):
        for kind in ("notification.created", "notification.text"):
            handler_for(kind).work(message.pk, lease_on(kind, message.pk))
    message.refresh_from_db()
    assert (len(mailoutbox), SentText.objects.count()) == (sent, sent)
    assert (message.email_state, message.text_state) == (("sent",) if sent else ("none",)) * 2


@pytest.mark.parametrize("people", [1, 3])
def test_asks_as_often_for_many_people_as_for_one(session, people, django_assert_num_queries):
    """Beside what it takes to tell each of them: here nobody is told."""
    for _one in range(people):
        say(placed(session), session, coming=False)
    with at(DAY_BEFORE):
        lease = lease_on("day.sessions", 1)
        with django_assert_num_queries(7):
            handler_for("day.sessions").work(1, lease)
