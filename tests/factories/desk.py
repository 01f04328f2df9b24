"""Notes of the volunteer centre, and people without an email address."""

from datetime import timedelta
from typing import Any

from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from accounts.models import User
from core.clock import now
from desk.models import DeskNote, WayToTell
from matching.models import Suggestion
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.messages import notified
from tests.factories.opportunities import OpportunityFactory
from volunteers.models import Volunteer


class DeskNoteFactory(DjangoModelFactory[DeskNote]):
    """A note by a broker; give one of `person`, `group`, `role`, `application`, `job`."""

    class Meta:
        model = DeskNote

    by = SubFactory(UserFactory, broker=True)
    words = "They call back."


class LetterWriterFactory(DjangoModelFactory[WayToTell]):
    """Somebody without an email address who wants letters."""

    class Meta:
        model = WayToTell

    user = SubFactory(UserFactory, email=None)
    way = WayToTell.Way.LETTER
    postal_address = "1 Example Road\nHarrow\nHA1 1AA"


def message_to(person: User, key: str) -> Notification:
    """Tell a person something, as the service does."""
    return notified(
        recipient=person,
        kind="application.accept",
        key=key,
        subject=f"Subject {key}",
        body=f"First words of {key}.\n\nMore words.",
    )


def suggested(volunteer: Volunteer, **fields: Any) -> Suggestion:
    """A role that the centre suggested to somebody, who may answer for a day."""
    at = now()
    given = {"state": "sent", "sent_at": at, "answer_by": at + timedelta(days=1), **fields}
    if "opportunity" not in given:
        given["opportunity"] = OpportunityFactory()
    return Suggestion.objects.create(volunteer=volunteer, **given)
