"""How tests walk all addresses of the service: which there are, and what comes of asking."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from tests.architecture.audiences import CLOSED, FORBIDDEN, IN, NOT_THERE, ROUTES, SIGN_IN, START
from tests.architecture.routes import Route

_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_CONTENT = {"GET": "", "POST": "application/x-www-form-urlencoded"}
#: Matches the administration's list of one app's rows, whose address holds all apps' names.
APP_LIST = re.compile(r"administration/\^\(\?P<app_label>[a-z_|]+\)/\$")


def declared(address: str) -> Route:
    if APP_LIST.fullmatch(address):
        return Route("administrators", "administrators", path="administration/core/")
    return ROUTES[address]


def _views(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    for entry in resolver.url_patterns:
        address = f"{before}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        else:
            yield from _views(entry, address)


#: Every address of the service, as the resolver knows it, and what answers there.
VIEWS = dict(reversed([*_views(get_resolver())]))  # of two of one address the first answers
ADDRESSES = sorted(VIEWS)


def has_code_for(address: str, method: str) -> bool:
    """Whether the view of an address could do anything with a method; functions could."""
    view: Any = VIEWS[address]
    actions = getattr(view, "actions", None)  # of a view set of the API
    if actions is not None:
        return method.lower() in actions
    kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
    return kind is None or hasattr(kind, method.lower())


def _by_family() -> dict[str, list[str]]:
    families: dict[str, list[str]] = {}
    for address in ADDRESSES:
        families.setdefault(address.partition("/")[0] or "home", []).append(address)
    return families


#: Addresses by their first word: one test for each, since making the people takes a while.
FAMILIES = _by_family()


def path_of(address: str, route: Route, known: dict[str, object]) -> str:
    if route.path:
        return f"/{route.path}"
    chosen = known.get(route.subject, route.subject)
    return "/" + _PART.sub(lambda part: str(known.get(part[1], chosen or "0")), address)


def outcome(response: HttpResponse) -> str:
    """What came of a request, in the words of audiences.py. A failure of the service fails."""
    assert response.status_code < 500, response
    where = response.get("Location", "")
    if response.status_code == 401 or where.startswith(
        ("/accounts/login/?next=", "/administration/login/?next=")
    ):
        return SIGN_IN
    if where == "/start/":
        return START
    shut = {403: FORBIDDEN, 404: NOT_THERE, 405: CLOSED}
    return shut.get(response.status_code, IN)


def session_of(user: User | None) -> str:
    """The key of a session in which the person is signed in; '' for nobody."""
    if user is None:
        return ""
    client = Client()
    client.force_login(user)
    return client.session.session_key or ""


def named_cookies(browser: Client) -> set[str]:
    """Give the cookies that the privacy page tells of, by name."""
    page = browser.get("/about/privacy/").content.decode()
    return set(re.findall(r"<code>(\w+)</code>", page))


#: One for all requests: each new one would set up the middleware anew.
_BROWSER = Client()


def ask(session: str, method: str, path: str) -> HttpResponse:
    """Ask as a browser does that knows nothing but its session; take back what it changed."""
    _BROWSER.cookies.clear()
    if session:
        _BROWSER.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        response = _BROWSER.generic(method, path, content_type=_CONTENT[method])
        transaction.set_rollback(True)
    return response
