"""Which passwords are refused, and in which words."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.plain_words import TOO_SHORT

#: What people put before and after a word when they are asked for a longer password.
_AROUND = re.compile(r"([\W\d_]{0,20})(.*[^\W\d_])([\W\d_]{0,20})", re.DOTALL)
#: Longer ones are not taken apart: it takes time by the square of their length.
_LONGEST = 200
#: Words of this service and place, which stand in no list of passwords.
_OF_HERE = frozenset({"harrow", "volunteer", "volunteers", "volunteering", "harrowvolunteering"})


class LongEnough(MinimumLengthValidator):
    """Refuses passwords of few characters."""

    def get_error_message(self) -> str:
        return str(TOO_SHORT % {"limit_value": self.min_length})


class NotAboutThem(UserAttributeSimilarityValidator):
    """Refuses passwords that are nearly the person's name or address."""

    def get_error_message(self) -> str:
        return _("This password is too much like your name or your email address.")


class CommonPassword(CommonPasswordValidator):
    """Refuses Django's list of some 20,000 common passwords, and what is made of one (or of the
    service's own words) with digits and signs around it, or by writing it several times.

    Nine in ten of that list are too short to be taken here anyway; people lengthen them just so.
    """

    def get_error_message(self) -> str:
        return _("Many people use this password or one like it. Choose another one.")

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        if any(word in self.passwords or word in _OF_HERE for word in _words_of(password)):
            raise ValidationError(self.get_error_message(), code="password_too_common")


def _words_of(password: str) -> Iterator[str]:
    """Give what a password may be made of: itself without some of the digits and signs around it,
    and that once where it stands there several times ("pass" for "passpass1")."""
    if len(password) > _LONGEST:
        return
    found = _AROUND.fullmatch(password.lower().strip())
    if found is None:
        return
    before, middle, after = found.groups()
    for first in range(len(before) + 1):
        for last in range(len(after) + 1):
            word = before[first:] + middle + after[:last]
            yield word
            if repeated := re.fullmatch(r"(.+?)\1+", word):
                yield repeated[1]
