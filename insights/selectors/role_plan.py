"""The roles worth creating, as pages, files and prospectuses may show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core.disclosure import FEWEST, STEP
from core.models import Activity
from core.models.taxonomy import name_in_words
from core.places.wards import ward_name
from insights.analysis.protection import Given, Rounding, what_to_give
from insights.areas import is_in
from insights.disclosure import FEW, KEPT_BACK, Shown, others_shown, part_shown, people_shown
from insights.models import RolePlan
from insights.proposed_roles import TIME_LABELS, ProposedRole
from insights.selectors.likely_hosts import LikelyHost, hosts_shown
from insights.selectors.published import Row, most_first
from opportunities.role_templates import RoleTemplate


@dataclass(frozen=True)
class RoleWorthCreating:
    """One role of the plan. number: its place in it, from 1. places: how many it would have.

    named: who wait, named such work or its cause, and could do it. not_said: how many more named
    neither a kind of work nor a cause, and could do it too. The rest is of those who named it.
    without: those of them for whom no place of today is left, were everybody placed as well as can
    be. waits: people by how long they wait; wards: by ward. free: people free in each of the week's
    21 slots.
    """

    number: int
    role: ProposedRole
    kind: str
    places: int
    named: Shown
    not_said: Shown
    without: Shown
    waits: list[Row]
    wards: list[Row]
    free: list[Shown]
    hosts: list[LikelyHost]

    @property
    def when(self) -> str:
        """Such as "weekday evenings"."""
        return str(TIME_LABELS.get(self.role.time, self.role.time))

    @property
    def where(self) -> str:
        """The ward's name, or that it is done from home."""
        return ward_name(self.role.ward) if self.role.ward else _("from home")

    @property
    def title(self) -> str:
        """What, when and where, such as "Gardening, Saturdays, Pinner"."""
        return f"{self.kind}, {self.when}, {self.where}"

    @property
    def template(self) -> RoleTemplate | None:
        """The draft to begin with; None where no template is of this kind of work."""
        return self.role.template


@dataclass(frozen=True)
class PublishedPlan:
    """The plan of a month. waiting: people who wait; placeable: those whom the places of today
    could take, were everybody placed as well as can be; silent: those who have named neither a kind
    of work nor a cause; brings: how many more the roles would
    place.
    """

    made_at: datetime
    waiting: Shown
    placeable: Shown
    silent: Shown
    brings: Shown
    roles: list[RoleWorthCreating]

    def role(self, number: int) -> RoleWorthCreating | None:
        """The role with this place in the plan."""
        return next((role for role in self.roles if role.number == number), None)

    def roles_in(self, area: str) -> list[RoleWorthCreating]:
        """The roles in an area (`insights.areas`), each with its place in the whole plan. What the
        plan brings is known of all roles together, and not of these.
        """
        return [role for role in self.roles if is_in(role.role.ward, area)]


def newest_plan(*, sees_limits: bool = False) -> PublishedPlan | None:
    """The newest plan, None where none has been made. sees_limits: whether it is for the volunteer
    centre, which groups tell what keeps them from taking more people; nobody else reads it of a
    group. At most four queries.
    """
    plan = RolePlan.objects.first()
    if plan is None:
        return None
    kinds = dict(Activity.objects.values_list("code", "name"))
    proposed = [ProposedRole(row["activity"], row["time"], row["ward"]) for row in plan.roles]
    kept = [row["hosts"] for row in plan.roles]
    hosts = hosts_shown(list(zip(proposed, kept, strict=True)), sees_limits=sees_limits)
    return PublishedPlan(
        made_at=plan.made_at,
        waiting=people_shown(plan.waiting),
        placeable=people_shown(plan.placeable),
        silent=part_shown(plan.silent, plan.waiting),
        brings=people_shown(sum(row.get("people", 0) for row in plan.roles)),
        roles=[
            _role(number, role, row, kinds.get(role.activity, role.activity), found)
            for number, (role, row, found) in enumerate(
                zip(proposed, plan.roles, hosts, strict=True), start=1
            )
        ],
    )


def _role(
    number: int, role: ProposedRole, row: dict[str, Any], kind: str, hosts: list[LikelyHost]
) -> RoleWorthCreating:
    wards = sorted(row["wards"].items())
    return RoleWorthCreating(
        number=number,
        role=role,
        kind=kind,
        places=row["places"],
        named=people_shown(row["named"]),
        not_said=others_shown(row["not_said"], row["named"]),
        without=part_shown(row["without"], row["named"]),
        waits=_split(
            list(zip(("0", "30", "90", "180"), _wait_labels(), strict=True)), row["waits"]
        ),
        wards=most_first(
            _split(
                [(code, ward_name(code) or _("outside Harrow")) for code, __ in wards],
                [count for __, count in wards],
            )
        ),
        free=[people_shown(count) for count in row["slots"]],
        hosts=hosts,
    )


def _split(categories: Sequence[tuple[str, str]], counts: Sequence[int]) -> list[Row]:
    """Counts of categories that add up to a total that is shown."""
    alone = [people_shown(count) for count in counts]
    small = [one == FEW for one in alone]
    if not counts:
        return []
    given = what_to_give(counts, small, Rounding(FEWEST, STEP))
    return [
        Row(code, label, KEPT_BACK if say == Given.NOTHING else one)
        for (code, label), one, say in zip(categories, alone, given, strict=True)
    ]


def _wait_labels() -> list[str]:
    return [
        _("less than a month"),
        _("1 to 3 months"),
        _("3 to 6 months"),
        _("more than 6 months"),
    ]


def kind_in_words(role: RoleWorthCreating) -> str:
    """The kind of work as it stands inside a sentence."""
    return name_in_words(role.kind)
