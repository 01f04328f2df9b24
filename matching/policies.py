"""Who may ask for a ranking, look at who suits a role, and suggest roles to people."""

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import NotFound

Person = User | AnonymousUser


def can_rank(user: Person) -> bool:
    """Whether the person may start a full ranking and read shortlists: the volunteer centre."""
    return isinstance(user, User) and user.is_broker


def check_can_rank(user: Person) -> None:
    """Raise NotFound unless `can_rank`: to everybody else there is no such page."""
    if not can_rank(user):
        raise NotFound(_("There is no such page."))


def check_can_suggest(user: Person) -> None:
    """Raise NotFound unless the person may suggest roles to people: the volunteer centre."""
    check_can_rank(user)
