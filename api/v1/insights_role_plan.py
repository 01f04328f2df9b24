"""The roles worth creating: why, for whom, with whom, and the draft to begin with."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lists import check_parameters
from api.people import person
from api.v1 import insights_shown as as_shown
from api.v1.insights_access import OfStatistics
from api.v1.insights_filters import AREA_OR_HOME, area_of
from api.v1.insights_output import CategoryOutput, ShownOutput
from core.errors import NotFound
from insights.areas import is_in
from insights.models import Segment
from insights.selectors.for_segments import RoleForSegment, roles_for_segments
from insights.selectors.role_plan import PublishedPlan, RoleWorthCreating, newest_plan
from insights.selectors.serving import served_by
from insights.selectors.unmet import segments_shown
from insights.selectors.worth_creating import assuming
from opportunities.role_templates import RoleTemplate

_tags = ["insights"]


class HostOutput(serializers.Serializer[Any]):
    """A group that could be asked to take the role on."""

    group = serializers.IntegerField(help_text="Its number in `organisations/`.")
    name = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why, in sentences.")
    miles = serializers.IntegerField(
        allow_null=True,
        help_text="Whole miles to the middle of the ward; null: from home.",
    )
    answer_days = serializers.IntegerField(
        allow_null=True, help_text="Half of those who asked had an answer within so many days."
    )
    told_on = serializers.DateField(
        allow_null=True, help_text="When it was last told of people who would like such work."
    )


class ServedOutput(serializers.Serializer[Any]):
    """People who wait for the same that a role is for."""

    id = serializers.IntegerField(source="pk", help_text="Their number in `insights/segments/`.")
    name = serializers.CharField()
    is_near = serializers.BooleanField(help_text="Whether the role is where they live.")


class PlannedRoleOutput(serializers.Serializer[Any]):
    """A role that should exist."""

    number = serializers.IntegerField(help_text="Its place in the plan, from 1: the best.")
    title = serializers.CharField()
    kind = serializers.CharField(help_text="The kind of work, in words.")
    activity = serializers.CharField(help_text="The same as a code of `taxonomy/`.")
    when = serializers.CharField()
    where = serializers.CharField()
    ward = serializers.CharField(help_text="The code of the ward; empty: from home.")
    places = serializers.IntegerField(help_text="How many places it would have.")
    named = ShownOutput(help_text="People who wait, named such work or its cause, and could do it.")
    not_said = ShownOutput(
        help_text="How many more have not said what they would like, and could do it too."
    )
    without = ShownOutput(help_text="Those who named it for whom there is no other place.")
    template = serializers.CharField(
        help_text="The code of the draft to begin with, in `role-templates/`; empty: none."
    )
    hosts = HostOutput(many=True, help_text="Groups to ask, the likeliest first.")
    segments = ServedOutput(many=True, help_text="People who wait for the same that it is for.")


class RoleForSegmentOutput(serializers.Serializer[Any]):
    """A role for people who wait for the same and have too few places."""

    segment = serializers.IntegerField(
        source="segment.pk", help_text="Their number in `insights/segments/`."
    )
    title = serializers.CharField()
    kind = serializers.CharField(help_text="The kind of work, in words.")
    activity = serializers.CharField(
        source="role.activity", help_text="The same as a code of `taxonomy/`."
    )
    when = serializers.CharField()
    where = serializers.CharField()
    ward = serializers.CharField(
        source="role.ward", help_text="The code of the ward; empty: from home."
    )
    places = serializers.IntegerField(help_text="How many places it would have.")
    people = ShownOutput(help_text="How many these people are.")
    template = serializers.CharField(
        help_text="The code of the draft to begin with, in `role-templates/`; empty: none."
    )
    hosts = HostOutput(many=True, help_text="Groups to ask, the likeliest first.")


class RolePlanOutput(serializers.Serializer[Any]):
    """The roles worth creating: those that would place the most people, the best first, and one for
    each of the largest groups of people who have too few places. All numbers of the plan are null
    before there is one.
    """

    area = serializers.CharField(
        help_text=(
            "The code of the ward that `roles` are in, or `home`; empty for the whole borough. The "
            "numbers are always of the whole plan."
        )
    )
    made_at = serializers.DateTimeField(allow_null=True)
    waiting = ShownOutput(allow_null=True, help_text="People who wait.")
    placeable = ShownOutput(
        allow_null=True,
        help_text="Those whom the places of today could take, were all placed as well as can be.",
    )
    silent = ShownOutput(
        allow_null=True, help_text="People who wait and have not said what they would like."
    )
    assuming = serializers.CharField(help_text="What `brings` rests on, in words.")
    brings = ShownOutput(allow_null=True, help_text="How many more people these roles would place.")
    roles = PlannedRoleOutput(many=True)
    for_segments = RoleForSegmentOutput(
        many=True, help_text="For people who stay without a place, the most people first."
    )


class DraftOutput(serializers.Serializer[Any]):
    """The words that a group begins with; all of them are its own to change."""

    code = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    description = serializers.CharField()


class PlannedRoleInFullOutput(PlannedRoleOutput):
    """A role that should exist, with the people behind it and its draft."""

    draft = DraftOutput(allow_null=True, help_text="Null where there is no template of this kind.")
    waits = CategoryOutput(many=True, help_text="Those who named it, by how long they wait.")
    wards = CategoryOutput(many=True, help_text="Those who named it, by ward.")
    free = CategoryOutput(many=True, help_text="Those of them who are free, by part of the week.")


class RolesWorthCreating(OfStatistics):
    """Which new roles are worth creating, by the newest plan."""

    @extend_schema(
        summary="Read which roles are worth creating",
        description="At most ten of each list, with the groups to ask. Counts, never names.",
        parameters=[AREA_OR_HOME],
        responses=RolePlanOutput,
        tags=_tags,
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, frozenset({"area"}))
        area = area_of(request, has_home=True)
        sees_limits = person(request).is_broker
        found = _plan(newest_plan(sees_limits=sees_limits), area)
        others = roles_for_segments(sees_limits=sees_limits)
        found["for_segments"] = [_for(one) for one in others if is_in(one.role.ward, area)]
        return Response(RolePlanOutput(found).data)


class RoleWorthCreatingInFull(OfStatistics):
    """One role of the plan."""

    @extend_schema(
        operation_id="insights_planned_role_retrieve",
        summary="Read one role that is worth creating, with the people behind it",
        responses=PlannedRoleInFullOutput,
        tags=_tags,
    )
    def get(self, request: Request, number: int) -> Response:
        check_parameters(request, frozenset())
        plan = newest_plan(sees_limits=person(request).is_broker)
        role = plan.role(number) if plan else None
        if role is None:
            raise NotFound("The plan has no such role.")
        return Response(
            PlannedRoleInFullOutput(
                {
                    **_role(role, segments_shown()),
                    "draft": _draft(role.template),
                    "waits": as_shown.rows_of_people(role.waits),
                    "wards": as_shown.rows_of_people(role.wards),
                    "free": as_shown.week(role.free),
                }
            ).data
        )


def _plan(plan: PublishedPlan | None, area: str) -> dict[str, Any]:
    if plan is None:
        nothing = dict.fromkeys(("made_at", "waiting", "placeable", "silent", "brings"))
        return {**nothing, "area": area, "assuming": assuming(), "roles": []}
    segments = segments_shown()
    return {
        "area": area,
        "made_at": plan.made_at,
        "waiting": as_shown.people(plan.waiting),
        "placeable": as_shown.people(plan.placeable),
        "silent": as_shown.people(plan.silent),
        "assuming": assuming(),
        "brings": as_shown.people(plan.brings),
        "roles": [_role(role, segments) for role in plan.roles_in(area)],
    }


def _role(role: RoleWorthCreating, segments: list[Segment]) -> dict[str, Any]:
    return {
        "number": role.number,
        "title": role.title,
        "kind": role.kind,
        "activity": role.role.activity,
        "when": role.when,
        "where": role.where,
        "ward": role.role.ward,
        "places": role.places,
        "named": as_shown.people(role.named),
        "not_said": as_shown.people(role.not_said),
        "without": as_shown.people(role.without),
        "template": role.template.code if role.template else "",
        "hosts": role.hosts,
        "segments": served_by(role.role, segments),
    }


def _for(one: RoleForSegment) -> dict[str, Any]:
    names = ("segment", "role", "title", "kind", "when", "where", "places", "hosts")
    return {
        **{name: getattr(one, name) for name in names},
        "people": as_shown.people(one.people),
        "template": one.template.code if one.template else "",
    }


def _draft(template: RoleTemplate | None) -> dict[str, str] | None:
    if template is None:
        return None
    names = ("code", "title", "summary", "description")
    return {name: getattr(template, name) for name in names}
