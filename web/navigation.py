"""The links at the top of each page, by who is looking."""

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.models import Volunteer


class Item(NamedTuple):
    """One link; `current` where the page lies under it."""

    text: str
    address: str
    current: bool


def items(request: HttpRequest) -> list[Item]:
    """Give the links for whoever is looking: one query for a person who is signed in."""
    links = _signed_in(request) if request.user.is_authenticated else _anyone()
    longest = max(
        (address for __, address in links if request.path.startswith(address)),
        key=len,
        default="",
    )
    return [Item(text, address, address == longest) for text, address in links]


def _anyone() -> list[tuple[str, str]]:
    return [
        (_("Find a role"), reverse("web:roles")),
        (_("For groups"), reverse("web:for-groups")),
        (_("Sign in"), reverse("account_login")),
        (_("Register"), reverse("account_signup")),
    ]


def _signed_in(request: HttpRequest) -> list[tuple[str, str]]:
    person = _person(request)
    links: list[tuple[str, str]] = []
    if person.has_profile:
        links += [
            (_("Your roles"), reverse("web:recommended-roles")),
            (_("Find a role"), reverse("web:roles")),
            (_("Your applications"), reverse("web:applications")),
            (_("Your profile"), reverse("web:profile")),
        ]
    else:
        links.append((_("Find a role"), reverse("web:roles")))
    messages = _("Messages")
    if person.unread:
        messages = _("Messages (%(count)s new)") % {"count": person.unread}
    return [
        *links,
        (messages, reverse("web:messages")),
        (_("Your account"), reverse("web:account")),
    ]


def _person(request: HttpRequest) -> User:
    return User.objects.annotate(
        has_profile=Exists(Volunteer.objects.filter(user=OuterRef("pk"))),
        unread=Count("notifications", filter=Q(notifications__read_at=None)),
    ).get(pk=request.user.pk)
