"""What groups are asked once a year of the public bodies around them, and how it is put to them.

The words of the question are those that England asked of its voluntary organisations in 2008, so
that an answer means the same. Statistics are worked out and published by `insights`.
"""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

QUESTION = gettext_lazy(
    "Taking everything into account, overall, how do the statutory bodies in your local area "
    "influence your organisation’s success?"
)


class Answer(models.TextChoices):
    """The answers, in the order in which they are shown."""

    VERY_POSITIVE = "very_positive", gettext_lazy("Very positive")
    POSITIVE = "positive", gettext_lazy("Positive")
    NEITHER = "neither", gettext_lazy("Neither positive nor negative")
    NEGATIVE = "negative", gettext_lazy("Negative")
    VERY_NEGATIVE = "very_negative", gettext_lazy("Very negative")
    DONT_KNOW = "dont_know", gettext_lazy("I don’t know")


def asked_subject() -> str:
    """The first line of the message that asks, in the reader's language."""
    return _("One question, once a year")


def asked_body() -> str:
    """The message that asks, in the reader's language."""
    return _(
        "How do the council, the NHS and other public bodies help or hinder your group? We ask "
        "every group this one question once a year.\n\nIt takes a minute, and you can skip it. "
        "Nobody is told what your group said: answers are only shown added up."
    )
