"""Whose language words are made in."""

import pytest
from django.utils import translation

from accounts.languages import (
    each_in_their_language,
    is_written_to,
    language_of,
    language_of_address,
)
from notifications.services.messages import WrongReaderError, notify
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
TOLD = {"kind": "application.invite", "subject": "s", "body": "b"}


def test_words_are_in_the_readers_language_and_afterwards_as_before() -> None:
    outer, inner = UserFactory(preferred_language="gu"), UserFactory(preferred_language="pl")
    with translation.override("ta"), language_of(outer):
        with language_of(inner):
            assert (translation.get_language(), is_written_to(inner)) == ("pl", True)
            assert not is_written_to(outer)
        assert (translation.get_language(), is_written_to(outer)) == ("gu", True)
    assert not is_written_to(outer)


def test_a_message_made_outside_of_its_readers_language_is_refused() -> None:
    """Though it happens to be the same language: the next reader has another."""
    reader, other = UserFactory.create_batch(2)
    with pytest.raises(WrongReaderError):
        notify(recipient=reader, key="a", **TOLD)
    with language_of(other), pytest.raises(WrongReaderError):
        notify(recipient=reader, key="a", **TOLD)
    with language_of(reader):
        assert notify(recipient=reader, key="a", **TOLD).recipient == reader


def test_each_of_several_readers_and_nobody_after_a_failure() -> None:
    people = [UserFactory(preferred_language=code) for code in ("gu", "pl", "xx")]
    spoken = [translation.get_language() for __ in each_in_their_language(people)]
    assert spoken == ["gu", "pl", "en-gb"]
    with pytest.raises(ZeroDivisionError), language_of(people[0]):
        raise ZeroDivisionError
    assert not is_written_to(people[0])


def test_an_address_is_written_to_in_the_language_of_its_account() -> None:
    UserFactory(email="asha@example.org", preferred_language="gu")
    for address, otherwise, language in (
        ("ASHA@example.org", "ta", "gu"),
        ("new@example.org", "ta", "ta"),
        ("new@example.org", "", "en-gb"),
    ):
        with translation.override("pl"), language_of_address(address, otherwise=otherwise):
            assert translation.get_language() == language
