"""A person's record of service: what it would say, those that were made, the documents."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from api.documents import JsonUnlessFound
from api.inputs import HoursField, Nothing
from api.lists import Listed
from api.people import person, volunteer
from placements import service_record
from placements.models import ServiceRecord


class RecordedRole(serializers.Serializer[Any]):
    """One role in a record. `to` is empty while the place lasts."""

    role = serializers.CharField()
    group = serializers.CharField()
    hours = HoursField(source="minutes", help_text="Confirmed by the group.")
    learnt = serializers.ListField(child=serializers.CharField())
    used = serializers.ListField(child=serializers.CharField())

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # "from" is a word of Python's.
        days: dict[str, serializers.Field[Any, Any, Any, Any]] = {
            "from": serializers.DateField(),
            "to": serializers.CharField(),
        }
        return {**super().get_fields(), **days}


class ContentsOutput(serializers.Serializer[Any]):
    """What a record says: hours that no group has confirmed are not in it."""

    name = serializers.CharField()
    made = serializers.DateField()
    hours = HoursField(source="minutes", help_text="Confirmed, in all roles.")
    roles = RecordedRole(many=True)


class ServiceRecordOutput(serializers.ModelSerializer[ServiceRecord]):
    """A record that you made. Whoever has the address of `confirmation` can check it."""

    contents = ContentsOutput(read_only=True)
    is_confirmed = serializers.SerializerMethodField(help_text="Whether its page confirms it.")
    document = serializers.SerializerMethodField(help_text="Where the PDF is.")
    confirmation = serializers.SerializerMethodField(help_text="Where anyone can check it.")

    class Meta:
        model = ServiceRecord
        fields = (
            "id",
            "contents",
            "language",
            "made_at",
            "expires_at",
            "revoked_at",
            "is_confirmed",
            "document",
            "confirmation",
        )
        read_only_fields = fields

    def get_is_confirmed(self, record: ServiceRecord) -> bool:
        return record.is_valid

    def get_document(self, record: ServiceRecord) -> str:
        path = reverse("api:service-record-document", args=[record.pk])
        return f"{settings.SITE_URL}{path}"

    def get_confirmation(self, record: ServiceRecord) -> str:
        return f"{settings.SITE_URL}/record/{record.code}/"


class ServiceRecords(Listed):
    """The records that you made, the latest first."""

    queryset = ServiceRecord.objects.none()

    @extend_schema(summary="List your records of service", responses=ServiceRecordOutput(many=True))
    def get(self, request: Request) -> Response:
        return self.listed(volunteer(request).service_records.all(), ServiceRecordOutput)

    @extend_schema(
        summary="Make a record of service", request=Nothing, responses={201: ServiceRecordOutput}
    )
    def post(self, request: Request) -> Response:
        own = volunteer(request)
        Nothing(data=request.data).is_valid(raise_exception=True)
        record = service_record.make(volunteer=own, by=person(request))
        return Response(ServiceRecordOutput(record).data, status=status.HTTP_201_CREATED)


class RecordNow(APIView):
    """What a record would say that was made now."""

    @extend_schema(summary="Read your record of service as it stands", responses=ContentsOutput)
    def get(self, request: Request) -> Response:
        return Response(ContentsOutput(service_record.contents_of(volunteer(request))).data)


class RecordDocument(APIView):
    """A record as a document."""

    content_negotiation_class = JsonUnlessFound

    @extend_schema(
        summary="Read a record of service as PDF",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        record = _mine(request, pk)
        document = service_record.pdf_of(record)
        name = f"record-of-service-{record.made_at:%Y-%m-%d}.pdf"
        return HttpResponse(
            document,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class RevokeRecord(APIView):
    """Its page confirms it no more. A second time changes nothing."""

    @extend_schema(
        summary="End the page that confirms a record",
        request=Nothing,
        responses=ServiceRecordOutput,
    )
    def post(self, request: Request, pk: int) -> Response:
        record = _mine(request, pk)
        Nothing(data=request.data).is_valid(raise_exception=True)
        service_record.revoke(record=record, by=person(request))
        return Response(ServiceRecordOutput(_mine(request, pk)).data)


def _mine(request: Request, number: int) -> ServiceRecord:
    return get_object_or_404(volunteer(request).service_records.all(), pk=number)
