"""A person's record of service, and the page that confirms it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from placements import service_record
from placements.models import ServiceRecord
from web.access import VolunteerRequired
from web.views.page import ActionButton

#: More documents than this are not listed.
MOST = 20


class MyRecord(VolunteerRequired, TemplateView):
    """What a record would say, those that were made, and the button that makes one."""

    template_name = "web/volunteering/record.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        contents = service_record.contents_of(self.volunteer)
        draft = ServiceRecord(volunteer=self.volunteer, contents=contents)
        return super().get_context_data(
            lines=service_record.lines_of(draft),
            minutes=contents["minutes"],
            name=contents["name"],
            meaning=service_record.meaning(),
            records=self.volunteer.service_records.all()[:MOST],
            **kwargs,
        )


class MakeRecord(VolunteerRequired, ActionButton):
    """Make a record of what is confirmed today."""

    done = gettext_lazy("Your record is ready. You can open it below.")

    def perform(self) -> None:
        service_record.make(volunteer=self.volunteer, by=self.volunteer.user)

    def next_page(self) -> str:
        return reverse("web:my-record")


class RecordRequired(VolunteerRequired):
    """Something about one of the person's own records."""

    kwargs: dict[str, Any]

    def record(self) -> ServiceRecord:
        """Give the record."""
        return get_object_or_404(self.volunteer.service_records, pk=self.kwargs["record"])


class RecordDocument(RecordRequired, View):
    """A record as PDF."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record = self.record()
        response = HttpResponse(service_record.pdf_of(record), content_type="application/pdf")
        name = f"record-of-service-{record.made_at:%Y-%m-%d}.pdf"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class RevokeRecord(RecordRequired, ActionButton):
    """End what a record's page confirms."""

    done = gettext_lazy("The page of this record does not confirm it any more.")

    def perform(self) -> None:
        service_record.revoke(record=self.record(), by=self.volunteer.user)

    def next_page(self) -> str:
        return reverse("web:my-record")


class CheckRecord(TemplateView):
    """What a record says, for whoever holds it and has its code."""

    template_name = "web/volunteering/record_check.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = kwargs["code"].upper()
        if code != kwargs["code"]:
            return redirect("web:record-check", code=code)
        record = ServiceRecord.objects.valid().filter(code=code).first()
        context = self.get_context_data(record=record)
        if record is not None:
            context |= {
                "initials": service_record.initials_of(record),
                "lines": service_record.lines_of(record),
                "minutes": record.contents["minutes"],
                "meaning": service_record.meaning(),
            }
        response = self.render_to_response(context, status=200 if record else 404)
        response["Cache-Control"] = "no-store"
        return response
