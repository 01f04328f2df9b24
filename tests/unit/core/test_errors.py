import pickle

import pytest
from django.utils.translation import gettext_lazy

from core.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotFound


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        (InvalidInput, 400, "invalid"),
        (NotAllowed, 403, "not_allowed"),
        (NotFound, 404, "not_found"),
        (Conflict, 409, "conflict"),
    ],
)
def test_each_error_has_a_status_and_a_code_of_its_own(kind, status, code):
    error = kind("A sentence.")
    assert isinstance(error, DomainError)
    assert (str(error), error.status, error.code, error.fields) == ("A sentence.", status, code, {})
    assert kind("A sentence.", code="role_closed").code == "role_closed"


def test_sentences_are_plain_text_from_when_they_are_raised():
    error = InvalidInput(gettext_lazy("Monday"), fields={"day": (gettext_lazy("Tuesday"),)})
    assert type(error.message) is str
    assert error.fields == {"day": ["Tuesday"]}
    assert type(error.fields["day"][0]) is str


def test_an_error_survives_the_way_to_another_process():
    error = InvalidInput("Wrong.", code="postcode", fields={"postcode": ["Enter a postcode."]})
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is InvalidInput
    assert (copy.message, copy.code, copy.fields) == (error.message, error.code, error.fields)
