"""Who may do what: one row for each address and method, one column for each kind of person.

The table is complete by construction: an address or method that it does not have fails.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from rest_framework.response import Response

from tests.factories.accounts import PASSWORD
from tests.integration.api.cast import ROLES, Cast

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

# Columns: anonymous, volunteer, other volunteer, under 16, member, other member, broker, delivery
# group, superuser. What stands behind # tells rows of one address apart.
TABLE = """
opportunity-list            GET    200 200 200 200 200 200 200 200 200
opportunity-list            POST   401 404 404 404 201 404 201 404 201
opportunity-detail          GET    200 200 200 200 200 200 200 200 200
opportunity-detail#draft    GET    404 404 404 404 200 404 200 404 200
opportunity-detail          PATCH  401 404 404 404 200 404 200 404 200
opportunity-detail#draft    PATCH  401 404 404 404 200 404 200 404 200
opportunity-submit#draft    POST   401 404 404 404 200 404 200 404 200
opportunity-close           POST   401 404 404 404 200 404 200 404 200
opportunity-reopen#closed   POST   401 404 404 404 200 404 200 404 200
fit                         GET    401 200 200 200 404 404 404 404 404
requirements                GET    401 404 404 404 200 404 200 404 200
organisation-list           GET    200 200 200 200 200 200 200 200 200
organisation-list           POST   401 201 201 201 201 201 201 201 201
organisation-detail         GET    200 200 200 200 200 200 200 200 200
organisation-detail#new     GET    404 404 404 404 200 404 200 404 200
organisation-detail         PATCH  401 404 404 404 200 404 200 404 200
organisation-opportunities  GET    200 200 200 200 200 200 200 200 200
application-list            GET    401 200 200 200 200 200 200 200 200
application-list#role       GET    401 404 404 404 200 404 200 404 200
application-list            POST   401 201 201 403 404 404 404 404 404
application-detail          GET    401 200 404 404 200 404 200 404 200
application-acknowledge     POST   401 403 404 404 200 404 200 404 200
application-invite          POST   401 403 404 404 200 404 200 404 200
application-offer           POST   401 403 404 404 200 404 200 404 200
application-accept          POST   401 403 404 404 200 404 200 404 200
application-decline         POST   401 403 404 404 200 404 200 404 200
application-take-up#offered POST   401 200 404 404 403 404 200 404 200
application-withdraw        POST   401 200 404 404 403 404 200 404 200
application-start#placed    POST   401 200 404 404 200 404 200 404 200
application-end#placed      POST   401 200 404 404 200 404 200 404 200
profile                     GET    401 200 200 200 404 404 404 404 404
profile                     POST   401 409 409 409 201 201 201 201 201
profile                     PUT    401 200 200 400 404 404 404 404 404
profile                     PATCH  401 200 200 400 404 404 404 404 404
profile-pause               POST   401 200 200 200 404 404 404 404 404
profile-resume              POST   401 200 200 200 404 404 404 404 404
recommendations             GET    401 200 200 200 404 404 404 404 404
transparency                GET    200 200 200 200 200 200 200 200 200
taxonomy                    GET    200 200 200 200 200 200 200 200 200
token                       POST   201 201 201 201 201 201 201 201 201
token-revoke                POST   401 204 204 204 204 204 204 204 204
token-revoke-all            POST   401 204 204 204 204 204 204 204 204
schema                      GET    200 200 200 200 200 200 200 200 200
docs                        GET    200 200 200 200 200 200 200 200 200
"""
ROWS = [
    (name, method, dict(zip(ROLES, map(int, statuses), strict=True)))
    for name, method, *statuses in map(str.split, TABLE.strip().splitlines())
]


@pytest.fixture
def cast(same_cast: Cast) -> Cast:
    return same_cast


def arguments(cast: Cast, name: str) -> dict[str, Any]:
    """What the address of a row is about."""
    route, _, variant = name.partition("#")
    noun = route.partition("-")[0]
    subjects = {
        "fit": {"": cast.role},
        "requirements": {"": cast.role},
        "opportunity": {"": cast.role, "draft": cast.draft, "closed": cast.closed},
        "organisation": {"": cast.group, "new": cast.unverified_group},
        "application": {"": cast.application, "offered": cast.offered, "placed": cast.placed},
    }
    if noun not in subjects or route.endswith("-list"):
        return {}
    return {"pk": subjects[noun][variant].pk}


def body(cast: Cast, name: str, method: str) -> Any:
    """What is sent: always something that is good in itself."""
    bodies: dict[str, Callable[[], dict[str, Any]]] = {
        "opportunity-list": lambda: {
            "organisation": cast.group.pk,
            "title": "New helper",
            "description": "Help.",
        },
        "opportunity-detail": lambda: {"title": "Changed helper"},
        "organisation-list": lambda: {
            "name": "Example Choir 3",
            "legal_form": "unincorporated",
            "description": "We sing.",
        },
        "organisation-detail": lambda: {"description": "We sing together."},
        "application-list": lambda: {"opportunity": cast.other_role.pk},
        "application-decline": lambda: {"reason": "no_place"},
        "application-end": lambda: {"reason": "other"},
        "profile": lambda: {"about": "I like to cook.", "date_of_birth": "1990-02-03"},
        "token": lambda: {"email": cast.users["other_member"].email, "password": PASSWORD},
    }
    return bodies.get(name.partition("#")[0], dict)() if method != "GET" else None


def ask(cast: Cast, role: str, name: str, method: str) -> Response:
    address = reverse(f"api:{name.partition('#')[0]}", kwargs=arguments(cast, name))
    if name == "application-list#role":
        address += f"?opportunity={cast.role.pk}"
    send = getattr(cast[role], method.lower())
    return send(address, body(cast, name, method))


@pytest.mark.parametrize(("name", "method", "statuses"), ROWS, ids=[f"{n} {m}" for n, m, _ in ROWS])
def test_each_kind_of_person_gets_what_the_table_says(cast, name, method, statuses):
    got = {}
    for role in ROLES:
        with transaction.atomic():
            got[role] = ask(cast, role, name, method).status_code
            transaction.set_rollback(True)
    assert got == statuses


# -- complete --------------------------------------------------------------------------------------


def routes(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        else:
            yield pattern


def methods_of(route: URLPattern) -> set[str]:
    """The methods that a view answers."""
    actions = getattr(route.callback, "actions", None)
    if actions:
        return {method.upper() for method in actions} - {"HEAD"}
    view = route.callback.view_class
    return {method for method in METHODS if hasattr(view, method.lower())} - {"OPTIONS"}


def api_routes() -> list[URLPattern]:
    api = next(
        pattern
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLResolver) and pattern.namespace == "api"
    )
    return [route for route in routes(api.url_patterns) if route.name != "no-such-address"]


def test_table_has_every_address_and_method_and_nothing_else():
    there = {(route.name, method) for route in api_routes() for method in methods_of(route)}
    declared = {(name.partition("#")[0], method) for name, method, _statuses in ROWS}
    assert declared == there


@pytest.mark.parametrize(
    "route", [route for route in api_routes() if route.name != "docs"], ids=lambda route: route.name
)
def test_wrong_method_is_refused_in_the_one_shape(cast, route):
    variant = {"opportunity-submit": "#draft"}.get(route.name, "")
    for method in set(METHODS) - methods_of(route):
        answer = ask(cast, "member", f"{route.name}{variant}", method)
        if answer.status_code == 401:  # an address that takes no session and no token
            continue
        assert answer.status_code == 405, method
        assert answer.json()["errors"][0]["code"] == "method_not_allowed"
