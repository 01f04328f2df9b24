"""Notes of the volunteer centre, and people without an email address."""

from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from accounts.models import User
from desk.models import DeskNote, WayToTell
from notifications.models import Notification
from notifications.services.messages import notify
from tests.factories.accounts import UserFactory


class DeskNoteFactory(DjangoModelFactory[DeskNote]):
    """A note by a broker; give one of `person`, `group`, `role`, `application`."""

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
    return notify(
        recipient=person,
        kind="application.accept",
        key=key,
        subject=f"Subject {key}",
        body=f"First words of {key}.\n\nMore words.",
    )
