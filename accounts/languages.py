"""In which language a person is written to."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation

from accounts.models import User


@contextmanager
def language_of(person: User) -> Iterator[None]:
    """Words that are translated inside are in the person's language, whoever is at work.

    A language that the service does not have (any more) gives the site's own.
    """
    known = {code for code, __ in settings.LANGUAGES}
    chosen = person.preferred_language
    with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
        yield
