"""Taking a suggestion back: who hears of it."""

import pytest

from accounts.models import User
from core.clock import now
from core.errors import Conflict
from desk.models import Telling
from desk.services import referring
from matching.models import Suggestion
from matching.services import suggestions
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.opportunities import OpportunityFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def broker() -> User:
    return UserFactory(broker=True)


def suggested_to(broker: User, **person: object) -> Suggestion:
    volunteer = VolunteerFactory(waiting_since="2026-01-01T00:00Z", **person)
    role = OpportunityFactory(title="Pour tea")
    return suggestions.refer(volunteer=volunteer, opportunity=role, by=broker)


def kinds() -> list[str]:
    return list(Notification.objects.order_by("pk").values_list("kind", flat=True))


def test_whoever_can_have_seen_it_is_told_in_their_language(broker: User) -> None:
    suggestion = suggested_to(broker, user__preferred_language="pl")
    referring.take_back(suggestion=suggestion, because="slip", by=broker)
    told = Notification.objects.get(kind="suggestion.recalled")
    assert told.recipient == suggestion.volunteer.user
    assert told.subject == "Cofnęliśmy propozycję: „Pour tea”"
    assert "Nie musisz odpowiadać." in told.body


def test_whom_nobody_has_called_yet_hears_nothing_of_either(broker: User) -> None:
    suggestion = suggested_to(broker, user__email=None)
    assert kinds() == ["suggestion"]
    referring.take_back(suggestion=suggestion, because="slip", by=broker)
    assert kinds() == []


def test_who_was_called_about_it_hears_that_it_is_taken_back(broker: User) -> None:
    suggestion = suggested_to(broker, user__email=None)
    Telling.objects.create(
        notification=Notification.objects.get(), way="call", told_at=now(), by=broker
    )
    referring.take_back(suggestion=suggestion, because="slip", by=broker)
    assert kinds() == ["suggestion", "suggestion.recalled"]


def test_who_was_stopped_meanwhile_is_left_in_peace(broker: User) -> None:
    suggestion = suggested_to(broker)
    suggestion.volunteer.user.is_active = False
    suggestion.volunteer.user.save()
    referring.take_back(suggestion=suggestion, because="slip", by=broker)
    assert kinds() == ["suggestion"]


def test_what_cannot_be_taken_back_tells_nobody(broker: User) -> None:
    suggestion = suggested_to(broker)
    suggestions.refuse(suggestion=suggestion, reason="too_far", by=None)
    with pytest.raises(Conflict):
        referring.take_back(suggestion=suggestion, because="slip", by=broker)
    assert kinds() == ["suggestion"]
