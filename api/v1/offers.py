"""Places that are kept for the first in line for three days: yes, or no."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.inputs import Input, Nothing
from api.lists import Listed
from api.people import person, volunteer
from api.v1.application_output import OWN_SIDE, ApplicationOutput, Reading, RoleName
from placements import queues
from placements.models import TimedOffer
from placements.services import timed_offers


class OfferOutput(serializers.ModelSerializer[TimedOffer]):
    """A place that is kept for you until `answer_by`."""

    opportunity = RoleName(read_only=True)
    waiting_list = serializers.IntegerField(
        source="entry_id", read_only=True, help_text="The id of the list that it comes from."
    )
    is_open = serializers.BooleanField(read_only=True, help_text="Whether you can answer it now.")
    can_keep_place = serializers.BooleanField(
        source="entry.is_pooled",
        read_only=True,
        help_text="Whether you can say no and keep your place on the list.",
    )

    class Meta:
        model = TimedOffer
        fields = (
            "id",
            "opportunity",
            "waiting_list",
            "state",
            "made_at",
            "answer_by",
            "is_open",
            "can_keep_place",
        )
        read_only_fields = fields


class RefuseOfferInput(Input):
    """With `keep_place` you go on waiting for another role of the kind."""

    keep_place = serializers.BooleanField(default=False)


class Offers(Listed):
    """What is kept for you now: one place at most."""

    queryset = TimedOffer.objects.none()

    @extend_schema(summary="List the places kept for you", responses=OfferOutput(many=True))
    def get(self, request: Request) -> Response:
        live = queues.live_offers_of(volunteer(request))
        return self.listed(_with_names(live), OfferOutput)


class Offer(APIView):
    """One place that is or was kept for you. Nobody else finds it."""

    @extend_schema(summary="Read an offer", responses=OfferOutput)
    def get(self, request: Request, pk: int) -> Response:
        return Response(OfferOutput(_mine(request, pk)).data)


class TakeUpOffer(APIView):
    """Yes: you have the place, or the group that wants to say yes first gets your application."""

    @extend_schema(
        summary="Take up the place kept for you", request=Nothing, responses=ApplicationOutput
    )
    def post(self, request: Request, pk: int) -> Response:
        offer = _mine(request, pk)
        Nothing(data=request.data).is_valid(raise_exception=True)
        application = timed_offers.take_up(offer=offer, by=person(request))
        return Response(ApplicationOutput(Reading(application, OWN_SIDE)).data)


class RefuseOffer(APIView):
    """No: it is offered to the next in line."""

    @extend_schema(
        summary="Say no to the place kept for you",
        request=RefuseOfferInput,
        responses=OfferOutput,
    )
    def post(self, request: Request, pk: int) -> Response:
        offer = _mine(request, pk)
        sent = RefuseOfferInput(data=request.data)
        sent.is_valid(raise_exception=True)
        timed_offers.refuse(offer=offer, by=person(request), **sent.validated_data)
        return Response(OfferOutput(_mine(request, pk)).data)


def _mine(request: Request, number: int) -> TimedOffer:
    own = volunteer(request)
    return get_object_or_404(_with_names(TimedOffer.objects.filter(volunteer=own)), pk=number)


def _with_names(offers: QuerySet[TimedOffer]) -> QuerySet[TimedOffer]:
    return offers.select_related("opportunity__organisation", "entry", "volunteer__user")
