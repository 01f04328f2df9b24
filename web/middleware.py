"""What every page's answer carries, and what comes before any page of people who work here."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from accounts import idle, second_factor
from accounts.models import User
from accounts.services import sign_ins

GetResponse = Callable[[HttpRequest], HttpResponse]

#: Open to people who work here before they have given a code: what says nothing about anybody.
_WORDS = frozenset(
    {
        *("account_logout", "admin:logout", "web:language", "web:health"),
        *("web:about", "web:how-matching-works", "web:how-ranking-works", "web:privacy"),
        *("web:contact", "web:complaints", "web:accessibility", "web:for-groups"),
    }
)
_SETTING_UP = frozenset({"mfa_index", "mfa_activate_totp", "account_reauthenticate"})
_GIVING_A_CODE = frozenset({"mfa_reauthenticate"})


def pages_in_their_language(get_response: GetResponse) -> GetResponse:
    """Show a signed-in person the pages in the language that they chose anywhere, unless somebody
    chose one in this browser: that is in its cookie, and wins.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.user.is_authenticated:
            language = request.user.preferred_language
            if language in dict(settings.LANGUAGES):
                translation.activate(language)
                request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware


def private_pages_are_not_stored(get_response: GetResponse) -> GetResponse:
    """Tell browsers and proxies not to keep any page that a signed-in person saw."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return middleware


def idle_sessions_end(get_response: GetResponse) -> GetResponse:
    """Sign out who works here and did nothing for a while, and say so on the page that follows."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if idle.is_over(request.user, request.session):
            logout(request)
            if not request.path.startswith("/api/"):
                messages.info(
                    request, _("You did nothing here for a while, so we signed you out to be safe.")
                )
        idle.note_use(request.user, request.session)
        return get_response(request)

    return middleware


def sessions_are_listed(get_response: GetResponse) -> GetResponse:
    """Keep the list of where people are signed in as it is, also where a session got a new key."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if isinstance(request.user, User):
            agent = request.META.get("HTTP_USER_AGENT", "")
            sign_ins.note_use(user=request.user, session=request.session, user_agent=agent)
        return response

    return middleware


class StaffGiveACode:
    """Leads people who work here to the second step before they see any other page.

    The API answers for itself (`api.authentication`): a program cannot follow to a page.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Give the way to the second step, or None where the page may be seen."""
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in _WORDS or (match and match.app_names[:1] == ["api"]):
            return None
        if not second_factor.is_missing(request.user, request.session):
            return None
        has_app = second_factor.authenticator_of(cast(User, request.user)) is not None
        if name in (_GIVING_A_CODE if has_app else _SETTING_UP):
            return None
        if not has_app:
            return redirect("mfa_index")
        back = request.get_full_path() if request.method == "GET" else reverse("web:after-sign-in")
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}")
