"""What a field of a form says of a value that it cannot take: our words in place of Django's."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

from core import plain_words
from core.plain_words import NOT_IN_LIST, PLAIN

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What validators find, and a field may say by its code.
_OF_VALIDATORS = (
    *("max_length", "min_length", "max_value", "min_value"),
    "null_characters_not_allowed",
)
#: What is not in the right form, by kind of field; of a kind and one made from it the last counts.
_WRONG_FORM: "dict[type[forms.Field], StrOrPromise]" = {
    forms.IntegerField: plain_words.WRONG_NUMBER,
    forms.FloatField: plain_words.WRONG_DECIMAL,
    forms.DecimalField: plain_words.WRONG_DECIMAL,
    forms.DateField: plain_words.WRONG_DATE,
    forms.TimeField: plain_words.WRONG_TIME,
    forms.EmailField: plain_words.WRONG_EMAIL,
    forms.URLField: plain_words.WRONG_ADDRESS,
}


def say_plainly(field: forms.Field) -> None:
    """Have a field say in our words what is wrong, wherever it was given none of its own."""
    inherited = _inherited(type(field))
    for code, sentence in _words_for(field, inherited).items():
        # The very object of the class, or nothing at all: nobody chose words for this field.
        if field.error_messages.get(code) is inherited.get(code):
            field.error_messages[code] = sentence
    if isinstance(field, forms.ModelChoiceField):
        # Asked by itself, so that nothing which the field says comes into it.
        field.validate_no_null_characters = ProhibitNullCharactersValidator(NOT_IN_LIST)  # type: ignore[method-assign]  # a validator, which the stubs take for a method


def _inherited(kind: type[forms.Field]) -> dict[str, object]:
    """Give what Django has its fields say, by code."""
    said: dict[str, object] = {}
    for each in reversed(kind.__mro__):
        if each.__module__.startswith("django."):
            said |= vars(each).get("default_error_messages", {})
    return said


def _words_for(field: forms.Field, inherited: Iterable[str]) -> "dict[str, StrOrPromise]":
    codes = (*inherited, *_OF_VALIDATORS)
    words = {code: PLAIN[code] for code in codes if code in PLAIN}
    for kind, sentence in _WRONG_FORM.items():
        if isinstance(field, kind):
            words["invalid"] = sentence
    return words
