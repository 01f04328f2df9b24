"""Who is let in where: every address × method × kind of person, against a declared table.

Complete by construction: the addresses are read from the resolver (pages, accounts, API,
administration), and one that audiences.py does not declare fails. The API's own methods and answers
with tokens stand in tests/integration/api/test_access.py; here it is asked with a session.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponseForbidden, HttpResponseNotFound
from django.test import RequestFactory

from config import urls
from tests.architecture.audiences import (
    AUDIENCES,
    CLOSED,
    IN,
    NOT_THERE,
    ROUTES,
    START,
)
from tests.architecture.conftest import World
from tests.architecture.walking import (
    ADDRESSES,
    APP_LIST,
    FAMILIES,
    ask,
    declared,
    has_code_for,
    outcome,
    path_of,
    session_of,
)
from tests.integration.api.cast import ROLES

pytestmark = pytest.mark.django_db

#: Addresses of what belongs to one group, one person, or the volunteer centre.
OWN = (
    "groups/<int:group_id>/",
    "me/applications/<int:application>/",
    "me/waiting/<int:entry>/",
    "me/offers/<int:offer>/",
    "me/volunteering/hours/<int:hours>/",
    "me/volunteering/<int:place>/",
    "me/suggestions/<int:suggestion>/",
    "desk/",
    "api/v1/applications/<int:pk>/",
    "api/v1/waiting-lists/<int:pk>/",
    "api/v1/offers/<int:pk>/",
    "api/v1/suggestions/<int:pk>/",
    "api/v1/placements/<int:pk>/",
    "api/v1/hours/<int:pk>/",
    "api/v1/service-records/<int:pk>/",
    "api/v1/organisations/<int:pk>/hours/",
    "api/v1/organisations/<int:pk>/limits/",
    "api/v1/organisations/<int:pk>/answering/",
    "api/v1/organisations/<int:pk>/live-count/",
    "api/v1/opportunities/<int:pk>/waiting-list/",
    "api/v1/opportunities/<int:pk>/volunteers/",
    "api/v1/opportunities/<int:pk>/times/",
    "api/v1/opportunities/<int:pk>/answers/",
)
#: Nobody, the one of all others with the most rights, and who is let in: in the administration only
#: `is_staff` decides, which a test below holds; and where a view has no code for a method, nobody
#: is let in whoever asks.
TELL_APART = {"anonymous", "broker", "superuser"}


@pytest.fixture
def _pages_of_errors_are_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request in four is refused, and the pages that say so look the same each time: they are
    read in test_everybody_is_told_that_there_is_nothing.
    """
    for name, answer in (("404", HttpResponseNotFound), ("403", HttpResponseForbidden)):
        monkeypatch.setattr(
            urls, f"handler{name}", lambda *_, answer=answer, **__: answer(), raising=False
        )


@pytest.mark.usefixtures("_pages_of_errors_are_short")
@pytest.mark.parametrize("family", FAMILIES)
def test_each_address_lets_in_whom_it_is_for_and_nobody_else(family: str, world: World) -> None:
    keys = {role: session_of(user) for role, user in world.cast.users.items()}
    wrong = []
    for address in FAMILIES[family]:
        route = declared(address)
        path = path_of(address, route, world.known)
        for method, audience in (("GET", route.get), ("POST", route.post)):
            nothing_there = audience is None and not has_code_for(address, method)
            few = family == "administration" or nothing_there
            for role, due in zip(ROLES, AUDIENCES[audience or "never"], strict=True):
                if few and role not in TELL_APART:
                    continue
                came = outcome(ask(keys[role], method, path))
                if due == CLOSED:
                    # Which of several doors is shut first does not matter.
                    came = IN if came == IN else CLOSED
                if came != due:
                    wrong.append(f"{method} {path} by {role}: {came}, not {due}")
    assert not wrong, "\n".join(wrong)


def test_the_administration_tells_only_administrators_from_others(world: World) -> None:
    """So that above a few kinds of people may stand for all in its 130 addresses."""
    let_in = set()
    for role, user in world.cast.users.items():
        request = RequestFactory().get("/administration/")
        request.user = user or AnonymousUser()
        if admin.site.has_permission(request):
            let_in.add(role)
    assert let_in == {"superuser"}


def test_everybody_is_told_that_there_is_nothing(world: World) -> None:
    for user in world.cast.users.values():
        response = ask(session_of(user), "GET", "/nowhere/")
        assert outcome(response) == NOT_THERE
        assert "Page not found" in response.content.decode()


def test_every_address_is_declared_and_none_that_is_not_there() -> None:
    there = {address for address in ADDRESSES if not APP_LIST.fullmatch(address)}
    assert there == set(ROUTES)


def test_every_audience_says_what_each_kind_of_person_gets() -> None:
    assert {name: len(row) for name, row in AUDIENCES.items()} == dict.fromkeys(
        AUDIENCES, len(ROLES)
    )
    used = {audience for route in ROUTES.values() for audience in (route.get, route.post)}
    assert set(AUDIENCES) - {"never"} == used - {None}


@pytest.mark.parametrize("address", [a for a in ADDRESSES if a.startswith(OWN)])
def test_what_is_somebodys_own_is_not_there_for_others(address: str) -> None:
    """Keeps the table from declaring a group's or a person's things open to strangers."""
    strangers = [ROLES.index(name) for name in ("other_volunteer", "other_member")]
    for audience in (declared(address).get, declared(address).post):
        due = AUDIENCES[audience or "never"]
        assert {due[stranger] for stranger in strangers} <= {NOT_THERE, START, CLOSED}
