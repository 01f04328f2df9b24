"""What figures are split by. A dimension puts each row of each table into categories.

Only one split at a time is ever published (one of these is of two things at once, `PART_AND_TIME`),
and only of these: the fewer tables there are, the less can be found out by holding them against
each other (promise 4).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from core.places.wards import PARTS, WARDS, part_of
from equality.models import EqualityAnswers
from insights.measures.samples import Rows, Table
from insights.measures.tables import EQUALITY_QUESTIONS, GroupsTable, Index, Tables
from opportunities.models import Organisation
from placements.models import Application

Label = str | Promise
#: (row, category) as two arrays.
Pairs = tuple[Rows, Rows]
#: Category of what has none.
NOT_SAID = "not-said"
_NOT_SAID: tuple[str, Label] = (NOT_SAID, _("Not said"))


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to split figures.

    parts: whether every row is in exactly one category, so that the categories of a count add up to
    its total. equality: whether it is of answers to the equality form. crossed: whether it is two
    dimensions at once: published only with what is kept back beside both
    (`insights.services.crossed`). moves: whether everybody goes from one category to the next as
    time passes. categories: (code, label), in the order in which they are shown.
    of: for each table that it can split, the category of each row.
    """

    code: str
    title: Label
    parts: bool
    categories: Callable[[Tables], list[tuple[str, Label]]]
    of: Mapping[Table, Callable[[Tables], Pairs]]
    equality: bool = False
    crossed: bool = False
    moves: bool = False


def ward_categories(__: Tables) -> list[tuple[str, Label]]:
    """The wards by name, and one for outside the borough."""
    return [(ward.code, ward.name) for ward in WARDS] + [
        (NOT_SAID, _("Outside Harrow, or not said"))
    ]


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
#: Reasons that a group can give for a refusal, as a figure names them.
_REASONS: tuple[tuple[str, Label], ...] = (
    (Application.Reason.NO_PLACE.value, _("All places were taken")),
    (Application.Reason.OTHER_SKILLS.value, _("It needs other skills")),
    (Application.Reason.OTHER_TIMES.value, _("The times did not work")),
    (Application.Reason.TOO_FAR.value, _("It is too far away")),
    (Application.Reason.ROLE_CHANGED.value, _("The role had changed")),
    (Application.Reason.NO_REPLY.value, _("The person could not be reached")),
    (Application.Reason.NONE.value, _("No reason given")),
    (Application.Reason.OTHER.value, _("Another reason")),
)

#: Parts of the week: code, label, mask of its slots.
_DAYTIME = sum(1 << (day * 3 + part) for day in range(5) for part in (0, 1))
_EVENINGS = sum(1 << (day * 3 + 2) for day in range(5))
_WEEKENDS = sum(1 << (day * 3 + part) for day in (5, 6) for part in range(3))
TIMES: tuple[tuple[str, Label, int], ...] = (
    ("weekday-daytime", _("Weekdays in the daytime"), _DAYTIME),
    ("weekday-evening", _("Weekday evenings"), _EVENINGS),
    ("weekend", _("Weekends"), _WEEKENDS),
)
_PART_CODES = [code for code, __ in PARTS]
_SMALL = (Organisation.Size.MICRO, Organisation.Size.SMALL, Organisation.Size.UNKNOWN)


def _one_each(codes: NDArray[np.str_], categories: list[str]) -> Pairs:
    """Rows in the category of their code; what is in none is in the last."""
    number = {code: place for place, code in enumerate(categories)}
    last = len(categories) - 1
    found = np.array([number.get(code, last) for code in codes.tolist()], np.int64)
    return np.arange(len(codes)), found


def _through(pairs: Pairs, index: Index) -> Pairs:
    """The categories of rows that each point at a row of another table, -1 at none."""
    rows, categories = pairs
    order = np.argsort(rows, kind="stable")
    rows, categories = rows[order], categories[order]
    first, last = np.searchsorted(rows, index), np.searchsorted(rows, index, side="right")
    counts = np.where(index < 0, 0, last - first)
    own = np.repeat(np.arange(len(index)), counts)
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return own, categories[np.repeat(first, counts) + steps]


def _of_wards(codes: NDArray[np.str_]) -> Pairs:
    return _one_each(codes, [ward.code for ward in WARDS] + [NOT_SAID])


def _of_ages(tables: Tables) -> Pairs:
    age = tables.people.age
    bands = np.searchsorted([band[0] for band in _AGES], np.nan_to_num(age), side="right") - 1
    return np.arange(len(age)), np.where(np.isnan(age), len(_AGES), bands)


def _of_waits(tables: Tables) -> Pairs:
    """How long those who wait have waited; who does not wait is in none."""
    rows = np.flatnonzero(tables.people.waiting)
    days = tables.at - tables.people.waiting_from[rows]
    bands = np.searchsorted([band[0] for band in _WAITS], days, side="right") - 1
    return rows, np.maximum(bands, 0)


