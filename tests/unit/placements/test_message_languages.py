"""People are written to in their own language, whoever is at work."""

from datetime import timedelta

import pytest
from django.utils import translation

from core.clock import LONDON, now
from core.dates import near_day
from matching.services import suggestions
from notifications.models import Notification
from placements.models import Application
from placements.services import (
    applications,
    messages,
    timed_offers,
    volunteering_messages,
    waiting_messages,
)
from placements.states import Move
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import MembershipFactory, OpportunityFactory
from tests.factories.placements import ApplicationFactory, HoursEntryFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _languages(settings):
    settings.LANGUAGES = [("en-gb", "English"), ("pl", "Polski")]


@pytest.fixture
def person():
    return VolunteerFactory(user__preferred_language="pl")


def day_in(language, moment):
    with translation.override(language):
        return near_day(moment.astimezone(LONDON).date())


def told(person) -> str:
    return Notification.objects.filter(recipient=person.user).latest("pk").body


def test_who_asks_reads_by_when_in_their_language(person):
    role = OpportunityFactory()
    applications.submit(volunteer=person, opportunity=role, by=person.user)
    assert day_in("pl", now() + timedelta(days=10)) in told(person)


def test_who_is_offered_a_place_or_reminded_of_it(person):
    end = now() + timedelta(days=3)
    offered = ApplicationFactory(volunteer=person, state="offered", answer_by=end)
    messages.offer_reminder(offered)
    assert day_in("pl", end) in told(person)
    role = OpportunityFactory(places=1)
    entry = WaitingListEntryFactory(volunteer=person, opportunity=role)
    timed_offers.make(entry=entry, opportunity=role)
    assert day_in("pl", end) in told(person)


def test_whom_the_centre_writes_to_though_it_speaks_english(person):
    role = OpportunityFactory()
    suggestions.refer(volunteer=person, opportunity=role, by=UserFactory(broker=True))
    assert day_in("pl", now() + timedelta(days=7)) in told(person)


def test_hours_for_the_person_and_questions_for_the_group(person):
    entry = HoursEntryFactory(application__volunteer=person)
    member = MembershipFactory(organisation=entry.application.opportunity.organisation)
    volunteering_messages.hours_recorded(entry)
    assert day_in("pl", now()) in told(person)
    with translation.override("pl"):
        volunteering_messages.hours_questioned(entry)
    assert day_in("en-gb", now()) in Notification.objects.get(recipient=member.user).body


def test_an_answer_leaves_the_language_of_whoever_gave_it(person):
    member = MembershipFactory()
    application = ApplicationFactory(
        volunteer=person, opportunity__organisation=member.organisation
    )
    with translation.override("en-gb"):
        applications.acknowledge(application=application, by=member.user)
        assert translation.get_language() == "en-gb"
    assert Application.objects.get().state == "acknowledged"
    assert day_in("pl", now() + timedelta(days=10)) in told(person)


@pytest.mark.parametrize("state", ["closed", "over", "passed on"])
def test_what_happened_stands_before_a_long_title_in_the_subject(person, state):
    role = OpportunityFactory(places=1, title="Zinnia " * 15)
    if state == "passed on":
        entry = WaitingListEntryFactory(volunteer=person, opportunity=role)
        offer = timed_offers.make(entry=entry, opportunity=role)
        waiting_messages.not_answered(offer, stays=False)
    else:
        reason = "time_over" if state == "over" else ""
        application = ApplicationFactory(
            volunteer=person, opportunity=role, state="lapsed", reason=reason
        )
        if reason:
            messages.moved(application, Move.LAPSE)
        else:
            messages.refused(application, "")
    subject = Notification.objects.filter(recipient=person.user).latest("pk").subject
    assert 10 < subject.index("„") < 50
