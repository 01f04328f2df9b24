"""What would happen if: ask, and read what came of it."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from api.inputs import Input, Nothing
from api.lists import Listed, check_parameters
from api.people import person
from api.v1 import insights_shown as as_shown
from api.v1.insights_access import OfStatistics
from api.v1.insights_output import ShownOutput
from insights.models import Simulation
from insights.proposed_roles import TIME_LABELS, ProposedRole
from insights.selectors import simulations as found
from insights.services import simulations
from insights.services.simulations import MOST_PLACES

_tags = ["insights"]
#: Named in the schema as one kind.
TIME_CODES = list(TIME_LABELS)
#: As many roles as a plan has.
_MOST_ROLES = 10
#: Seconds after which it is worth while to look again.
_AGAIN = "10"


class AddedRoleInput(Input):
    """A role that would be added."""

    activity = serializers.SlugField(max_length=50, help_text="A code of `taxonomy/`.")
    time = serializers.ChoiceField(choices=TIME_CODES)
    ward = serializers.CharField(
        max_length=9,
        allow_blank=True,
        default="",
        help_text="A ward's code; empty: from home.",
    )
    places = serializers.IntegerField(min_value=1, max_value=MOST_PLACES)


class SimulationInput(Input):
    """What would change: the roles of the newest plan, or roles of your own, or none; and whether
    groups would answer soon."""

    of_plan = serializers.BooleanField(default=False)
    roles = AddedRoleInput(many=True, default=list)
    answer_soon = serializers.BooleanField(
        default=False, help_text="Every group answers everybody within five days."
    )

    def validate_roles(self, roles: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """At most as many as a plan has."""
        if len(roles) > _MOST_ROLES:
            raise serializers.ValidationError(f"At most {_MOST_ROLES} roles.")
        return roles

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Not both."""
        if attrs["of_plan"] and attrs["roles"]:
            raise serializers.ValidationError(
                {"roles": ["Send the plan's roles or your own, not both."]}
            )
        return attrs


class AddedRoleOutput(serializers.Serializer[Any]):
    """A role that was added."""

    title = serializers.CharField()
    places = serializers.IntegerField()


class SimulationOutcomeOutput(serializers.Serializer[Any]):
    """People placed in a season of 12 weeks, on average. Of people who are made up: it compares two
    seasons that differ in the change alone, and is no count."""

    without = ShownOutput(help_text="As it is today.")
    with_it = ShownOutput(help_text="With the change.")
    is_sure = serializers.BooleanField(
        help_text="Whether the difference is more than chance; else nothing is claimed."
    )
    difference = ShownOutput(
        allow_null=True, help_text="How many more, or fewer. Null where it is not sure."
    )
    is_fewer = serializers.BooleanField()
    is_capped = serializers.BooleanField(
        help_text=(
            "Whether the seasons came out further apart than the added places can do: the rest is "
            "chance, and left out."
        )
    )
    low = serializers.IntegerField(allow_null=True, help_text="It lies between this …")
    high = serializers.IntegerField(allow_null=True, help_text="… and this.")


class SimulationOutput(serializers.Serializer[Any]):
    """A simulation: how far it is, or what came of it."""

    id = serializers.IntegerField()
    asked_at = serializers.DateTimeField()
    of_month = serializers.CharField(
        help_text="The month for which the service asked by itself; empty where a person did."
    )
    of_plan = serializers.BooleanField()
    roles = AddedRoleOutput(many=True)
    answer_soon = serializers.BooleanField()
    seasons_done = serializers.IntegerField()
    seasons_wanted = serializers.IntegerField()
    finished_at = serializers.DateTimeField(allow_null=True)
    finding = serializers.CharField(help_text="In a sentence; empty while it goes on.")
    outcome = SimulationOutcomeOutput(
        allow_null=True, help_text="Null while it goes on, and where nothing can be said."
    )


