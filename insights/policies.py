"""Who may read the statistics, and who may act on them; to anybody else they do not exist."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotFound


def check_can_read(person: User | AnonymousUser) -> None:
    """Let in the delivery group, the volunteer centre and whoever administers the service.

    Raises NotFound for anybody else.
    """
    _let_in(person, can_read(person))


def check_can_steer(person: User | AnonymousUser) -> None:
    """Let in the delivery group and whoever administers the service: they set targets, and choose
    whom to write to.

    Raises NotFound for anybody else.
    """
    _let_in(person, can_steer(person))


def can_read(person: User | AnonymousUser) -> bool:
    """Whether they may read the statistics."""
    return isinstance(person, User) and (_steers(person) or person.is_broker)


def can_steer(person: User | AnonymousUser) -> bool:
    """Whether they may act on the statistics."""
    return isinstance(person, User) and _steers(person)


def _steers(person: User) -> bool:
    return person.is_delivery_group or (person.is_active and person.is_superuser)


def _let_in(person: User | AnonymousUser, is_let_in: bool) -> None:
    if not is_let_in:
        raise NotFound(_("There is no such page."))
