"""Roles: the public search, and what a group does with its own."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from api.inputs import CodesField, Input, Nothing, WeekField
from api.people import check_acts_for, person, volunteer_if_any
from api.v1.filters import KnownFilters
from api.v1.opportunity_search import RoleSearch
from core.motives import Motive
from matching.models import Impression
from matching.services import impressions
from opportunities.models import Opportunity, Organisation, RoleSkill
from opportunities.selectors import for_lists, visible_groups, visible_roles
from opportunities.services import roles

Need = RoleSkill.Need


class GroupName(serializers.ModelSerializer[Organisation]):
    """Which group it is."""

    class Meta:
        model = Organisation
        fields = ("id", "name")


class SessionTimes(Input):
    """One dated time at which a role is done."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        # REST framework takes nothing inside a partial update as required.
        for name, field in self.fields.items():
            if name not in attrs:
                raise serializers.ValidationError(
                    {name: [field.error_messages["required"]]}, code="required"
                )
        return attrs


class OpportunitySummary(serializers.ModelSerializer[Opportunity]):
    """What a line about a role says of it."""

    organisation = GroupName()
    weekly_slots = WeekField(help_text="Empty: any time.")

    class Meta:
        model = Opportunity
        fields: tuple[str, ...] = (
            "id",
            "title",
            "summary",
            "organisation",
            "status",
            "from_home",
            "place_name",
            "postcode",
            "ward_code",
            "commitment",
            "weekly_slots",
            "hours_a_week",
            "places",
            "places_left",
            "applications_pending",
            "closes_on",
        )
        read_only_fields = fields


class OpportunityListItem(OpportunitySummary):
    """One role of a list. `distance_km` is null without `near`, from home, or where not known."""

    causes = CodesField(read_only=True)
    activities = CodesField(read_only=True)
    sessions = SessionTimes(source="upcoming_sessions", many=True, read_only=True)
    distance_km = serializers.SerializerMethodField()

    class Meta(OpportunitySummary.Meta):
        fields = (
            *OpportunitySummary.Meta.fields,
            "causes",
            "activities",
            "sessions",
            "distance_km",
            "minimum_age",
            "maximum_age",
            "dbs_level",
            "access",
            "published_at",
        )
        read_only_fields = fields

    def get_distance_km(self, role: Opportunity) -> float | None:
        distance = getattr(role, "distance_km", None)
        return None if distance is None else round(distance, 2)


class OpportunityOutput(OpportunityListItem):
    """All about a role."""

    languages = CodesField(read_only=True)
    offers = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="As the group ticked them."
    )
    skills_needed = serializers.SerializerMethodField()
    skills_useful = serializers.SerializerMethodField()
    skills_gained = serializers.SerializerMethodField()

    class Meta(OpportunityListItem.Meta):
        fields = (
            *OpportunityListItem.Meta.fields,
            "description",
            "gains",
            "offers",
            "languages",
            "skills_needed",
            "skills_useful",
            "skills_gained",
            "latitude",
            "longitude",
            "expenses",
            "training",
            "supervision",
            "welcomes_company",
            "groups_welcome",
            "can_be_shared",
        )
        read_only_fields = fields

    def get_skills_needed(self, role: Opportunity) -> list[str]:
        return _skills(role, Need.NEEDED)

    def get_skills_useful(self, role: Opportunity) -> list[str]:
        return _skills(role, Need.USEFUL)

    def get_skills_gained(self, role: Opportunity) -> list[str]:
        return _skills(role, Need.GAINED)


class OpportunityChange(Input, serializers.ModelSerializer[Opportunity]):
    """What a group can say about a role."""

    weekly_slots = WeekField(required=False, help_text="Empty: any time.")
    access = serializers.ListField(
        child=serializers.ChoiceField(choices=Opportunity.Access.choices),
        required=False,
        max_length=20,
    )
    offers = serializers.ListField(
        child=serializers.ChoiceField(choices=Motive.choices),
        required=False,
        max_length=20,
        help_text="What it offers to everybody who does it.",
    )
    causes = CodesField()
    activities = CodesField()
    languages = CodesField()
    skills_needed = CodesField()
    skills_useful = CodesField()
    skills_gained = CodesField()
    sessions = serializers.ListField(child=SessionTimes(), required=False, max_length=300)

    class Meta:
        model = Opportunity
        fields: tuple[str, ...] = (
            "title",
            "summary",
            "description",
            "gains",
            "offers",
            "causes",
            "activities",
            "languages",
            "skills_needed",
            "skills_useful",
            "skills_gained",
            "from_home",
            "postcode",
            "place_name",
            "weekly_slots",
            "sessions",
            "commitment",
            "hours_a_week",
            "places",
            "minimum_age",
            "maximum_age",
            "dbs_level",
            "access",
            "expenses",
            "training",
            "supervision",
            "welcomes_company",
            "groups_welcome",
            "can_be_shared",
            "closes_on",
        )
        extra_kwargs = {
            "hours_a_week": {"min_value": 1, "max_value": 168},
            "places": {"min_value": 1, "max_value": 10_000},
            "minimum_age": {"min_value": 0, "max_value": 120},
            "maximum_age": {"min_value": 0, "max_value": 120},
        }

    def validate_sessions(self, sessions: list[dict[str, Any]]) -> list[tuple[datetime, datetime]]:
        return [(session["starts_at"], session["ends_at"]) for session in sessions]


