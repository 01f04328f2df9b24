"""What figures are split by. A dimension puts each row of each table into categories.

Only one split at a time is ever published (one of these is of two things at once, `PART_AND_TIME`),
and only of these: the fewer tables there are, the less can be found out by holding them against
each other (promise 4).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext_lazy as _

from insights.measures import categories, people_categories, role_categories, tenths
from insights.measures.categories import TIMES, Label, Pairs, of_applications, of_roles
from insights.measures.samples import Table
from insights.measures.tables import EQUALITY_QUESTIONS, Tables
from opportunities.models import Organisation
from placements.models import Application


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to split figures.

    parts: whether every row is in exactly one category, so that the categories of a count add up to
    its total. equality: whether it is of answers to the equality form. crossed: whether it is two
    dimensions at once: published only with what is kept back beside both
    (`insights.services.crossed`). moves: whether everybody goes from one category to the next as
    time passes. apart: codes of categories that another figure tells from the rest, so that how
    many are in them together is known. categories: (code, label), in the order in which they are
    shown. of: for each table that it can split, the category of each row.
    """

    code: str
    title: Label
    parts: bool
    categories: Callable[[Tables], list[tuple[str, Label]]]
    of: Mapping[Table, Callable[[Tables], Pairs]]
    equality: bool = False
    crossed: bool = False
    moves: bool = False
    apart: frozenset[str] = frozenset()

    def tables(self, categories: Sequence[tuple[str, Label]]) -> list[list[int]]:
        """The places of these categories, (code, label), as tables each of whose totals is known:
        one of all, or where some stand apart two.
        """
        places: list[list[int]] = [[], []]
        for place, (code, __) in enumerate(categories):
            places[code in self.apart].append(place)
        return [one for one in places if one]


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


def _equality(question: str) -> Dimension:
    of_people = partial(people_categories.of_answers, question=question)
    return Dimension(
        code=question.replace("_", "-"),
        title=people_categories.EQUALITY_TITLES[question],
        parts=True,
        categories=lambda __: people_categories.answer_categories(question),
        of={
            Table.PEOPLE: of_people,
            Table.APPLICATIONS: of_applications(of_people, of="person"),
        },
        equality=True,
    )


