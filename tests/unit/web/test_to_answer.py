"""What waits for a person's answer, said first."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.clock import now
from matching.models import Suggestion
from matching.services import hiding, suggestions
from placements.services import applications, conversations, timed_offers
from placements.states import Mover
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from tests.factories.waiting import WaitingListEntryFactory
from tests.unit.web.pages import text_of
from web.to_answer import to_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def volunteer(client):
    volunteer = VolunteerFactory(last_used_at=now())
    client.force_login(volunteer.user)
    return volunteer


def suggested(volunteer, role) -> Suggestion:
    return suggestions.refer(volunteer=volunteer, opportunity=role, by=UserFactory(broker=True))


@pytest.mark.parametrize("page", ["web:recommended-roles", "web:applications"])
def test_offers_invitations_and_suggestions_come_first_by_what_runs_out(client, volunteer, page):
    suggestion = suggested(volunteer, OpportunityFactory(title="Suggested"))
    invited = ApplicationFactory(volunteer=volunteer, state="invited")
    offered = ApplicationFactory(
        volunteer=volunteer, state="offered", answer_by=now() + timedelta(hours=5)
    )
    kept_role = OpportunityFactory(places=1)
    entry = WaitingListEntryFactory(volunteer=volunteer, opportunity=kept_role)
    kept = timed_offers.make(entry=entry, opportunity=kept_role)

    assert [one.address for one in to_answer(volunteer)] == [
        reverse("web:application", args=[offered.pk]),
        reverse("web:timed-offer", args=[kept.pk]),
        reverse("web:suggestion", args=[suggestion.pk]),
        reverse("web:application", args=[invited.pk]),
    ]
    words = text_of(client.get(reverse(page)))
    assert "Waiting for your answer" in words
    assert "The volunteer centre suggests “Suggested”. Say yes or no thanks by" in words


def test_what_is_over_or_of_others_waits_for_nobody(client, volunteer):
    past = now() - timedelta(minutes=1)
    ApplicationFactory(volunteer=volunteer, state="offered", answer_by=past)
    ApplicationFactory(volunteer=volunteer, state="accepted")
    ApplicationFactory(state="offered")
    assert to_answer(volunteer) == []
    assert "Waiting for your answer" not in text_of(client.get("/me/"))


def test_who_wrote_to_a_group_that_would_like_to_talk_waits_for_it(client, volunteer):
    invited = ApplicationFactory(volunteer=volunteer, state="invited")
    page = reverse("web:application", args=[invited.pk])
    assert "Write to them in the messages below by" in text_of(client.get(page))

    conversations.write(application=invited, side=Mover.VOLUNTEER, words="Monday?", by=None)
    assert to_answer(volunteer) == []
    assert "We ask it to answer you by" in text_of(client.get(page))

    conversations.write(application=invited, side=Mover.GROUP, words="Or Tuesday?", by=None)
    assert [one.address for one in to_answer(volunteer)] == [page]


def test_asking_for_a_role_that_is_suggested_is_a_yes(volunteer):
    role = OpportunityFactory()
    suggestion = suggested(volunteer, role)
    application = applications.submit(volunteer=volunteer, opportunity=role, by=volunteer.user)

    for _ in range(2):
        suggestions.follow_application(application=application)

    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.application) == ("accepted", application)


def test_hiding_a_role_that_is_suggested_is_a_no(volunteer):
    role = OpportunityFactory()
    suggestion = suggested(volunteer, role)

    hiding.hide(
        volunteer=volunteer, opportunity=role, reason="too_far", surface="page", by=volunteer.user
    )

    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.reason) == ("refused", "too_far")


def test_the_page_of_a_suggested_role_leads_to_the_answer(client, volunteer):
    role = OpportunityFactory()
    suggestion = suggested(volunteer, role)
    page = client.get(reverse("web:role", args=[role.pk])).content.decode()
    assert reverse("web:suggestion", args=[suggestion.pk]) in page
