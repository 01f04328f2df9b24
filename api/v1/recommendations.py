"""A person's own ranked roles, with the reasons."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.people import person, volunteer
from api.v1.opportunities import OpportunitySummary
from matching.models import Impression
from matching.selectors import Part, RecommendedRoles, RoleFit, Suits, fit_for, recommended_roles
from matching.services import impressions
from matching.wording import Change
from opportunities.selectors import visible_roles


class PartOutput(serializers.Serializer[Part]):
    """One part of how a role suits you."""

    code = serializers.CharField()
    name = serializers.CharField()
    share = serializers.FloatField(help_text="How full it is, 0 to 1.")
    sentence = serializers.CharField()


class SuitsOutput(serializers.Serializer[Suits]):
    """Why a role suits you."""

    reasons = serializers.ListField(
        child=serializers.CharField(), help_text="Sentences, strongest first."
    )
    parts = PartOutput(many=True)
    km = serializers.FloatField(allow_null=True, help_text="Null from home, or not known.")


class RecommendedRoleOutput(SuitsOutput):
    """One role of your list."""

    rank = serializers.IntegerField(help_text="From 1, the best.")
    opportunity = OpportunitySummary()
    odds = serializers.CharField(help_text="Places left, and how many people wait for an answer.")
    next_session_at = serializers.DateTimeField(allow_null=True)


class ChangeOutput(serializers.Serializer[Change]):
    """One thing that would make a short list longer."""

    roles = serializers.IntegerField(help_text="How many roles it keeps off your list.")
    sentence = serializers.CharField()


class RecommendationsOutput(serializers.Serializer[RecommendedRoles]):
    """Your list. `computed_at` is null, and the list empty, until it was made once."""

    computed_at = serializers.DateTimeField(allow_null=True)
    is_stale = serializers.BooleanField(help_text="It will be made anew in a moment.")
    message = serializers.SerializerMethodField(help_text="What to do where the list is empty.")
    busy = serializers.IntegerField(
        help_text="Roles left out because many people wait for them already."
    )
    changes = ChangeOutput(many=True)
    roles = RecommendedRoleOutput(source="items", many=True)

    def get_message(self, found: RecommendedRoles) -> str:
        if found.items:
            return ""
        if found.is_stale:
            return _("We are looking for roles that suit you. Ask again in a minute.")
        if found.computed_at is None:
            return _("You have paused, so we show you no roles. Resume to see them.")
        return _("No role suits you just now. You can still search all of them.")


class Recommendations(APIView):
    """Roles that suit you and that you can ask for now, best first."""

    @extend_schema(summary="Read your ranked list", responses=RecommendationsOutput)
    def get(self, request: Request) -> Response:
        own = volunteer(request)
        found = recommended_roles(own)
        impressions.shown(own, found.items, Impression.Surface.API)
        return Response(RecommendationsOutput(found).data)


class FitOutput(SuitsOutput):
    """How one role fits you. Neither reasons nor warnings decide anything; gates do."""

    warnings = serializers.ListField(
        child=serializers.CharField(),
        help_text="What may not fit; you can ask for it all the same.",
    )
    gates = serializers.ListField(
        child=serializers.CharField(), help_text="Why you cannot ask for it now; empty if you can."
    )


class Fit(APIView):
    """How one role fits you, whether it is on your list or not."""

    @extend_schema(summary="Read how a role fits you", responses=FitOutput, tags=["opportunities"])
    def get(self, request: Request, pk: int) -> Response:
        own = volunteer(request)
        roles = visible_roles(person(request)).select_related("organisation")
        fit: RoleFit = fit_for(own, get_object_or_404(roles, pk=pk))
        return Response(FitOutput(fit).data)
