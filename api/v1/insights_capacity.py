"""What keeps groups from taking more people, and what to fund first."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lists import check_parameters
from api.v1 import insights_shown as as_shown
from api.v1.insights_access import OfStatistics
from api.v1.insights_output import ShownOutput
from insights.capacity_wording import what_to_fund
from insights.selectors.capacity import FEWEST_GROUPS, Capacity, Lifting, what_holds_back
from opportunities.models import CapacityLimit

_tags = ["insights"]
_OF_THREE = f"Null where fewer than {FEWEST_GROUPS} groups said."


class LiftingOutput(serializers.Serializer[Any]):
    """One reason, and what lifting it would bring."""

    reason = serializers.ChoiceField(choices=CapacityLimit.Reason.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # a field called so
    groups = serializers.IntegerField(help_text="How many say so.")
    could_take = serializers.IntegerField(
        allow_null=True, help_text=f"How many more people they could take, about. {_OF_THREE}"
    )
    placed = ShownOutput(help_text="People who wait and would be placed by it.")
    pounds_a_year = serializers.IntegerField(
        allow_null=True, help_text=f"What it would cost. {_OF_THREE}"
    )
    groups_that_named_a_cost = serializers.IntegerField(allow_null=True, help_text=_OF_THREE)
    placed_by_these = ShownOutput(
        allow_null=True, help_text=f"Whom these groups alone would place. {_OF_THREE}"
    )
    pounds_for_each_person = serializers.IntegerField(
        allow_null=True,
        help_text=f"Of groups that named a cost and how many they could take. {_OF_THREE}",
    )
    words = serializers.ListField(
        child=serializers.CharField(), help_text="Of groups that let them be read, without a name."
    )


class CapacityOutput(serializers.Serializer[Any]):
    """What to fund, what costs least for each person first. Null before it is worked out."""

    made_at = serializers.DateTimeField(allow_null=True)
    finding = serializers.CharField(
        help_text="What to fund, in a sentence; empty where no cost can be shown."
    )
    everything = ShownOutput(
        allow_null=True,
        help_text="How many more would be placed if all that groups name were lifted.",
    )
    groups_with_enough = serializers.IntegerField(
        allow_null=True, help_text="Groups that say that they have enough people."
    )
    reasons = LiftingOutput(
        many=True, help_text="They do not add up: two may let in the same person."
    )


class WhatHoldsGroupsBack(OfStatistics):
    """Reasons, who would be placed without them, and what a person costs."""

    @extend_schema(
        summary="Read what keeps groups from taking more people",
        description="Added up over groups, never what one of them said.",
        responses=CapacityOutput,
        tags=_tags,
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, frozenset())
        return Response(CapacityOutput(_capacity(what_holds_back())).data)


def _capacity(found: Capacity | None) -> dict[str, Any]:
    if found is None:
        return {
            "made_at": None,
            "finding": "",
            "everything": None,
            "groups_with_enough": None,
            "reasons": [],
        }
    return {
        "made_at": found.made_at,
        "finding": what_to_fund(found),
        "everything": as_shown.people(found.everything),
        "groups_with_enough": found.enough,
        "reasons": [_lifting(one) for one in found.reasons],
    }


def _lifting(one: Lifting) -> dict[str, Any]:
    is_costed = one.pounds is not None
    return {
        "reason": one.code,
        "label": one.label,
        "groups": one.groups,
        "could_take": one.more_people,
        "placed": as_shown.people(one.placed),
        "pounds_a_year": one.pounds,
        "groups_that_named_a_cost": one.costed_groups if is_costed else None,
        "placed_by_these": as_shown.people(one.costed_placed) if is_costed else None,
        "pounds_for_each_person": one.pounds_a_person,
        "words": one.words,
    }
