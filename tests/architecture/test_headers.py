"""What every answer says to the browser, at every address that there is: what the page may load and
who may frame it, that nobody keeps what is somebody's own, and no cookie that nobody is told of."""

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.architecture.audiences import AUDIENCES, IN
from tests.architecture.conftest import World
from tests.architecture.walking import (
    FAMILIES,
    ask,
    declared,
    named_cookies,
    path_of,
    session_of,
)
from tests.integration.api.cast import ROLES

pytestmark = pytest.mark.django_db

ALWAYS = {
    "X-Content-Type-Options": {"nosniff"},
    "X-Frame-Options": {"DENY"},
    "Referrer-Policy": {"same-origin", "no-referrer"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
}
POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
#: Says the same to everybody, so that anybody may keep it.
FOR_EVERYBODY = {"api/schema/", "api/v1/taxonomy/", "api/v1/transparency/"}
#: Nobody is signed in, and the address itself is what lets in: it shows what is somebody's own.
SECRET_ADDRESSES = re.compile(r"<str:(token|feed|answer|invitation|found|prospectus)>|^record/")


def faults(response: HttpResponse, *, personal: bool) -> Iterator[str]:
    said = response.headers
    for name, good in ALWAYS.items():
        if said.get(name) not in good:
            yield f"{name}: {said.get(name)}"
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in said.get("Content-Security-Policy", "").split(";")
    )
    for name, due in POLICY.items():
        if policy.get(name) != due:
            yield f"policy {name}: {policy.get(name)}"
    if not re.fullmatch(r"'self'( 'nonce-[^' ]+')?", policy.get("script-src", "")):
        yield f"policy script-src: {policy.get('script-src')}"
    if "camera=()" not in said.get("Permissions-Policy", ""):
        yield "Permissions-Policy"
    if personal and "no-store" not in said.get("Cache-Control", ""):
        yield f"may be kept: {said.get('Cache-Control')}"


@pytest.mark.parametrize("family", FAMILIES)
def test_every_answer_carries_its_headers(family: str, world: World) -> None:
    wrong, told = [], named_cookies(Client())
    for address in FAMILIES[family]:
        route = declared(address)
        path = path_of(address, route, world.known)
        let_in = [
            role
            for role, due in zip(ROLES, AUDIENCES[route.get or "never"], strict=True)
            if due == IN and role != "anonymous"
        ]
        # Nobody, who is sent to sign in where they may not read, and the first who is let in.
        for role in ["anonymous", *let_in[:1]]:
            user = world.cast.users[role]
            response = ask(session_of(user), "GET", path)
            secret = SECRET_ADDRESSES.search(address) is not None and response.status_code == 200
            personal = address not in FOR_EVERYBODY and (user is not None or secret)
            wrong += [f"{path} by {role}: {fault}" for fault in faults(response, personal=personal)]
            wrong += [f"{path} by {role}: cookie {name}" for name in {*response.cookies} - told]
    assert not wrong, "\n".join(wrong)


def test_pages_that_are_not_there_carry_them_too(world: World) -> None:
    user = world.cast.users["broker"]
    assert list(faults(ask(session_of(user), "GET", "/nowhere/"), personal=True)) == []
    assert list(faults(ask("", "GET", "/nowhere/"), personal=False)) == []
