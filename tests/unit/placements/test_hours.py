"""Hours: written down by either side, confirmed by the group."""

from datetime import timedelta

import pytest

from accounts.models import AuditEntry
from core.clock import now, today
from core.errors import Conflict, InvalidInput
from notifications.models import Notification
from placements import volunteering
from placements.models import Application, HoursEntry
from placements.services import hours
from placements.services.hours import Tick
from placements.wording import hours_in_words
from tests.factories.opportunities import MembershipFactory
from tests.factories.placements import ApplicationFactory, HoursEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Application:
    place = ApplicationFactory(state="accepted")
    Application.objects.filter(pk=place.pk).update(answered_at=now() - timedelta(days=30))
    place.refresh_from_db()
    return place


def entry_of(place: Application, **fields) -> HoursEntry:
    return HoursEntryFactory(application=place, **fields)


def test_the_first_hours_start_a_placement(place):
    entry = hours.log(application=place, day=today(), minutes=150, what=" Soup ", by=None)
    assert (entry.state, entry.minutes, entry.what) == ("logged", 150, "Soup")
    place.refresh_from_db()
    assert place.state == "started"
    assert AuditEntry.objects.get(action="hours.logged").details == {"minutes": 150}


@pytest.mark.parametrize(
    ("minutes", "days", "field"),
    [
        (0, 0, "hours"),
        (20, 0, "hours"),
        (-15, 0, "hours"),
        (16 * 60 + 15, 0, "hours"),
        (60, 1, "day"),
        (60, -31, "day"),
    ],
)
def test_what_cannot_be_is_refused(place, minutes, days, field):
    with pytest.raises(InvalidInput) as refused:
        hours.log(application=place, day=today() + timedelta(days=days), minutes=minutes, by=None)
    assert set(refused.value.fields) == {field}
    assert not HoursEntry.objects.exists()


def test_a_day_has_16_hours_in_all_roles_together(place):
    other = ApplicationFactory(volunteer=place.volunteer, state="started")
    entry_of(other, minutes=15 * 60)
    with pytest.raises(InvalidInput):
        hours.log(application=place, day=today(), minutes=75, by=None)
    hours.log(application=place, day=today(), minutes=60, by=None)


def test_after_the_end_only_days_before_it(place):
    Application.objects.update(state="ended", state_since=now() - timedelta(days=3))
    place.refresh_from_db()
    hours.log(application=place, day=today() - timedelta(days=3), minutes=60, by=None)
    with pytest.raises(InvalidInput):
        hours.log(application=place, day=today() - timedelta(days=2), minutes=60, by=None)
    place.refresh_from_db()
    assert place.state == "ended"


@pytest.mark.parametrize("state", ["submitted", "withdrawn", "declined"])
def test_only_with_a_place(state):
    with pytest.raises(Conflict):
        hours.log(application=ApplicationFactory(state=state), day=today(), minutes=60, by=None)


def test_a_group_confirms_many_as_seen_or_changed(place):
    same, other, changed = (entry_of(place, minutes=minutes) for minutes in (60, 75, 90))
    stranger = HoursEntryFactory()
    HoursEntry.objects.filter(pk=changed.pk).update(minutes=120)
    done = hours.confirm(
        organisation=place.opportunity.organisation,
        ticks={
            same.pk: Tick(60, 60),
            other.pk: Tick(75, 60),
            changed.pk: Tick(90, 90),
            stranger.pk: Tick(120, 120),
        },
        by=None,
    )
    assert (done.done, done.changed_meanwhile) == (2, 2)
    assert list(HoursEntry.objects.confirmed().order_by("pk")) == [same, other]
    assert HoursEntry.objects.get(pk=other.pk).minutes == 60
    told = Notification.objects.get()
    assert told.kind == "hours.corrected"
    assert "1.25 hours" in told.body
    assert "confirmed 1 hour." in told.body


def test_a_correction_that_cannot_be_confirms_nothing(place):
    first, second = entry_of(place), entry_of(place)
    with pytest.raises(InvalidInput):
        hours.confirm(
            organisation=place.opportunity.organisation,
            ticks={first.pk: Tick(120, 120), second.pk: Tick(120, 20)},
            by=None,
        )
    assert not HoursEntry.objects.confirmed().exists()


def test_a_question_is_told_and_answered_by_a_change(place):
    entry = entry_of(place)
    hours.question(entry=entry, words="Was that Monday?", by=None)
    assert "Was that Monday?" in Notification.objects.get(kind="hours.questioned").body
    changed = hours.change(entry=entry, day=today(), minutes=60, by=None)
    assert (changed.state, changed.question, changed.minutes) == ("logged", "", 60)


def test_what_is_confirmed_cannot_be_changed_but_objected_to(place):
    member = MembershipFactory(organisation=place.opportunity.organisation).user
    entry = hours.record(application=place, day=today(), minutes=60, by=member)
    assert entry.state == "confirmed"
    assert Notification.objects.get().kind == "hours.recorded"
    for service in (
        lambda: hours.change(entry=entry, day=today(), minutes=30, by=None),
        lambda: hours.remove(entry=entry, by=None),
        lambda: hours.question(entry=entry, words="Really?", by=None),
    ):
        with pytest.raises(Conflict):
            service()
    hours.object_to(entry=entry, words="It was two hours.", by=None)
    entry.refresh_from_db()
    assert (entry.state, entry.questioned_by, entry.confirmed_at) == (
        "questioned",
        "volunteer",
        None,
    )
    assert Notification.objects.get(kind="hours.objected").recipient == member


def test_a_question_has_words(place):
    with pytest.raises(InvalidInput):
        hours.question(entry=entry_of(place), words="  ", by=None)


def test_what_is_not_confirmed_can_be_taken_out(place):
    hours.remove(entry=entry_of(place), by=None)
    assert not HoursEntry.objects.exists()
    assert AuditEntry.objects.get(action="hours.removed").details == {"minutes": 120}


def test_totals_by_role_and_month(place, django_assert_num_queries):
    entry_of(place, minutes=60, state="confirmed", confirmed_at=now())
    entry_of(place, minutes=15)
    entry_of(place, day=today() - timedelta(days=70), minutes=30)
    HoursEntryFactory()
    with django_assert_num_queries(5):
        (held,), over = volunteering.places_of(place.volunteer)
    assert (held.minutes.confirmed, held.minutes.open, over) == (60, 45, [])
    months = volunteering.months_of(place.volunteer)
    assert [month.minutes.confirmed + month.minutes.open for month in months] == [75, 30]
    assert months[0].first == today().replace(day=1)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(60, "1 hour"), (120, "2 hours"), (150, "2.5 hours"), (15, "0.25 hours"), (0, "0 hours")],
)
def test_hours_in_words(minutes, words):
    assert hours_in_words(minutes) == words
