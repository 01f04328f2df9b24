"""Joining and leaving lists, and where somebody stands."""

from datetime import timedelta

import pytest

from accounts.models import AuditEntry
from core.clock import now
from core.errors import Conflict, NotAllowed
from core.models import Activity
from notifications.models import Notification
from opportunities.models import Opportunity
from placements import queues
from placements.models import WaitingListEntry
from placements.services import applications, timed_offers, waiting_lists
from tests.factories.core import chosen
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory

pytestmark = pytest.mark.django_db


def activity(code: str) -> Activity:
    (found,) = chosen(Activity, code)
    return found


def reload(entry: WaitingListEntry) -> WaitingListEntry:
    entry.refresh_from_db()
    return entry


def test_joining_a_full_role_is_audited_and_goes_to_the_end() -> None:
    role = OpportunityFactory(full=True)
    first = WaitingListEntryFactory(opportunity=role)
    person = VolunteerFactory()

    entry = waiting_lists.join_role(volunteer=person, opportunity=role, by=person.user)

    (standing,) = queues.standings_of(person)
    assert (standing.position, standing.length) == (2, 2)
    assert queues.waiting_for(role) == 2
    (ahead,) = queues.standings_of(first.volunteer)
    assert ahead.position == 1
    assert AuditEntry.objects.about(entry).get().action == "waiting_list.joined"


def test_a_role_with_too_many_pending_has_a_list_and_an_open_one_has_none() -> None:
    role = OpportunityFactory(places=1, applications_pending=3)
    waiting_lists.join_role(volunteer=VolunteerFactory(), opportunity=role, by=None)
    with pytest.raises(Conflict) as refused:
        waiting_lists.join_role(
            volunteer=VolunteerFactory(), opportunity=OpportunityFactory(), by=None
        )
    assert refused.value.code == "no_waiting_list"


@pytest.mark.parametrize(
    ("role", "error"),
    [
        ({"full": True, "minimum_age": 60}, NotAllowed),
        ({"full": True, "organisation__suspended": True}, Conflict),
        ({"full": True, "closes_on": now().date() - timedelta(days=2)}, Conflict),
        ({"closed": True}, Conflict),
    ],
)
def test_a_list_opens_no_other_gate(role: dict, error: type[Exception]) -> None:
    with pytest.raises(error):
        waiting_lists.join_role(
            volunteer=VolunteerFactory(), opportunity=OpportunityFactory(**role), by=None
        )
    assert not WaitingListEntry.objects.exists()


def test_who_asked_before_cannot_wait_for_the_same_role() -> None:
    application = ApplicationFactory(
        state="declined", opportunity=OpportunityFactory(full=True, places=1)
    )
    with pytest.raises(Conflict) as refused:
        waiting_lists.join_role(
            volunteer=application.volunteer, opportunity=application.opportunity, by=None
        )
    assert refused.value.code == "not_applied_before"


def test_once_on_a_list_and_on_five_at_most() -> None:
    person = VolunteerFactory()
    for code in ("gardening", "cooking", "advice", "mentoring"):
        waiting_lists.join_kind(volunteer=person, activity=activity(code), by=None)
    with pytest.raises(Conflict) as twice:
        waiting_lists.join_kind(volunteer=person, activity=activity("cooking"), by=None)
    assert twice.value.code == "on_the_list_already"
    waiting_lists.join_kind(volunteer=person, activity=activity("design"), by=None)
    with pytest.raises(Conflict) as many:
        waiting_lists.join_kind(volunteer=person, activity=activity("writing"), by=None)
    assert many.value.code == "too_many_lists"


@pytest.mark.parametrize("state", ["declined", "withdrawn", "lapsed"])
def test_who_asked_for_a_role_in_vain_no_longer_waits_for_it(state: str) -> None:
    application = ApplicationFactory(state=state)
    of_role = WaitingListEntryFactory(
        volunteer=application.volunteer,
        opportunity=application.opportunity,
        joined_at=now() - timedelta(days=1),
    )
    of_kind = WaitingListEntryFactory(volunteer=application.volunteer, activity="gardening")

    waiting_lists.follow_application(application=application)

    assert (reload(of_role).state, reload(of_kind).state) == ("left", "waiting")


def test_who_leaves_and_comes_back_stands_at_the_end() -> None:
    first = WaitingListEntryFactory(activity="gardening")
    WaitingListEntryFactory(activity="gardening")
    waiting_lists.leave(entry=first, by=first.volunteer.user)
    with pytest.raises(Conflict):
        waiting_lists.leave(entry=reload(first), by=None)

    waiting_lists.join_kind(volunteer=first.volunteer, activity=activity("gardening"), by=None)

    (standing,) = queues.standings_of(first.volunteer)
    assert (standing.position, standing.length) == (2, 2)
    assert (reload(first).state, first.why_ended) == ("left", "chose")


def test_standings_take_the_same_queries_for_many(django_assert_max_num_queries) -> None:
    person = VolunteerFactory()
    for code in ("gardening", "cooking", "advice"):
        WaitingListEntryFactory.create_batch(2, activity=code)
        WaitingListEntryFactory(activity=code, volunteer=person)
    with django_assert_max_num_queries(3):
        standings = queues.standings_of(person)
    assert [(one.position, one.length) for one in standings] == [(3, 3)] * 3


def test_with_a_place_they_leave_what_it_answers_and_are_asked_about_the_rest() -> None:
    application = ApplicationFactory(opportunity=OpportunityFactory(activities=["gardening"]))
    person = application.volunteer
    same = WaitingListEntryFactory(volunteer=person, activity="gardening")
    other = WaitingListEntryFactory(volunteer=person, activity="cooking")
    applications.accept(application=application, by=None)

    for __ in range(2):
        waiting_lists.follow_application(application=application)

    assert reload(same).state == "placed"
    assert reload(other).state == "waiting"
    assert Notification.objects.filter(kind="waiting.still").count() == 1


def test_a_closed_role_tells_its_list_once() -> None:
    entry = WaitingListEntryFactory(opportunity=OpportunityFactory(full=True))
    role = entry.opportunity
    assert waiting_lists.close_for(opportunity=role) == 0
    Opportunity.objects.filter(pk=role.pk).update(status="closed")
    role.refresh_from_db()
    assert waiting_lists.close_for(opportunity=role) == 1
    assert waiting_lists.close_for(opportunity=role) == 0
    assert (reload(entry).state, entry.why_ended) == ("left", "role_closed")
    assert Notification.objects.filter(kind="waiting.role_closed").count() == 1


def test_what_became_of_an_earlier_application_does_not_end_a_later_wait() -> None:
    """The job that follows an application may run again at any time."""
    first = ApplicationFactory(state="withdrawn", state_since=now() - timedelta(days=3))
    back = WaitingListEntryFactory(volunteer=first.volunteer, opportunity=first.opportunity)

    waiting_lists.follow_application(application=first)

    back.refresh_from_db()
    assert back.state == "waiting"


def test_an_earlier_application_says_nothing_of_an_offer_that_was_taken_up_since() -> None:
    role = OpportunityFactory(places=2)
    first = ApplicationFactory(state="withdrawn", opportunity=role)
    entry = WaitingListEntryFactory(volunteer=first.volunteer, opportunity=role)
    offer = timed_offers.make(entry=entry, opportunity=role)
    assert offer is not None
    timed_offers.take_up(offer=offer, by=None)

    waiting_lists.follow_application(application=first)

    entry.refresh_from_db()
    assert entry.state == "offered"
