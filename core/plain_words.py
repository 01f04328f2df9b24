"""What is said of a value that cannot be taken, by the code of what is wrong with it.

In place of Django's own sentences: they are hard to read, and Django speaks no Gujarati and not all
of Tamil and Hindi, so that they would stand in English on pages in another language.
"""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOT_ANSWERED = _("Answer this question.")
NOT_IN_LIST = _("Choose one of the answers.")
WRONG_NUMBER = _("Enter a whole number in digits, for example 3.")
WRONG_DECIMAL = _("Enter a number in digits, for example 2.5.")
WRONG_DATE = _("Enter a date, for example 27/3/2027.")
WRONG_TIME = _("Enter a time, for example 18:30.")
WRONG_EMAIL = _("Enter an email address in the right form, like name@example.com.")
WRONG_ADDRESS = _("Enter a web address in the right form, like https://www.example.org.")
TOO_LONG = ngettext_lazy(
    "Use %(limit_value)d character or fewer.",
    "Use %(limit_value)d characters or fewer.",
    "limit_value",
)
TOO_SHORT = ngettext_lazy(
    "Use %(limit_value)d character or more.",
    "Use %(limit_value)d characters or more.",
    "limit_value",
)

#: Code of what is wrong → its sentence; what a limit is comes in by Django's name for it.
PLAIN: "dict[str, StrOrPromise]" = {
    "required": NOT_ANSWERED,
    "blank": NOT_ANSWERED,
    "null": NOT_ANSWERED,
    "invalid": _("This is not in the right form. Check it and try again."),
    "invalid_choice": NOT_IN_LIST,
    "invalid_list": NOT_IN_LIST,
    "invalid_pk_value": NOT_IN_LIST,
    "max_length": TOO_LONG,
    "min_length": TOO_SHORT,
    "max_value": _("Enter %(limit_value)s or less."),
    "min_value": _("Enter %(limit_value)s or more."),
    "null_characters_not_allowed": _("This has a sign in it that cannot be shown. Take it out."),
    "unique": _("This is there already."),
}


def say_plainly(error: ValidationError) -> None:
    """Put our sentences in place of the framework's, in each of the errors that `error` holds.

    For errors of a model's fields, which have no sentences of their own.
    """
    for each in error.error_list:
        each.message = PLAIN.get(each.code or "", each.message)
