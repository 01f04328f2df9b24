"""What people write in their own words."""

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models


class WordsField(models.TextField):
    """Text of at most `max_length` characters, wherever it comes from.

    Django's own text field keeps to its `max_length` in forms only.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators.append(MaxLengthValidator(kwargs["max_length"]))
