import pytest
from django.test import RequestFactory

from accounts.sign_in import address_tried


@pytest.mark.parametrize("name", ["login", "email", "username"])
def test_address_is_found_under_every_name_it_comes_by(name):
    request = RequestFactory().post("/")
    assert address_tried(request, {name: " Demo@Example.org ", "password": "x"}) == (
        "demo@example.org"
    )
    assert address_tried(RequestFactory().post("/", {name: "Demo@Example.org"})) == (
        "demo@example.org"
    )


def test_no_address_is_none():
    assert address_tried(RequestFactory().post("/"), {"password": "x"}) is None