def _of_slots(masks: NDArray[np.uint32]) -> Pairs:
    """Parts of the week that a mask touches; 0 is any time, which is in all of them."""
    touches = np.stack([(masks & mask > 0) | (masks == 0) for *__, mask in TIMES], axis=1)
    rows, categories = np.nonzero(touches)
    return rows, categories


def _crossed(wards: Pairs, times: Pairs) -> Pairs:
    """Part of the borough and time of rows as one category; what is in no part is in none."""
    parts = [_PART_CODES.index(part_of(ward)) for ward in WARDS]
    of_part = np.array([*parts, -1])[wards[1]]
    rows, of_time = times
    known = of_part[rows] >= 0
    return rows[known], of_part[rows][known] * len(TIMES) + of_time[known]


def _parts_and_times() -> list[tuple[str, Label]]:
    return [
        (f"{part}-{time}", _("%(time)s in %(part)s") % {"time": label, "part": where})
        for part, where in PARTS
        for time, label, __ in TIMES
    ]


def _of_ways(tables: Tables) -> Pairs:
    """What is done once, and what is regular and from home; all else is neither."""
    once = np.flatnonzero(tables.roles.one_off)
    home = np.flatnonzero(tables.roles.from_home & ~tables.roles.one_off)
    numbers = np.concatenate([np.zeros(len(once), np.int64), np.ones(len(home), np.int64)])
    return np.concatenate([once, home]), numbers


def _of_applications(pairs: Callable[[Tables], Pairs], *, of: str) -> Callable[[Tables], Pairs]:
    return lambda tables: _through(pairs(tables), getattr(tables.applications, of))


def _of_roles(pairs: Callable[[Tables], Pairs]) -> Callable[[Tables], Pairs]:
    return lambda tables: _through(pairs(tables), tables.roles.group)


def _group_kind(tables: Tables) -> Pairs:
    return _one_each(tables.groups.legal_form, Organisation.LegalForm.values)


def _group_reach(tables: Tables) -> Pairs:
    groups = tables.groups
    small = np.isin(groups.size, _SMALL)
    silent = small & (groups.network == Organisation.Network.UNKNOWN)
    kinds = [small_and_alone(groups), silent, small]
    return np.arange(len(small)), np.select(kinds, [0, 3, 1], default=2)


def small_and_alone(groups: GroupsTable) -> NDArray[np.bool_]:
    """Which groups have five paid staff or fewer and say that they are in no network, (n,)."""
    small: NDArray[np.bool_] = np.isin(groups.size, _SMALL)
    return small & (groups.network == Organisation.Network.NONE)


def _reasons(tables: Tables) -> Pairs:
    return _one_each(tables.applications.reason, [code for code, __ in _REASONS])


def _channels(tables: Tables) -> Pairs:
    return _one_each(tables.applications.channel, list(Application.CameBy.values))


#: What a split by each question of the equality form is called.
_EQUALITY_TITLES: dict[str, Label] = {
    "age_band": _("Age, as said in the equality questions"),
    "disability": _("Disability"),
    "ethnic_group": _("Ethnic group"),
    "sex": _("Sex"),
    "gender_same": _("Gender the same as at birth"),
    "religion": _("Religion"),
    "orientation": _("Sexual orientation"),
}


def _equality(question: str) -> Dimension:
    choices = [choice for choice in _answers(question) if choice[0]]
    codes = [code for code, __ in choices] + [NOT_SAID]

    def of_people(tables: Tables) -> Pairs:
        return _one_each(tables.people.answers[question], codes)

    return Dimension(
        code=question.replace("_", "-"),
        title=_EQUALITY_TITLES[question],
        parts=True,
        categories=lambda __: [*choices, _NOT_SAID],
        of={
            Table.PEOPLE: of_people,
            Table.APPLICATIONS: _of_applications(of_people, of="person"),
        },
        equality=True,
    )


def _answers(question: str) -> list[tuple[str, Label]]:
    return list(_field(question).choices or [])


def _field(question: str) -> Any:
    return EqualityAnswers._meta.get_field(question)


class Dimensions:
    """All dimensions by code, in the order in which they are shown."""

    def __init__(self, *dimensions: Dimension) -> None:
        self._by_code = {dimension.code: dimension for dimension in dimensions}

    def __iter__(self) -> Iterator[Dimension]:
        return iter(self._by_code.values())

    def __getitem__(self, code: str) -> Dimension:
        return self._by_code[code]

    def __contains__(self, code: str) -> bool:
        return code in self._by_code


def _codes_of_ages() -> list[tuple[str, Label]]:
    return [(code, label) for __, code, label in _AGES] + [_NOT_SAID]


