"""A person's own ranked roles, with the reasons."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.people import person, volunteer
from api.v1.opportunities import OpportunitySummary
from matching.models import Impression
from matching.recommender.odds import Expected, Odds, odds_of
from matching.selectors import (
    Part,
    RecommendedRole,
    RecommendedRoles,
    RoleFit,
    Suits,
    fit_for,
    recommended_roles,
)
from matching.services import impressions
from matching.why_not import Barrier, Standing, standing_of
from matching.wording import Change, chance_of_a_place, chance_of_an_answer
from matching.wording.odds import FEW_PEOPLE
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


class ExpectedOutput(serializers.Serializer[Expected]):
    """A chance, and between what it lies with 4 in 5."""

    chance = serializers.FloatField(help_text="0 to 1.")
    low = serializers.FloatField()
    high = serializers.FloatField()


class ChancesOutput(serializers.Serializer[Odds]):
    """What somebody can expect who asks for a role now, from how its group answered others."""

    place = ExpectedOutput(help_text="Of a place.")
    answer = ExpectedOutput(help_text="Of an answer within 10 days.")
    is_known = serializers.SerializerMethodField(
        help_text="Whether the group has a record of its own; else it is that of groups here."
    )
    sentences = serializers.SerializerMethodField()

    def get_is_known(self, odds: Odds) -> bool:
        return odds.answers >= FEW_PEOPLE

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_sentences(self, odds: Odds) -> list[str]:
        return [chance_of_a_place(odds), chance_of_an_answer(odds.answer, odds.answers)]


class RecommendedRoleOutput(SuitsOutput):
    """One role of your list."""

    rank = serializers.IntegerField(help_text="From 1, the best.")
    opportunity = OpportunitySummary()
    odds = serializers.CharField(help_text="Places left, who waits, how likely a place is.")
    chances = serializers.SerializerMethodField()
    next_session_at = serializers.DateTimeField(allow_null=True)
    is_invited = serializers.BooleanField(help_text="We wrote to you about this role.")

    @extend_schema_field(ChancesOutput)
    def get_chances(self, role: RecommendedRole) -> dict[str, Any]:
        return ChancesOutput(self.context["odds"][role.opportunity.pk]).data


class ChangeOutput(serializers.Serializer[Change]):
    """One thing that would make a short list longer."""

    code = serializers.CharField(help_text="What to change: distance, slot, dbs …")
    roles = serializers.IntegerField(help_text="How many more roles it alone would open.")
    places = serializers.IntegerField(help_text="How many places these have.")
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
        roles = [item.opportunity for item in found.items]
        odds = {role.pk: of_role for role, of_role in zip(roles, odds_of(roles), strict=True)}
        return Response(RecommendationsOutput(found, context={"odds": odds}).data)


class BarrierOutput(serializers.Serializer[Barrier]):
    """One thing that keeps a role off your list."""

    code = serializers.CharField(help_text="The rule that failed, or what else it is.")
    sentence = serializers.CharField()


class FitOutput(SuitsOutput):
    """How one role fits you. Neither reasons nor warnings decide anything; gates do."""

    place = serializers.SerializerMethodField(
        help_text="Its place on your list now, from 1; null where it is not there."
    )
    why_not = serializers.SerializerMethodField(
        help_text="All that keeps it off your list; empty where it is there."
    )
    chances = serializers.SerializerMethodField()

    warnings = serializers.ListField(
        child=serializers.CharField(),
        help_text="What may not fit; you can ask for it all the same.",
    )
    gates = serializers.ListField(
        child=serializers.CharField(), help_text="Why you cannot ask for it now; empty if you can."
    )

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_place(self, fit: RoleFit) -> int | None:
        standing: Standing = self.context["standing"]
        return standing.place

    @extend_schema_field(BarrierOutput(many=True))
    def get_why_not(self, fit: RoleFit) -> Any:
        return BarrierOutput(self.context["standing"].barriers, many=True).data

    @extend_schema_field(ChancesOutput)
    def get_chances(self, fit: RoleFit) -> Any:
        return ChancesOutput(self.context["odds"]).data


class Fit(APIView):
    """How one role fits you, whether it is on your list or not."""

    @extend_schema(summary="Read how a role fits you", responses=FitOutput, tags=["opportunities"])
    def get(self, request: Request, pk: int) -> Response:
        own = volunteer(request)
        roles = visible_roles(person(request)).select_related("organisation")
        role = get_object_or_404(roles, pk=pk)
        fit: RoleFit = fit_for(own, role)
        context = {"standing": standing_of(own, role, fit), "odds": odds_of([role])[0]}
        return Response(FitOutput(fit, context=context).data)
