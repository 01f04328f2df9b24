"""Concerns about a role, a group, a person or a message, told to the volunteer centre."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from api.inputs import Input
from api.people import person
from opportunities.selectors import visible_roles
from placements import reporting
from placements.models import Concern
from placements.models.concern import CONCERN_LENGTH
from placements.services import concerns
from placements.services.concerns import Subject

_ABOUT = ("opportunity", "organisation", "application", "message")


class ConcernInput(Input):
    """What worries you. Say at most one of `opportunity`, `organisation`, `application` (the person
    who asked for a role of your group) and `message`."""

    kind = serializers.ChoiceField(choices=Concern.Kind.choices)
    words = serializers.CharField(
        max_length=CONCERN_LENGTH, help_text="Who, what, when and where, as far as you know."
    )
    contact = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        help_text="How you would like to be reached. Only the volunteer centre sees it.",
    )
    opportunity = serializers.IntegerField(min_value=1, required=False)
    organisation = serializers.IntegerField(min_value=1, required=False)
    application = serializers.IntegerField(min_value=1, required=False)
    message = serializers.IntegerField(min_value=1, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len([name for name in _ABOUT if name in attrs]) > 1:
            raise serializers.ValidationError(
                _("Say one thing that it is about."), code="several_subjects"
            )
        return attrs


class ConcernOutput(serializers.ModelSerializer[Concern]):
    """That it was told. What comes of it, the volunteer centre tells you."""

    class Meta:
        model = Concern
        fields = ("kind", "created_at")
        read_only_fields = fields


class Concerns(APIView):
    """You tell the volunteer centre; everybody there hears of it at once."""

    @extend_schema(
        summary="Report a concern",
        description="If somebody is in danger now, call 999 first.",
        request=ConcernInput,
        responses={201: ConcernOutput},
        tags=["concerns"],
        examples=[
            OpenApiExample(
                "A role",
                {"kind": "money", "words": "They asked me for a deposit.", "opportunity": 12},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        user = person(request)
        sent = ConcernInput(data=request.data)
        sent.is_valid(raise_exception=True)
        said = dict(sent.validated_data)
        about = {name: said.pop(name) for name in _ABOUT if name in said}
        concern = concerns.report(about=_subject(user, **about), reporter=user, **said)
        return Response(ConcernOutput(concern).data, status=status.HTTP_201_CREATED)


def _subject(
    user: User,
    *,
    opportunity: int | None = None,
    organisation: int | None = None,
    application: int | None = None,
    message: int | None = None,
) -> Subject:
    """Give what it is about. Raises NotFound for what the person may not know of."""
    if opportunity is not None:
        roles = visible_roles(user).select_related("organisation")
        return Subject.role(get_object_or_404(roles, pk=opportunity))
    if organisation is not None:
        return reporting.group(organisation)
    if application is not None:
        return reporting.applicant(user, application)
    if message is not None:
        return reporting.written(user, message)
    return Subject()