WARD = Dimension(
    code="ward",
    title=_("Ward"),
    parts=True,
    categories=ward_categories,
    of={
        Table.PEOPLE: lambda tables: _of_wards(tables.people.ward),
        Table.APPLICATIONS: _of_applications(
            lambda tables: _of_wards(tables.people.ward), of="person"
        ),
        Table.ROLES: lambda tables: _of_wards(tables.roles.ward),
        Table.GROUPS: lambda tables: _of_wards(tables.groups.ward),
    },
)
AGE = Dimension(
    code="age",
    title=_("Age"),
    parts=True,
    categories=lambda __: _codes_of_ages(),
    of={Table.PEOPLE: _of_ages, Table.APPLICATIONS: _of_applications(_of_ages, of="person")},
)
CAUSE = Dimension(
    code="cause",
    title=_("Cause"),
    parts=False,
    categories=lambda tables: list(tables.causes),
    of={
        Table.PEOPLE: lambda tables: tables.people.causes,
        Table.APPLICATIONS: _of_applications(lambda tables: tables.roles.causes, of="role"),
        Table.ROLES: lambda tables: tables.roles.causes,
        Table.GROUPS: lambda tables: tables.groups.causes,
    },
)
ACTIVITY = Dimension(
    code="activity",
    title=_("Activity"),
    parts=False,
    categories=lambda tables: list(tables.activities),
    of={
        Table.PEOPLE: lambda tables: tables.people.activities,
        Table.APPLICATIONS: _of_applications(lambda tables: tables.roles.activities, of="role"),
        Table.ROLES: lambda tables: tables.roles.activities,
    },
)
TIME = Dimension(
    code="time",
    title=_("Time of the week"),
    parts=False,
    categories=lambda __: [(code, label) for code, label, __ in TIMES],
    of={
        Table.PEOPLE: lambda tables: _of_slots(tables.people.free),
        Table.APPLICATIONS: _of_applications(
            lambda tables: _of_slots(tables.roles.slots), of="role"
        ),
        Table.ROLES: lambda tables: _of_slots(tables.roles.slots),
    },
)
PART_AND_TIME = Dimension(
    code="part-and-time",
    title=_("Part of the borough and time"),
    parts=False,
    crossed=True,
    categories=lambda __: _parts_and_times(),
    of={
        Table.PEOPLE: lambda tables: _crossed(
            _of_wards(tables.people.ward), _of_slots(tables.people.free)
        ),
        Table.ROLES: lambda tables: _crossed(
            _of_wards(tables.roles.ward), _of_slots(tables.roles.slots)
        ),
    },
)
GROUP_KIND = Dimension(
    code="group-kind",
    title=_("Kind of group"),
    parts=True,
    categories=lambda __: list(Organisation.LegalForm.choices),
    of={
        Table.GROUPS: _group_kind,
        Table.ROLES: _of_roles(_group_kind),
        Table.APPLICATIONS: _of_applications(_of_roles(_group_kind), of="role"),
    },
)
GROUP_REACH = Dimension(
    code="group-reach",
    title=_("Small and unaffiliated groups"),
    parts=True,
    categories=lambda __: [
        ("small-alone", _("Five paid staff or fewer, in no network")),
        ("small-network", _("Five paid staff or fewer, in a network")),
        ("larger", _("More paid staff")),
        ("small-not-said", _("Five paid staff or fewer, network not said")),
    ],
    of={
        Table.GROUPS: _group_reach,
        Table.ROLES: _of_roles(_group_reach),
        Table.APPLICATIONS: _of_applications(_of_roles(_group_reach), of="role"),
    },
)
CHANNEL = Dimension(
    code="channel",
    title=_("How people came to the role"),
    parts=True,
    categories=lambda __: list(Application.CameBy.choices),
    of={Table.APPLICATIONS: _channels},
)
WAIT = Dimension(
    code="wait",
    title=_("How long they have waited"),
    parts=True,
    categories=lambda __: [(code, label) for _days, code, label in _WAITS],
    of={Table.PEOPLE: _of_waits},
    moves=True,
)
REASON = Dimension(
    code="reason",
    title=_("Why groups said no"),
    parts=True,
    categories=lambda __: list(_REASONS),
    of={Table.APPLICATIONS: _reasons},
)
MEANWHILE = Dimension(
    code="meanwhile",
    title=_("What people did meanwhile"),
    parts=True,
    categories=lambda __: [
        ("one-off", _("Something that is done once")),
        ("from-home", _("A regular role from home")),
    ],
    of={Table.APPLICATIONS: _of_applications(_of_ways, of="role")},
)
DIMENSIONS = Dimensions(
    *(WARD, AGE, CAUSE, ACTIVITY, TIME, WAIT, PART_AND_TIME, GROUP_KIND, GROUP_REACH, CHANNEL),
    *(REASON, MEANWHILE),
    *map(_equality, EQUALITY_QUESTIONS),
)
EQUALITY = tuple(dimension.code for dimension in DIMENSIONS if dimension.equality)
#: Dimensions whose categories have no order of their own: the largest figure comes first.
RANKED = (CAUSE.code, ACTIVITY.code)
