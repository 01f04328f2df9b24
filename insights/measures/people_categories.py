"""Categories of people: by age, by how long they have waited, by the equality questions."""

from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from equality.models import EqualityAnswers
from insights.measures.categories import NOT_SAID, Label, Pairs, one_each
from insights.measures.tables import Tables

_NOT_SAID: tuple[str, Label] = (NOT_SAID, _("Not said"))
#: Youngest age of each band, its code and its label.
_AGES: tuple[tuple[float, str, Label], ...] = (
    (0, "under-18", _("Under 18")),
    (18, "18-24", _("18 to 24")),
    (25, "25-44", _("25 to 44")),
    (45, "45-64", _("45 to 64")),
    (65, "65-79", _("65 to 79")),
    (80, "80-over", _("80 or over")),
)
#: Lengths of a wait: fewest days, code, label.
_WAITS: tuple[tuple[float, str, Label], ...] = (
    (0, "under-1-month", _("Less than a month")),
    (30, "1-3-months", _("1 to 3 months")),
    (91, "3-6-months", _("3 to 6 months")),
    (182, "6-12-months", _("6 to 12 months")),
    (365, "over-1-year", _("A year or more")),
)
#: What a split by each question of the equality form is called.
EQUALITY_TITLES: dict[str, Label] = {
    "age_band": _("Age, as said in the equality questions"),
    "disability": _("Disability"),
    "ethnic_group": _("Ethnic group"),
    "sex": _("Sex"),
    "gender_same": _("Gender the same as at birth"),
    "religion": _("Religion"),
    "orientation": _("Sexual orientation"),
}


def age_categories() -> list[tuple[str, Label]]:
    """The bands of age, youngest first, and one for who has not said."""
    return [(code, label) for __, code, label in _AGES] + [_NOT_SAID]


def wait_categories() -> list[tuple[str, Label]]:
    """The lengths of a wait, shortest first."""
    return [(code, label) for __, code, label in _WAITS]


def of_ages(tables: Tables) -> Pairs:
    """The band of age of people."""
    age = tables.people.age
    bands = np.searchsorted([band[0] for band in _AGES], np.nan_to_num(age), side="right") - 1
    return np.arange(len(age)), np.where(np.isnan(age), len(_AGES), bands)


def of_waits(tables: Tables) -> Pairs:
    """How long those who wait have waited; who does not wait is in none."""
    rows = np.flatnonzero(tables.people.waiting)
    days = tables.at - tables.people.waiting_from[rows]
    bands = np.searchsorted([band[0] for band in _WAITS], days, side="right") - 1
    return rows, np.maximum(bands, 0)


def answer_categories(question: str) -> list[tuple[str, Label]]:
    """The answers to a question of the equality form, and one for none."""
    field: Any = EqualityAnswers._meta.get_field(question)
    return [*(choice for choice in field.choices or [] if choice[0]), _NOT_SAID]


def of_answers(tables: Tables, question: str) -> Pairs:
    """What people answered."""
    codes = [code for code, __ in answer_categories(question)]
    return one_each(tables.people.answers[question], codes)
