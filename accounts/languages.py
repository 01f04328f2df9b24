"""In which language a person is written to."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.utils import translation

from accounts.models import User
from accounts.models.user import UserManager

_Given = ParamSpec("_Given")
_Gives = TypeVar("_Gives")
#: The person in whose language words are made just now.
_reader: ContextVar[int | None] = ContextVar("reader", default=None)


@contextmanager
def language_of(person: User) -> Iterator[None]:
    """Words that are translated inside are in the person's language, whoever is at work.

    A language that the service does not have (any more) gives the site's own.
    """
    before = _reader.get()
    _reader.set(person.pk)
    try:
        with translation.override(_offered(person.preferred_language)):
            yield
    finally:
        _reader.set(before)


def each_in_their_language(people: Iterable[User]) -> Iterator[User]:
    """Give people one by one, each while words are in their language."""
    for person in people:
        with language_of(person):
            yield person


def is_written_to(person: User) -> bool:
    """Whether words are made in this person's language just now."""
    return _reader.get() == person.pk


@contextmanager
def language_of_address(address: str, *, otherwise: str = "") -> Iterator[None]:
    """Words inside are for whoever reads an address: in the language of the account that has it,
    else in the language `otherwise`, else in the site's own.
    """
    person = User.objects.filter(email=UserManager.normalised(address)).first()
    with translation.override(_offered(person.preferred_language if person else otherwise)):
        yield


def in_language_of(
    whom: Callable[[Any], User],
) -> Callable[[Callable[_Given, _Gives]], Callable[_Given, _Gives]]:
    """Have a function that tells somebody something work in their language: `whom` gives them, of
    the function's first argument.
    """

    def of(tell: Callable[_Given, _Gives]) -> Callable[_Given, _Gives]:
        @wraps(tell)
        def told(*args: _Given.args, **kwargs: _Given.kwargs) -> _Gives:
            with language_of(whom(args[0])):
                return tell(*args, **kwargs)

        return told

    return of


def _offered(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
