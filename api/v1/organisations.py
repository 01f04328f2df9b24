"""Groups that take volunteers."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from api.inputs import CodesField, Input
from api.people import check_acts_for, person
from api.v1.filters import KnownFilters, shown, yes_or_no
from api.v1.opportunities import OpportunityListItem
from opportunities.models import Organisation
from opportunities.selectors import for_lists, visible_groups, visible_roles
from opportunities.services import organisations


class OrganisationContact(serializers.ModelSerializer[Organisation]):
    """What only those who act for the group see."""

    contact_email = serializers.CharField(read_only=True, help_text="Empty where there is none.")

    class Meta:
        model = Organisation
        fields = (
            "contact_email",
            "phone",
            "postcode",
            "size",
            "network",
            "safeguarding_on_file",
            "insurance_on_file",
            "suspended_at",
        )
        read_only_fields = fields


class OrganisationOutput(serializers.ModelSerializer[Organisation]):
    """A group. `contact` is null for people who do not act for it."""

    # Not a URLField: that promises an address where there may be none.
    website = serializers.CharField(read_only=True, help_text="Empty where there is none.")
    causes = CodesField(read_only=True)
    contact = serializers.SerializerMethodField()

    class Meta:
        model = Organisation
        fields = (
            "id",
            "name",
            "legal_form",
            "identifier",
            "description",
            "website",
            "causes",
            "ward_code",
            "verified_at",
            "answered_share",
            "median_answer_days",
            "contact",
        )
        read_only_fields = fields

    @extend_schema_field(OrganisationContact(allow_null=True))
    def get_contact(self, group: Organisation) -> dict[str, Any] | None:
        acts_for: bool = group.acts_for  # type: ignore[attr-defined]  # annotated by visible_groups
        return OrganisationContact(group).data if acts_for else None


class OrganisationInput(Input, serializers.ModelSerializer[Organisation]):
    """What a group says about itself. `identifier` is its registration number, '' for none."""

    causes = CodesField()

    class Meta:
        model = Organisation
        fields = (
            "name",
            "legal_form",
            "identifier",
            "description",
            "website",
            "contact_email",
            "phone",
            "postcode",
            "causes",
            "size",
            "network",
        )
        # The service takes a number as people write it, and says when another group has it.
        extra_kwargs = {"identifier": {"validators": [], "required": False}}


class GroupSearch(filters.FilterSet):
    """Parameters of the list of groups."""

    text = shown(
        filters.CharFilter(
            field_name="name",
            lookup_expr="icontains",
            max_length=100,
            help_text="Part of the name.",
        ),
        maxLength=100,
    )
    mine = yes_or_no(
        "true: only groups that you act for, verified or not.",
        if_not_said=None,
        method="only_mine",
    )

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()

    def only_mine(self, groups: QuerySet[Any], _name: str, mine: bool) -> QuerySet[Any]:
        return groups.filter(acts_for=mine)


@extend_schema_view(
    list=extend_schema(summary="List groups", responses=OrganisationOutput(many=True)),
    retrieve=extend_schema(summary="Read a group", responses=OrganisationOutput),
)
class OrganisationViews(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Organisation]
):
    """Anyone reads verified groups. People register groups, and change those they act for."""

    queryset = Organisation.objects.none()
    serializer_class = OrganisationOutput
    permission_classes = [IsAuthenticatedOrReadOnly]
    filter_backends = [KnownFilters]
    filterset_class = GroupSearch
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet[Organisation]:
        return visible_groups(self.request.user).prefetch_related("causes")

    @extend_schema(
        summary="Register a group",
        description="You act for it as its owner. The volunteer centre verifies it.",
        request=OrganisationInput,
        responses={201: OrganisationOutput},
    )
    def create(self, request: Request) -> Response:
        sent = OrganisationInput(data=request.data)
        sent.is_valid(raise_exception=True)
        user = person(request)
        group = organisations.register(user=user, by=user, **sent.validated_data)
        return self._told(group, status.HTTP_201_CREATED)

    @extend_schema(
        summary="Change a group",
        request=OrganisationInput(partial=True),
        responses=OrganisationOutput,
    )
    def partial_update(self, request: Request, pk: int) -> Response:
        group = self.get_object()
        check_acts_for(request, group)
        sent = OrganisationInput(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        organisations.update(organisation=group, by=person(request), **sent.validated_data)
        return self._told(group)

    @extend_schema(
        summary="List the roles of a group",
        description="Public ones; for those who act for the group, roles in every state.",
        responses=OpportunityListItem(many=True),
        filters=False,
    )
    @action(detail=True, filter_backends=[])
    def opportunities(self, request: Request, pk: int) -> Response:
        group = self.get_object()
        own = for_lists(visible_roles(request.user)).filter(organisation=group)
        page: Any = self.paginate_queryset(own)  # type: ignore[arg-type]  # roles, of a view of groups
        return self.get_paginated_response(OpportunityListItem(page, many=True).data)

    def _told(self, group: Organisation, code: int = status.HTTP_200_OK) -> Response:
        fresh = self.get_queryset().get(pk=group.pk)
        return Response(OrganisationOutput(fresh).data, status=code)
