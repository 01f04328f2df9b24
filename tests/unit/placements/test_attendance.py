"""Who means to come, who was there, and the code at the door."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accounts.models import AuditEntry
from core.clock import now, today
from core.errors import Conflict, InvalidInput, NotFound
from notifications.models import Notification
from opportunities.services import roles
from placements import check_in, occasions
from placements.models import Application, Attendance, HoursEntry
from placements.occasions import Occasion, of_session
from placements.services import attendance, hours
from tests.factories.opportunities import MembershipFactory, OpportunityFactory, SessionFactory
from tests.factories.placements import ApplicationFactory

pytestmark = pytest.mark.django_db

#: In London it is summer: seven in the evening is six in UTC.
SUMMER = datetime(2027, 6, 1, 18, tzinfo=UTC)


@pytest.fixture
def place() -> Application:
    return ApplicationFactory(state="accepted")


@pytest.fixture
def session(place) -> Occasion:
    """A session that begins in a minute."""
    start = now() + timedelta(minutes=1)
    role = place.opportunity
    made = SessionFactory(
        opportunity=role, starts_at=start, ends_at=start + timedelta(hours=1, minutes=50)
    )
    return of_session(made, role)


def later(minutes: int) -> time_machine.travel:
    return time_machine.travel(now() + timedelta(minutes=minutes), tick=False)


class TestSaying:
    def test_a_person_says_that_they_come_and_changes_their_mind(self, place, session):
        said = attendance.say(application=place, occasion=session, coming=True, by=None)
        assert said.state == "coming"
        again = attendance.say(application=place, occasion=session, coming=False, by=None)
        assert (again.pk, again.state, again.session) == (said.pk, "not_coming", session.session)

    def test_who_said_so_is_told_once_that_the_date_is_taken_out(self, place, session):
        attendance.say(application=place, occasion=session, coming=True, by=None)
        other = ApplicationFactory(opportunity=place.opportunity, state="accepted")
        attendance.say(application=other, occasion=session, coming=False, by=None)
        assert attendance.follow_dates(place.opportunity_id) == 0

        roles.update(opportunity=place.opportunity, sessions=[], by=None)

        assert attendance.follow_dates(place.opportunity_id) == 1
        assert attendance.follow_dates(place.opportunity_id) == 0
        told = Notification.objects.get(kind="attendance.date_taken_out")
        assert told.recipient == place.volunteer.user
        assert "do not go there then" in told.body

    def test_who_said_nothing_is_told_too_and_the_groups_own_people_are_not(self, place, session):
        role = place.opportunity
        own = ApplicationFactory(opportunity=role, state="accepted")
        MembershipFactory(user=own.volunteer.user, organisation=role.organisation)
        asks = ApplicationFactory(opportunity=role)

        roles.update(opportunity=role, sessions=[], by=None)

        assert attendance.follow_dates(role.pk) == 1
        assert attendance.follow_dates(role.pk) == 0
        told = Notification.objects.get(kind="attendance.date_taken_out")
        assert told.recipient == place.volunteer.user != asks.volunteer.user

    def test_a_date_that_is_back_before_anybody_was_told_is_no_news(self, place, session):
        role, kept = place.opportunity, session.session
        times = [(kept.starts_at, kept.ends_at)]
        roles.update(opportunity=role, sessions=[], by=None)
        roles.update(opportunity=role, sessions=times, by=None)
        assert attendance.follow_dates(role.pk) == 0

    def test_what_was_said_of_it_stays_then(self, place, session):
        role, kept = place.opportunity, session.session
        cannot = ApplicationFactory(opportunity=role, state="accepted")
        attendance.say(application=place, occasion=session, coming=True, by=None)
        attendance.say(application=cannot, occasion=session, coming=False, by=None)
        roles.update(opportunity=role, sessions=[], by=None)
        roles.update(opportunity=role, sessions=[(kept.starts_at, kept.ends_at)], by=None)

        assert attendance.follow_dates(role.pk) == 0

        said = Attendance.objects.filter(session=role.sessions.get())
        assert {row.application: row.state for row in said} == {
            place: "coming",
            cannot: "not_coming",
        }

    def test_of_a_date_that_is_back_later_people_are_asked_anew(self, place, session):
        role, kept = place.opportunity, session.session
        attendance.say(application=place, occasion=session, coming=True, by=None)
        roles.update(opportunity=role, sessions=[], by=None)
        assert attendance.follow_dates(role.pk) == 1
        assert place.attendances.get().state == "not_coming"
        roles.update(opportunity=role, sessions=[(kept.starts_at, kept.ends_at)], by=None)

        assert attendance.follow_dates(role.pk) == 0

        assert not place.attendances.exists(), "they never said that they cannot come"
        again = of_session(role.sessions.get(), role)
        attendance.say(application=place, occasion=again, coming=True, by=None)
        assert attendance.follow_dates(role.pk) == 0
        assert place.attendances.get().state == "coming"

    def test_a_group_is_asked_about_days_since_somebody_had_a_place(self):
        assert attendance.first_day(OpportunityFactory()) is None
        begun = ApplicationFactory(state="started", answered_at=now() - timedelta(days=9))
        role = begun.opportunity
        ended = {"state": "ended", "answered_at": now() - timedelta(days=30)}
        ApplicationFactory(opportunity=role, **ended)
        assert attendance.first_day(role) == today() - timedelta(days=30)
        ten_days_ago = Occasion(role, today() - timedelta(days=10))
        assert not attendance.expected(ten_days_ago).exists()
        assert list(attendance.expected(Occasion(role, today()))) == [begun]

    def test_not_once_it_has_begun(self, place, session):
        with later(2), pytest.raises(Conflict):
            attendance.say(application=place, occasion=session, coming=True, by=None)

    @pytest.mark.parametrize("state", ["submitted", "offered", "ended", "withdrawn"])
    def test_only_with_a_place(self, state):
        other = ApplicationFactory(state=state)
        with pytest.raises(Conflict):
            attendance.say(
                application=other,
                occasion=Occasion(other.opportunity, today()),
                coming=True,
                by=None,
            )

    def test_what_was_said_stays_when_the_group_changes_other_dates(self, place, session):
        attendance.say(application=place, occasion=session, coming=True, by=None)
        times = (session.session.starts_at, session.session.ends_at)
        other = (times[0] + timedelta(days=7), times[1] + timedelta(days=7))
        roles.update(opportunity=place.opportunity, by=None, sessions=[times, other])
        assert Attendance.objects.get().session == session.session
        roles.update(opportunity=place.opportunity, by=None, sessions=[other])
        row = Attendance.objects.get()
        assert (row.session, row.starts_at) == (None, times[0])


class TestRecording:
    def test_being_there_starts_the_placement_and_confirms_the_hours(self, place, session):
        place.volunteer.waiting_since = None
        with later(2):
            said = {place.pk: "attended"}
            first = attendance.record(occasion=session, people=said, by=None)
            again = attendance.record(occasion=session, people=said, by=None)
        assert first == attendance.Recorded(changed=1, confirmed=1)
        assert again == attendance.Recorded(changed=0, confirmed=0)
        place.refresh_from_db()
        assert place.state == "started"
        entry = HoursEntry.objects.get()
        assert (entry.minutes, entry.state, entry.day) == (120, "confirmed", session.day)
        assert AuditEntry.objects.filter(action="attendance.recorded").count() == 1

    def test_a_correction_takes_the_hours_back_and_is_told_kindly(self, place, session):
        with later(2):
            attendance.record(occasion=session, people={place.pk: "attended"}, by=None)
            attendance.record(occasion=session, people={place.pk: "no_show"}, by=None)
        assert not HoursEntry.objects.exists()
        told = Notification.objects.get(kind="attendance.missed")
        assert "You keep your place." in told.body
        place.refresh_from_db()
        assert place.state == "started"

    def test_not_before_it_begins_and_nothing_invented(self, place, session):
        with later(-120), pytest.raises(Conflict):
            attendance.record(occasion=session, people={place.pk: "attended"}, by=None)
        with pytest.raises(InvalidInput):
            attendance.record(occasion=session, people={place.pk: "coming"}, by=None)

    def test_somebody_elses_people_are_left_alone(self, place, session):
        other = ApplicationFactory(state="accepted")
        attendance.record(occasion=session, people={other.pk: "attended"}, by=None)
        assert not Attendance.objects.exists()

    def test_on_a_day_without_an_hour_the_group_says_how_long(self, place):
        day = Occasion(place.opportunity, today())
        attendance.record(occasion=day, people={place.pk: "attended"}, minutes=90, by=None)
        assert HoursEntry.objects.get().minutes == 90

    def test_hours_that_the_person_wrote_down_are_not_counted_twice(self, place, session):
        with later(2):
            hours.log(application=place, day=session.day, minutes=60, by=None)
            place.refresh_from_db()
            attendance.record(occasion=session, people={place.pk: "attended"}, by=None)
        assert HoursEntry.objects.get().minutes == 60


class TestCheckIn:
    def test_the_code_is_found_typed_in_any_way_and_works_once(self, place, session):
        code = check_in.code_of(session)
        found, occasion = check_in.find(place.volunteer, f" {code[:3].lower()}-{code[3:]} ")
        assert (found, occasion.session) == (place, session.session)
        for _ in range(2):
            row = attendance.check_in(application=place, occasion=occasion, by=None)
        assert (row.state, row.how) == ("attended", "code")
        entry = HoursEntry.objects.get()
        assert (entry.state, entry.attendance) == ("logged", row)

    def test_the_group_confirms_the_hours_of_who_checked_in_by_the_code(self, place, session):
        here = ApplicationFactory(opportunity=place.opportunity, state="accepted")
        attendance.check_in(application=place, occasion=session, by=None)
        people = {place.pk: "attended", here.pk: "no_show"}
        done = attendance.record(occasion=session, people=people, by=None)
        assert done == attendance.Recorded(changed=2, confirmed=1)
        entry = HoursEntry.objects.get()
        assert (entry.state, entry.minutes, entry.application) == ("confirmed", 120, place)
        assert AuditEntry.objects.filter(action="hours.confirmed").count() == 1
        assert Attendance.objects.get(application=place).how == "code"
        done = attendance.record(occasion=session, people=people, by=None)
        assert done == attendance.Recorded(changed=0, confirmed=0)

    def test_on_a_day_without_an_hour_the_group_says_later_how_long_it_was(self, place):
        day = Occasion(place.opportunity, today())
        attendance.check_in(application=place, occasion=day, by=None)
        assert not HoursEntry.objects.exists()
        said = {place.pk: "attended"}
        nothing = attendance.record(occasion=day, people=said, by=None)
        assert nothing == attendance.Recorded(changed=0, confirmed=0)
        done = attendance.record(occasion=day, people=said, minutes=90, by=None)
        assert done == attendance.Recorded(changed=1, confirmed=1)
        attendance.record(occasion=day, people=said, minutes=60, by=None)
        entry = HoursEntry.objects.get()
        assert (entry.state, entry.minutes) == ("confirmed", 90)

    def test_what_the_group_has_not_seen_it_does_not_confirm(self, place, session):
        row = attendance.check_in(application=place, occasion=session, by=None)
        entry = HoursEntry.objects.get()
        hours.change(entry=entry, day=row.day, minutes=180, by=None)
        with later(2):
            done = attendance.record(occasion=session, people={place.pk: "attended"}, by=None)
        assert done == attendance.Recorded(changed=0, confirmed=0)
        hours.question(entry=entry, words="Three hours?", by=None)
        HoursEntry.objects.update(minutes=120)
        with later(2):
            attendance.record(occasion=session, people={place.pk: "attended"}, by=None)
        assert HoursEntry.objects.get().state == "questioned"

    def test_hours_that_the_person_took_out_do_not_come_back(self, place, session):
        attendance.check_in(application=place, occasion=session, by=None)
        hours.remove(entry=HoursEntry.objects.get(), by=None)
        attendance.record(occasion=session, people={place.pk: "attended"}, by=None)
        assert not HoursEntry.objects.exists()

    def test_what_the_group_said_is_not_undone_by_a_code(self, place, session):
        attendance.record(occasion=session, people={place.pk: "excused"}, by=None)
        row = attendance.check_in(application=place, occasion=session, by=None)
        assert row.state == "excused"

    @pytest.mark.parametrize("minutes", [-61, 60 + 110 + 65])
    def test_not_at_another_time(self, place, session, minutes):
        with later(minutes), pytest.raises(NotFound):
            check_in.find(place.volunteer, check_in.code_of(session))

    def test_not_without_a_place_in_the_role(self, session):
        with pytest.raises(NotFound):
            check_in.find(ApplicationFactory(state="accepted").volunteer, check_in.code_of(session))

    def test_each_time_of_each_role_has_its_own(self, place):
        role = place.opportunity
        days = [Occasion(role, today() + timedelta(days=day)) for day in range(3)]
        days.append(Occasion(OpportunityFactory(), today()))
        codes = {check_in.code_of(day) for day in days}
        assert len(codes) == 4
        assert all(len(code) == 6 and set(code) <= set(check_in.ALPHABET) for code in codes)


class TestOccasions:
    def test_a_session_at_half_past_midnight_is_of_the_day_in_london(self):
        start = datetime(2027, 6, 1, 23, 30, tzinfo=UTC)
        session = SessionFactory(starts_at=start, ends_at=start + timedelta(hours=1))
        assert of_session(session, session.opportunity).day.isoformat() == "2027-06-02"

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            # The clocks go forward at 1am, and back at 2am.
            (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), datetime(2027, 3, 28, 2, 30, tzinfo=UTC)),
            (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 2, 30, tzinfo=UTC)),
        ],
    )
    def test_hours_that_pass_are_counted_when_the_clocks_change(self, start, end):
        session = SessionFactory(starts_at=start, ends_at=end)
        assert of_session(session, session.opportunity).minutes == 120

    @time_machine.travel(SUMMER, tick=False)
    def test_days_of_the_week_come_in_order(self):
        # Monday morning and Wednesday evening.
        role = OpportunityFactory(weekly_slots=0b1 | 0b100 << 6)
        found = [occasion.day.isoformat() for occasion in occasions.ahead(role, most=3)]
        assert found == ["2027-06-02", "2027-06-07", "2027-06-09"]
        back = [
            occasion.day.isoformat()
            for occasion in occasions.lately(role, most=2, since=date(2027, 1, 1))
        ]
        assert back == ["2027-05-31", "2027-05-26"]
        assert not occasions.lately(role, most=2, since=date(2027, 6, 1))
        with pytest.raises(NotFound):
            occasions.day_of(role, today())
