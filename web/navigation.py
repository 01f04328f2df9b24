"""The links at the top of each page, by who is looking."""

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from insights.policies import can_read
from opportunities.models import JoinRequest
from volunteers.models import Volunteer


class Item(NamedTuple):
    """One link; `current` where the page lies under it."""

    text: str
    address: str
    current: bool


def items(request: HttpRequest) -> list[Item]:
    """Give the links for whoever is looking: one query for a person who is signed in."""
    # A request that is refused at once (a wrong host) has nobody yet.
    person = getattr(request, "user", None)
    links = _signed_in(request) if person and person.is_authenticated else _anyone()
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
    person = cast(User, request.user)
    theirs = _what_is_theirs(person)
    links = [(_("Find a role"), reverse("web:roles"))]
    if theirs["has_profile"]:
        links = [
            (_("Your roles"), reverse("web:recommended-roles")),
            *links,
            (_("Applications"), reverse("web:applications")),
            (_("Volunteering"), reverse("web:volunteering")),
            (_("Profile"), reverse("web:profile")),
        ]
    if theirs["group_count"] or theirs["asks_to_join"]:
        groups = max(1, theirs["group_count"])
        links.append((ngettext("Your group", "Your groups", groups), reverse("web:groups")))
    if theirs["staff_role"] == User.StaffRole.BROKER:
        links.append((_("Desk"), reverse("web:desk")))
    if can_read(person):
        links.append((_("Statistics"), reverse("web:statistics")))
    messages = _("Messages")
    if theirs["unread"]:
        messages = _("Messages (%(count)s new)") % {"count": theirs["unread"]}
    return [
        *links,
        (messages, reverse("web:messages")),
        (_("Account"), reverse("web:account")),
    ]


def _what_is_theirs(person: User) -> Mapping[str, Any]:
    """Give, in one query, whether they have a profile or asked to act for a group, and how many
    groups and new messages.
    """
    people = User.objects.filter(pk=person.pk).annotate(
        has_profile=Exists(Volunteer.objects.filter(user=OuterRef("pk"))),
        unread=Count("notifications", filter=Q(notifications__read_at=None), distinct=True),
        group_count=Count("memberships", distinct=True),
        asks_to_join=Exists(JoinRequest.objects.waiting().filter(user=OuterRef("pk"))),
    )
    return people.values("staff_role", "has_profile", "unread", "group_count", "asks_to_join").get()