class OpportunityInput(OpportunityChange):
    """A new role of a group."""

    organisation = serializers.IntegerField(min_value=1, help_text="The id of your group.")

    class Meta(OpportunityChange.Meta):
        fields = ("organisation", *OpportunityChange.Meta.fields)


_answer = {200: OpportunityOutput}


@extend_schema_view(
    list=extend_schema(
        summary="Search public roles",
        responses=OpportunityListItem(many=True),
    ),
    retrieve=extend_schema(summary="Read a role", responses=OpportunityOutput),
)
class OpportunityViews(mixins.ListModelMixin, viewsets.GenericViewSet[Opportunity]):
    """Anyone reads public roles. Members of a group write its roles, and read them in any state."""

    queryset = Opportunity.objects.none()
    permission_classes = [IsAuthenticatedOrReadOnly]
    filter_backends = [KnownFilters]
    filterset_class = RoleSearch
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Opportunity]:
        if self.action == "list":
            return Opportunity.objects.public()
        return for_lists(visible_roles(self.request.user)).prefetch_related(
            "languages", "role_skills__skill"
        )

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return OpportunityListItem if self.action == "list" else OpportunityOutput

    def retrieve(self, request: Request, pk: int) -> Response:
        role = self.get_object()
        own = volunteer_if_any(request)
        if own is not None and role.is_public:
            impressions.opened(own, role, Impression.Surface.API)
        return Response(OpportunityOutput(role).data)

    @extend_schema(
        summary="Write a role",
        description="It is a draft: only your group sees it until you submit it.",
        request=OpportunityInput,
        responses={201: OpportunityOutput},
    )
    def create(self, request: Request) -> Response:
        sent = OpportunityInput(data=request.data)
        sent.is_valid(raise_exception=True)
        fields = dict(sent.validated_data)
        organisation = get_object_or_404(
            visible_groups(request.user), pk=fields.pop("organisation")
        )
        check_acts_for(request, organisation)
        role = roles.draft(organisation=organisation, by=person(request), **fields)
        return self._told(role, status.HTTP_201_CREATED)

    @extend_schema(
        summary="Change a role", request=OpportunityChange(partial=True), responses=_answer
    )
    def partial_update(self, request: Request, pk: int) -> Response:
        role = self._own_role()
        sent = OpportunityChange(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        roles.update(opportunity=role, by=person(request), **sent.validated_data)
        return self._told(role)

    @extend_schema(
        summary="Send a draft to the volunteer centre",
        request=Nothing,
        responses={200: OpenApiResponse(OpportunityOutput, "It is being checked.")},
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: int) -> Response:
        return self._move(request, roles.submit_for_review)

    @extend_schema(summary="Take a role off", request=Nothing, responses=_answer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: int) -> Response:
        return self._move(request, roles.close)

    @extend_schema(summary="Make a closed role a draft again", request=Nothing, responses=_answer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: int) -> Response:
        return self._move(request, roles.reopen)

    def _move(self, request: Request, service: Callable[..., None]) -> Response:
        role = self._own_role()
        Nothing(data=request.data).is_valid(raise_exception=True)
        service(opportunity=role, by=person(request))
        return self._told(role)

    def _own_role(self) -> Opportunity:
        """The role of the address. Raises NotFound unless the person may act for its group."""
        role = self.get_object()
        check_acts_for(self.request, role.organisation)
        return role

    def _told(self, role: Opportunity, code: int = status.HTTP_200_OK) -> Response:
        fresh = self.get_queryset().get(pk=role.pk)
        return Response(OpportunityOutput(fresh).data, status=code)


def _skills(role: Opportunity, need: Need) -> list[str]:
    return sorted(link.skill.code for link in role.role_skills.all() if link.need == need)
