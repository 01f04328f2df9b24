"""The roles worth creating, and each with the people behind it and the groups to ask."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from core.week import day_name, part_name
from insights.areas import is_in
from insights.disclosure import Shown
from insights.measures import MEASURES
from insights.policies import can_steer
from insights.selectors.for_segments import RoleForSegment, roles_for_segments
from insights.selectors.published import Row
from insights.selectors.role_plan import PublishedPlan, RoleWorthCreating, newest_plan
from insights.selectors.serving import Served, served_by
from insights.selectors.unmet import segments_shown
from insights.selectors.worth_creating import assuming
from insights.wording import in_words, written
from web import tables
from web.charts import Bars, Point, WeekGrid
from web.csv_response import csv_response
from web.group_access import person_of
from web.insights_access import ReaderRequired
from web.statistics_pages import kept_choice
from web.views.insights.filters import Filters, chosen_area
from web.views.insights.hosts import (
    ASKED_FIRST,
    ask_first,
    hosts_table,
    simulate_address,
    to_do,
)
from web.views.insights.page import StatisticsPage
from web.views.insights.unmet_words import standing_out

#: How numbers of people are put.
_PEOPLE = MEASURES["people_waiting"]
#: What charts, and columns of their file, are of.
_HOW_LONG = gettext_lazy("How long these people wait")
_WHERE = gettext_lazy("Where these people live")


class RolePlanPage(StatisticsPage):
    """The plan of the month, or its roles in a ward or from home."""

    template_name = "web/insights/role_plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan, filters = newest_plan(), chosen_area(self.request, has_home=True)
        roles = plan.roles_in(filters.area) if plan else []
        for_segments = [one for one in roles_for_segments() if is_in(one.role.ward, filters.area)]
        steers, kept = can_steer(self.request.user), kept_choice(self.request)
        segments = segments_shown()
        served = [served_by(one.role, segments) for one in roles]
        return super().get_context_data(
            plan=plan,
            filters=filters,
            roles=roles,
            title=_title(plan, roles, for_segments, filters),
            table=_table(roles, served, kept, steers=steers) if roles else None,
            for_segments=_for_segments(for_segments, kept, steers=steers) if for_segments else None,
            serving=_serving(served, filters),
            repeated=_repeated([*roles, *for_segments]),
            is_broker=person_of(self.request).is_broker,
            places=sum(role.places for role in roles),
            assuming=assuming(),
            **kwargs,
        )


class RolePlanFile(ReaderRequired, View):
    """The same as a file, with the groups to ask."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        heads = ["Place in the plan", "Kind of work", "When", "Where", "Places", "Named it"]
        heads += [
            "Have not said what they would like",
            "Named it, no other place",
            "Role to begin with",
            "Groups to ask",
        ]
        plan, area = newest_plan(), chosen_area(request, has_home=True).area
        roles = plan.roles_in(area) if plan else []
        return csv_response("roles-worth-creating", heads, [_line(role) for role in roles])


class PlannedRolePage(StatisticsPage):
    """One role: why, for whom, with whom, and the draft to begin with."""

    template_name = "web/insights/planned_role.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = newest_plan(sees_limits=person_of(self.request).is_broker)
        role = plan.role(self.kwargs["number"]) if plan else None
        if plan is None or role is None:
            raise Http404
        return super().get_context_data(
            plan=plan,
            role=role,
            served=served_by(role.role, segments_shown()),
            hosts=hosts_table(role.hosts, person_of(self.request)),
            write_to=f"planned={role.number}",
            simulate=simulate_address(role.role, role.places),
            waits=_bars("waits", _waits_title(role), _HOW_LONG, role, role.waits),
            wards=_bars("wards", _wards_title(role), _WHERE, role, role.wards),
            week=_week(role),
            **kwargs,
        )


