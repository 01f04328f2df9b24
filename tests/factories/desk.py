"""Notes of the volunteer centre."""

from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from desk.models import DeskNote
from tests.factories.accounts import UserFactory


class DeskNoteFactory(DjangoModelFactory[DeskNote]):
    """A note by a broker; give one of `person`, `group`, `role`, `application`."""

    class Meta:
        model = DeskNote

    by = SubFactory(UserFactory, broker=True)
    words = "They call back."
