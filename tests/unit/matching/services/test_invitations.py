"""An invitation is sent once, while person and role are still to be had, and its outcome noted."""

from typing import Any

import pytest

from core.clock import now
from core.models import Fact
from core.outbox.leases import Lease, LeaseLostError
from matching.models import Invitation
from matching.selectors import recommended_roles
from matching.services import impressions, invitations
from notifications.models import Notification
from opportunities.models import Opportunity
from tests.factories.core import lease_on, lose
from tests.factories.matching import RecommendationFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.placements import ApplicationFactory
from tests.factories.volunteers import VolunteerFactory
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation() -> Invitation:
    person = VolunteerFactory(causes=["animals"], waiting_since=now())
    role = OpportunityFactory(title="Walk dogs", causes=["animals"])
    return Invitation.objects.create(volunteer=person, opportunity=role, made_at=now())


def lease(invitation: Invitation) -> Lease:
    return lease_on("invitation.made", invitation.pk)


def test_message_says_which_role_why_and_how_to_stop(invitation: Invitation) -> None:
    assert invitations.send(invitation.pk, lease(invitation))
    message = Notification.objects.get()
    assert message.recipient == invitation.volunteer.user
    assert message.subject == "A role that may suit you: “Walk dogs”"
    assert "You said you care about animals" in message.body
    assert "turn them off in your profile" in message.body
    assert message.link == f"/roles/{invitation.opportunity_id}/"
    assert Fact.objects.filter(kind="notification.created", subject_id=message.pk).exists()
    invitation.refresh_from_db()
    assert invitation.sent_at is not None


def test_sent_twice_is_sent_once(invitation: Invitation) -> None:
    held = lease(invitation)
    assert invitations.send(invitation.pk, held)
    assert not invitations.send(invitation.pk, held)
    assert Notification.objects.count() == 1


def test_lost_lease_sends_nothing(invitation: Invitation) -> None:
    held = lease(invitation)
    lose(held)
    with pytest.raises(LeaseLostError):
        invitations.send(invitation.pk, held)
    assert not Notification.objects.exists()
    assert Invitation.objects.to_send().exists()


@pytest.mark.parametrize(
    ("of", "change"),
    [
        (Volunteer, {"welcomes_invitations": False}),
        (Volunteer, {"paused_at": now()}),
        (Volunteer, {"waiting_since": None}),
        (Opportunity, {"status": "closed"}),
        (Opportunity, {"places_taken": 2, "status": "full"}),
        (Opportunity, {"applications_pending": 9}),
        (Opportunity, {"applications_pending": 2}),
    ],
    ids=["wants none", "paused", "placed", "closed", "full", "door closed", "enough asked"],
)
def test_dropped_when_it_came_too_late(
    invitation: Invitation, of: Any, change: dict[str, Any]
) -> None:
    of.objects.update(**change)
    assert not invitations.send(invitation.pk, lease(invitation))
    invitation.refresh_from_db()
    assert (invitation.sent_at, Notification.objects.count()) == (None, 0)
    assert invitation.dropped_at is not None


def test_dropped_for_who_asked_for_the_role_meanwhile(invitation: Invitation) -> None:
    ApplicationFactory(volunteer=invitation.volunteer, opportunity=invitation.opportunity)
    assert not invitations.send(invitation.pk, lease(invitation))


def test_what_came_of_it_is_noted(invitation: Invitation) -> None:
    person, role = invitation.volunteer, invitation.opportunity
    impressions.opened(person, role, "page")
    invitation.refresh_from_db()
    assert invitation.opened_at is None  # it was not sent yet
    invitations.send(invitation.pk, lease(invitation))
    impressions.opened(person, role, "page")
    impressions.applied(person, role, "page")
    impressions.hidden(person, role, "page", reason="other")
    invitation.refresh_from_db()
    assert invitation.opened_at is not None
    assert invitation.answer == Invitation.Answer.APPLIED


def test_list_marks_the_role(invitation: Invitation) -> None:
    person, role = invitation.volunteer, invitation.opportunity
    entry: dict[str, Any] = {"role": role.pk, "score": 0.5, "km": None, "parts": {}, "reasons": []}
    RecommendationFactory(volunteer=person, items=[entry])
    assert [item.is_invited for item in recommended_roles(person).items] == [False]
    invitations.send(invitation.pk, lease(invitation))
    assert [item.is_invited for item in recommended_roles(person).items] == [True]
