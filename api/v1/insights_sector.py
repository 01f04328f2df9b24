"""The study of the sector: which groups there are, and what they do."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.lists import check_parameters
from api.v1 import insights_shown as as_shown
from api.v1.insights_access import OfStatistics
from api.v1.insights_filters import AREA, area_of
from api.v1.insights_output import AREA as AREA_WORDS
from api.v1.insights_output import CategoryOutput, ShownOutput
from insights.measures import MEASURES
from insights.selectors.sector import sector

_OF_BOROUGH = "Nothing for one ward."


class GroupsOutput(serializers.Serializer[Any]):
    """One category, and how many groups are in it."""

    code = serializers.CharField(allow_blank=True)
    label = serializers.CharField()  # type: ignore[assignment]  # a field called so
    groups = serializers.IntegerField()


class BreakdownOutput(serializers.Serializer[Any]):
    """The groups by one thing."""

    code = serializers.CharField()
    title = serializers.CharField()
    finding = serializers.CharField(help_text="What it says, in a sentence.")
    about = serializers.CharField(help_text="Which groups are counted.")
    several = serializers.BooleanField(
        help_text="Whether a group can be in several categories, or in none."
    )
    parts = GroupsOutput(many=True)


class SectorOutput(serializers.Serializer[Any]):
    """The groups that registered here and were checked, as of now; groups are public, and counted
    as they are."""

    at = serializers.DateTimeField()
    sentences = serializers.ListField(child=serializers.CharField(), help_text="What it finds.")
    limits = serializers.ListField(child=serializers.CharField(), help_text="What it cannot say.")
    area = serializers.CharField(help_text=AREA_WORDS)
    groups = serializers.IntegerField()
    nobody_paid = serializers.IntegerField(
        allow_null=True, help_text=f"Groups in which nobody is paid. {_OF_BOROUGH}"
    )
    in_no_network = serializers.IntegerField(
        allow_null=True, help_text=f"Groups that say so. {_OF_BOROUGH}"
    )
    network_not_said = serializers.IntegerField(
        allow_null=True,
        help_text=f"Groups that have not said whether they are in one. {_OF_BOROUGH}",
    )
    without_open_role = ShownOutput(help_text=f"Groups; as of the last night. {_OF_BOROUGH}")
    roles_open = ShownOutput(help_text=f"As of the last night. {_OF_BOROUGH}")
    breakdowns = BreakdownOutput(many=True)
    year = serializers.CharField(help_text="The code of the year that runs.")
    hours = ShownOutput(help_text=f"Hours that groups confirmed in it so far. {_OF_BOROUGH}")
    hours_of = serializers.CharField(
        allow_null=True, help_text="The last month that is over, of which there are figures."
    )
    hours_by_kind = CategoryOutput(many=True, help_text="Its hours by kind of group.")


class SectorStudy(OfStatistics):
    """The study as of now."""

    @extend_schema(
        summary="Read the study of the sector",
        description=(
            "Of one ward only what each of its groups shows to everybody is counted. The size of a "
            "group and its network are not among that, and of one ward could be those of one group."
        ),
        parameters=[AREA],
        responses=SectorOutput,
        tags=["insights"],
    )
    def get(self, request: Request) -> Response:
        check_parameters(request, frozenset({"area"}))
        study, hours = sector(area_of(request)), MEASURES["hours_confirmed"]
        return Response(
            SectorOutput(
                {
                    "at": study.at,
                    "sentences": study.sentences,
                    "limits": study.limits,
                    "area": study.area,
                    "groups": study.groups,
                    "nobody_paid": study.unpaid,
                    "in_no_network": study.alone,
                    "network_not_said": study.network_not_said,
                    "without_open_role": as_shown.shown(
                        MEASURES["groups_with_no_live_role"], study.idle
                    ),
                    "roles_open": as_shown.shown(MEASURES["roles_open"], study.roles),
                    "breakdowns": study.breakdowns,
                    "year": study.year.code,
                    "hours": as_shown.shown(hours, study.hours),
                    "hours_of": study.hours_of.code if study.hours_of else None,
                    "hours_by_kind": as_shown.rows(hours, study.hours_by_kind),
                }
            ).data
        )