class PlannedRoleFile(ReaderRequired, View):
    """The people behind one role as a file: how long they wait, where they live, when they are
    free.
    """

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        plan = newest_plan()
        role = plan.role(kwargs["number"]) if plan else None
        if role is None:
            raise Http404
        heads = [_("What"), _("Which"), _("People")]
        rows: list[list[str]] = [[_("All who named it"), role.title, written(_PEOPLE, role.named)]]
        for what, parts in ((_HOW_LONG, role.waits), (_WHERE, role.wards)):
            rows += [[str(what), row.label, written(_PEOPLE, row.shown)] for row in parts]
        rows += [[_("Free"), one.label, one.written] for one in _week(role).points]
        return csv_response(f"role-worth-creating-{role.number}", heads, rows)


def _title(
    plan: PublishedPlan | None,
    roles: Sequence[RoleWorthCreating],
    for_segments: Sequence[RoleForSegment],
    filters: Filters,
) -> str:
    if filters.area and plan and plan.roles:
        return _narrowed_title(len(plan.roles), len(roles), filters)
    if for_segments and roles:
        return _(
            "%(some)s for people who stay without a place, and %(others)s thought to place the most"
        ) % {
            "some": _new_roles(len(for_segments)),
            "others": len(roles),
        }
    found = len(for_segments) or len(roles)
    return (
        _("%(roles)s worth creating") % {"roles": _new_roles(found)}
        if found
        else _("Roles worth creating")
    )


def _new_roles(number: int) -> str:
    return ngettext("%(number)s new role", "%(number)s new roles", number) % {"number": number}


def _narrowed_title(planned: int, here: int, filters: Filters) -> str:
    words = {"number": here, "all": planned, "where": filters.in_area}
    if not here:
        return (
            ngettext(
                "The planned role is not %(where)s",
                "None of the %(all)s planned roles is %(where)s",
                planned,
            )
            % words
        )
    return (
        ngettext(
            "%(number)s of the %(all)s planned roles is %(where)s",
            "%(number)s of the %(all)s planned roles are %(where)s",
            here,
        )
        % words
    )


def _serving(served: list[list[Served]], filters: Filters) -> str:
    """How many of the roles are for people who wait for the same."""
    words = {"serving": sum(bool(one) for one in served), "all": len(served)}
    if not words["serving"]:
        if filters.area:
            return _("None of these roles is for such a group this month.")
        return _("None of the planned roles is for such a group this month.")
    if filters.area:
        return (
            ngettext(
                "%(serving)s of these %(all)s is for such a group.",
                "%(serving)s of these %(all)s are for such a group.",
                words["serving"],
            )
            % words
        )
    return (
        ngettext(
            "%(serving)s of the %(all)s planned roles is for such a group.",
            "%(serving)s of the %(all)s planned roles are for such a group.",
            words["serving"],
        )
        % words
    )


def _table(
    roles: Sequence[RoleWorthCreating], served: list[list[Served]], kept: str, *, steers: bool
) -> tables.Table:
    """kept: the end of the address of each role, so that the choice of a ward is not lost."""
    columns = [
        tables.Column(_("Role")),
        tables.Column(_("Named it and could do it"), is_numeric=True),
        tables.Column(_("Of these, have no other place"), is_numeric=True),
        tables.Column(_("Ask first")),
    ]
    if any(served):
        columns.append(tables.Column(_("For people who wait for the same")))
    if steers:
        columns.append(tables.Column(_("What to do")))
    return tables.Table(
        _("Roles that would place the most people, the best first"),
        tuple(columns),
        [
            [
                tables.Cell(
                    f"{role.number}. {role.title}",
                    reverse("web:role-worth-creating", args=[role.number]) + kept,
                ),
                *(
                    in_words(_PEOPLE, role.named),
                    in_words(_PEOPLE, role.without),
                    ask_first(role.hosts),
                ),
                *([_served(groups, kept)] if any(served) else []),
                *([_to_do(role)] if steers else []),
            ]
            for role, groups in zip(roles, served, strict=True)
        ],
    )


def _to_do(role: RoleWorthCreating) -> tables.Cell:
    return to_do(role.role, role.places, role.title, f"planned={role.number}")


