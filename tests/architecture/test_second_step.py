"""Staff whose password alone is known: every address × method that a view has code for leads to the
second step, but those that are named here. An address that nobody thought of is shut."""

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from tests.architecture.walking import ADDRESSES, ask, declared, has_code_for, path_of
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

#: What says nothing about anybody, and what the second step itself needs.
OPEN = {
    *("about/", "about/matching/", "about/ranking/", "about/privacy/", "about/contact/"),
    *("about/complaints/", "about/accessibility/", "for-groups/", "language/", "health/"),
    *("accounts/logout/", "administration/logout/", "accounts/2fa/"),
    *("accounts/2fa/totp/activate/", "accounts/reauthenticate/"),
    # Those of the API that look at no session at all.
    *("api/", "api/schema/", "api/docs/", "api/v1/taxonomy/", "api/v1/transparency/"),
    *("api/v1/auth/token/", "api/v1/auth/token/revoke/"),
}
STAFF = [
    {"staff_role": User.StaffRole.BROKER},
    {"staff_role": User.StaffRole.DELIVERY},
    {"staff_role": User.StaffRole.BROKER, "is_staff": True, "is_superuser": True},
]


def is_shut(response: HttpResponse) -> bool:
    if response.headers.get("Location") == "/accounts/2fa/":
        return True
    refused = response.json()["errors"][0]["code"] if response.status_code in (401, 403) else ""
    return refused == "second_factor_missing"


@pytest.mark.parametrize("fields", STAFF, ids=["broker", "delivery", "administrator"])
def test_a_password_alone_opens_no_page_to_staff(fields: dict[str, object]) -> None:
    session = password_only(UserFactory(app=False, **fields))
    came_in = {
        f"{method} {address}"
        for address in ADDRESSES
        for method in ("GET", "POST")
        if has_code_for(address, method)
        and address not in OPEN
        and not is_shut(ask(session, method, _path(address)))
    }
    assert sorted(came_in) == []


class _Ones(dict[str, object]):
    """Every word of an address stands for 1: whether there is such a row does not matter."""

    def get(self, key: str, default: object = None) -> object:  # type: ignore[override]
        return "1"


def _path(address: str) -> str:
    return path_of(address, declared(address), _Ones())


def password_only(user: User) -> str:
    client = Client()
    client.force_login(user)
    assert client.session.session_key
    return client.session.session_key