class Simulations(OfStatistics, Listed):
    """All that was asked."""

    queryset = Simulation.objects.none()

    @extend_schema(
        summary="List what was simulated",
        description="The newest first.",
        responses=SimulationOutput(many=True),
        tags=_tags,
    )
    def get(self, request: Request) -> Response:
        return self.answer(_told(list(self.page_of(found.simulations()))), SimulationOutput)

    @extend_schema(
        summary="Simulate what would happen if",
        description=(
            "For the delivery group. It takes some minutes: read it again at the address in "
            "`Location`. 409 where two of yours are not finished, or there is no plan yet."
        ),
        request=SimulationInput,
        responses={201: SimulationOutput},
        tags=_tags,
        examples=[
            OpenApiExample("The plan", {"of_plan": True}, request_only=True),
            OpenApiExample(
                "One role",
                {
                    "roles": [
                        {
                            "activity": "gardening",
                            "time": "saturday",
                            "ward": "E05013563",
                            "places": 10,
                        }
                    ],
                    "answer_soon": True,
                },
                request_only=True,
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        sent = SimulationInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said, by = sent.validated_data, person(request)
        if said["of_plan"]:
            made = simulations.ask_for_plan(answer_soon=said["answer_soon"], by=by)
        else:
            roles = [
                (ProposedRole(one["activity"], one["time"], one["ward"]), one["places"])
                for one in said["roles"]
            ]
            made = simulations.ask(roles=roles, answer_soon=said["answer_soon"], by=by)
        where = request.build_absolute_uri(f"{request.path}{made.pk}/")
        return Response(
            SimulationOutput(_told([made])[0]).data,
            status=status.HTTP_201_CREATED,
            headers={"Location": where, "Retry-After": _AGAIN},
        )


class OneSimulation(OfStatistics):
    """One of them."""

    @extend_schema(
        operation_id="insights_what_if_retrieve",
        summary="Read a simulation: how far it is, or what came of it",
        description="While it goes on, `Retry-After` says when to look again.",
        responses=SimulationOutput,
        tags=_tags,
    )
    def get(self, request: Request, simulation: int) -> Response:
        check_parameters(request, frozenset())
        one = get_object_or_404(found.simulations(), pk=simulation)
        headers = {} if one.is_finished else {"Retry-After": _AGAIN}
        return Response(SimulationOutput(_told([one])[0]).data, headers=headers)


class CallOffSimulation(OfStatistics):
    """Stop one that goes on."""

    @extend_schema(
        operation_id="insights_what_if_call_off",
        summary="Call off a simulation that goes on",
        description="It is forgotten. 409 for one that is finished, and for those of each month.",
        request=Nothing,
        responses={204: None},
        tags=_tags,
    )
    def post(self, request: Request, simulation: int) -> Response:
        Nothing(data=request.data).is_valid(raise_exception=True)
        one = get_object_or_404(found.simulations(), pk=simulation)
        simulations.call_off(simulation=one, by=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _told(page: Sequence[Simulation]) -> list[dict[str, Any]]:
    added = found.added_roles_of(page)
    return [
        {
            "id": one.pk,
            "asked_at": one.asked_at,
            "of_month": one.of_month,
            "of_plan": one.of_plan,
            "roles": added[one.pk],
            "answer_soon": one.answer_soon,
            "seasons_done": len(one.seasons),
            "seasons_wanted": one.seasons_wanted,
            "finished_at": one.finished_at,
            "finding": found.finding(one),
            "outcome": _outcome(found.shown(one)),
        }
        for one in page
    ]


def _outcome(shown: found.Shown | None) -> dict[str, Any] | None:
    if shown is None:
        return None
    told: dict[str, Any] = {
        "without": as_shown.people_near(shown.without),
        "with_it": as_shown.people_near(shown.with_it),
        "is_sure": shown.is_sure,
        "difference": None,
        "is_fewer": False,
        "is_capped": False,
        "low": None,
        "high": None,
    }
    if shown.is_sure:
        told["difference"] = as_shown.people_near(shown.gained)
        told |= {name: getattr(shown, name) for name in ("is_fewer", "is_capped", "low", "high")}
    return told
