"""In which language a person is written to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.utils import translation

from accounts.models import User

_Given = ParamSpec("_Given")
_Gives = TypeVar("_Gives")


@contextmanager
def language_of(person: User) -> Iterator[None]:
    """Words that are translated inside are in the person's language, whoever is at work.

    A language that the service does not have (any more) gives the site's own.
    """
    known = {code for code, __ in settings.LANGUAGES}
    chosen = person.preferred_language
    with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
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