def _for_segments(found: Sequence[RoleForSegment], kept: str, *, steers: bool) -> tables.Table:
    columns = [
        tables.Column(_("Role")),
        tables.Column(_("People who wait for the same"), is_numeric=True),
        tables.Column(_("Ask first")),
    ]
    if steers:
        columns.append(tables.Column(_("What to do")))
    return tables.Table(
        _("A role for each of the largest groups of people who have too few places"),
        tuple(columns),
        [
            [
                tables.Cell(one.title, reverse("web:unmet-segment", args=[one.segment.pk]) + kept),
                *(in_words(_PEOPLE, one.people), ask_first(one.hosts)),
                *([_to_do_for(one)] if steers else []),
            ]
            for one in found
        ],
    )


def _to_do_for(one: RoleForSegment) -> tables.Cell:
    return to_do(one.role, one.places, one.title, f"segment={one.segment.pk}")


def _served(groups: list[Served], kept: str) -> tables.Cell:
    if not groups:
        return tables.Cell(_("none of them"))
    return tables.Cell(links=tuple(_segment(one, kept) for one in groups))


def _segment(one: Served, kept: str) -> tables.Link:
    words = one.name if one.is_near else _("%(name)s (in other wards)") % {"name": one.name}
    return tables.Link(words, reverse("web:unmet-segment", args=[one.pk]) + kept)


def _repeated(roles: Sequence[RoleWorthCreating | RoleForSegment]) -> str:
    """Which groups are to be asked first for several of the roles: they may want to choose."""
    named = Counter(host.name for role in roles for host in role.hosts[:ASKED_FIRST])
    several = [(name, number) for name, number in named.most_common() if number > 1]
    if not several:
        return ""
    return _("Some groups are named for several roles: %(groups)s. Ask them which they want.") % {
        "groups": get_text_list(
            [
                _("%(group)s for %(number)s") % {"group": name, "number": number}
                for name, number in several
            ],
            _("and"),
        )
    }


def _line(role: RoleWorthCreating) -> list[str | int]:
    return [
        role.number,
        role.kind,
        role.when,
        role.where,
        role.places,
        written(_PEOPLE, role.named),
        written(_PEOPLE, role.not_said),
        written(_PEOPLE, role.without),
        role.template.title if role.template else "",
        "; ".join(host.name for host in role.hosts),
    ]


def _point(label: str, shown: Shown) -> Point:
    return Point(label, shown.value, in_words(_PEOPLE, shown), written(_PEOPLE, shown))


def _file_of(role: RoleWorthCreating) -> str:
    return reverse("web:role-worth-creating-csv", args=[role.number])


def _bars(
    key: str, title: str, what: str | Promise, role: RoleWorthCreating, rows: list[Row]
) -> Bars:
    about = str(what)
    return Bars(
        key=key,
        title=title,
        about=about,
        points=tuple(_point(row.label, row.shown) for row in rows),
        heads=(about, _("People")),
        csv=_file_of(role),
    )


def _waits_title(role: RoleWorthCreating) -> str:
    longest = role.waits[-1].shown
    if longest.value:
        return _("%(about)s of them have waited for more than 6 months") % {
            "about": in_words(_PEOPLE, longest).capitalize()
        }
    return _("How long they wait")


def _wards_title(role: RoleWorthCreating) -> str:
    most = standing_out(role.wards)
    if most is None:
        return _("They live in many wards")
    return _("More of them live in %(ward)s than in any other ward") % {"ward": most.label}


def _week(role: RoleWorthCreating) -> WeekGrid:
    days, parts = [day_name(day) for day in range(7)], [part_name(part) for part in range(3)]
    labels = [f"{day}, {part.lower()}" for day in days for part in parts]
    return WeekGrid(
        key="week",
        title=_("When these people say that they are free"),
        about=_("People free in each part of the week. Who did not say is not counted."),
        points=tuple(_point(*pair) for pair in zip(labels, role.free, strict=True)),
        heads=(_("Part of the week"), _("People")),
        days=tuple(day[:3] for day in days),
        parts=tuple(parts),
        notes=(_("* stands for 1 to 7 people."),),
        csv=_file_of(role),
    )