WARD = Dimension(
    code="ward",
    title=_("Ward"),
    parts=True,
    categories=categories.ward_categories,
    of={
        Table.PEOPLE: lambda tables: categories.of_wards(tables.people.ward),
        Table.APPLICATIONS: of_applications(
            lambda tables: categories.of_wards(tables.people.ward), of="person"
        ),
        Table.ROLES: lambda tables: categories.of_wards(tables.roles.ward),
        Table.GROUPS: lambda tables: categories.of_wards(tables.groups.ward),
    },
)
AGE = Dimension(
    code="age",
    title=_("Age"),
    parts=True,
    categories=lambda __: people_categories.age_categories(),
    of={
        Table.PEOPLE: people_categories.of_ages,
        Table.APPLICATIONS: of_applications(people_categories.of_ages, of="person"),
    },
)
CAUSE = Dimension(
    code="cause",
    title=_("Cause"),
    parts=False,
    categories=lambda tables: list(tables.causes),
    of={
        Table.PEOPLE: lambda tables: tables.people.causes,
        Table.APPLICATIONS: of_applications(lambda tables: tables.roles.causes, of="role"),
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
        Table.APPLICATIONS: of_applications(lambda tables: tables.roles.activities, of="role"),
        Table.ROLES: lambda tables: tables.roles.activities,
    },
)
TIME = Dimension(
    code="time",
    title=_("Time of the week"),
    parts=False,
    categories=lambda __: [(code, label) for code, label, __ in TIMES],
    of={
        Table.PEOPLE: lambda tables: categories.of_slots(tables.people.free),
        Table.APPLICATIONS: of_applications(
            lambda tables: categories.of_slots(tables.roles.slots), of="role"
        ),
        Table.ROLES: lambda tables: categories.of_slots(tables.roles.slots),
    },
)
PART_AND_TIME = Dimension(
    code="part-and-time",
    title=_("Part of the borough and time"),
    parts=False,
    crossed=True,
    categories=lambda __: categories.part_and_time_categories(),
    of={
        Table.PEOPLE: lambda tables: categories.of_parts_and_times(
            categories.of_wards(tables.people.ward), categories.of_slots(tables.people.free)
        ),
        Table.ROLES: lambda tables: categories.of_parts_and_times(
            categories.of_wards(tables.roles.ward), categories.of_slots(tables.roles.slots)
        ),
    },
)
GROUP_KIND = Dimension(
    code="group-kind",
    title=_("Kind of group"),
    parts=True,
    categories=lambda __: list(Organisation.LegalForm.choices),
    of={
        Table.GROUPS: role_categories.of_group_kinds,
        Table.ROLES: of_roles(role_categories.of_group_kinds),
        Table.APPLICATIONS: of_applications(of_roles(role_categories.of_group_kinds), of="role"),
    },
)
GROUP_REACH = Dimension(
    code="group-reach",
    title=_("Small and unaffiliated groups"),
    parts=True,
    categories=lambda __: list(role_categories.GROUP_REACHES),
    of={
        Table.GROUPS: role_categories.of_group_reaches,
        Table.ROLES: of_roles(role_categories.of_group_reaches),
        Table.APPLICATIONS: of_applications(of_roles(role_categories.of_group_reaches), of="role"),
    },
)
CHANNEL = Dimension(
    code="channel",
    title=_("How people came to the role"),
    parts=True,
    categories=lambda __: list(Application.CameBy.choices),
    of={Table.APPLICATIONS: role_categories.of_channels},
)
WAIT = Dimension(
    code="wait",
    title=_("How long they have waited"),
    parts=True,
    categories=lambda __: people_categories.wait_categories(),
    of={Table.PEOPLE: people_categories.of_waits},
    moves=True,
)
REASON = Dimension(
    code="reason",
    title=_("Why groups said no"),
    parts=True,
    categories=lambda __: list(role_categories.REASONS),
    of={Table.APPLICATIONS: role_categories.of_reasons},
    # The share of refusals with a reason says how many there are of these together.
    apart=frozenset(role_categories.NO_REASON),
)
MEANWHILE = Dimension(
    code="meanwhile",
    title=_("What people did meanwhile"),
    parts=True,
    categories=lambda __: [
        ("one-off", _("Something that is done once")),
        ("from-home", _("A regular role from home")),
    ],
    of={Table.APPLICATIONS: of_applications(role_categories.of_ways, of="role")},
)
PLACE_TOLD = Dimension(
    code="place-told",
    title=_("Chance of a place that people were told"),
    parts=True,
    categories=lambda __: list(tenths.categories()),
    of={Table.APPLICATIONS: lambda tables: tenths.of_chances(tables.applications.told_place)},
)
ANSWER_TOLD = Dimension(
    code="answer-told",
    title=_("Chance of an answer within 10 days that people were told"),
    parts=True,
    categories=lambda __: list(tenths.categories()),
    of={Table.APPLICATIONS: lambda tables: tenths.of_chances(tables.applications.told_answer)},
)
DIMENSIONS = Dimensions(
    *(WARD, AGE, CAUSE, ACTIVITY, TIME, WAIT, PART_AND_TIME, GROUP_KIND, GROUP_REACH, CHANNEL),
    *(REASON, MEANWHILE, PLACE_TOLD, ANSWER_TOLD),
    *map(_equality, EQUALITY_QUESTIONS),
)
EQUALITY = tuple(dimension.code for dimension in DIMENSIONS if dimension.equality)
#: Dimensions whose categories have no order of their own: the largest figure comes first.
RANKED = (CAUSE.code, ACTIVITY.code)
