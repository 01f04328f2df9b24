"""About how many people could do a role that is not saved yet."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.people import own_group_only_read
from api.v1.opportunities import OpportunityChange
from core import input as received
from core.models import Activity, Cause, Language, Skill
from core.models.taxonomy import TaxonomyItem
from matching.live_counts import LiveCounts, counts_for

_KINDS: dict[str, type[TaxonomyItem]] = {
    "activities": Activity,
    "causes": Cause,
    "languages": Language,
    "skills_needed": Skill,
}


class LiveCountInput(OpportunityChange):
    """A role as it stands, whatever of it there is; the rest is as in the saved role that
    `opportunity` names, or as in a new one."""

    opportunity = serializers.IntegerField(min_value=1, required=False)

    class Meta(OpportunityChange.Meta):
        fields = ("opportunity", *OpportunityChange.Meta.fields)


class LiveCountOutput(serializers.Serializer[LiveCounts]):
    """Counts in words, rounded. A group that has asked too many different questions within the
    hour reads so in `headline`."""

    headline = serializers.CharField()
    interested = serializers.CharField(help_text="How many of them like this kind of thing.")
    rings = serializers.ListField(child=serializers.CharField(), help_text="Within distances.")
    costs = serializers.ListField(
        child=serializers.CharField(),
        help_text="What each requirement leaves out, the costliest first.",
    )


class LiveCount(APIView):
    """What a group reads while it writes a role. Nothing is saved."""

    @extend_schema(
        summary="Count who could do a role as it stands",
        request=LiveCountInput(partial=True),
        responses=LiveCountOutput,
        tags=["organisations"],
        examples=[
            OpenApiExample(
                "Saturday mornings near the centre",
                {
                    "postcode": "HA1 1AA",
                    "weekly_slots": ["sat_morning"],
                    "activities": ["gardening"],
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, pk: int) -> Response:
        group = own_group_only_read(request, pk)
        sent = LiveCountInput(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        fields: dict[str, Any] = dict(sent.validated_data)
        number = fields.pop("opportunity", None)
        role = None if number is None else get_object_or_404(group.opportunities.all(), pk=number)
        for name, kind in _KINDS.items():
            received.items(kind, fields.get(name, ()), field=name)
        return Response(
            LiveCountOutput(counts_for(organisation=group, role=role, fields=fields)).data
        )
