"""The volunteer centre has a parent or guardian asked for somebody under 16."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy

from core.clock import today
from desk.services import parents
from volunteers import policies
from volunteers.models import ParentRequest
from volunteers.services.parents import ANSWER_WITHIN
from web.forms.desk_acting import AskTheirParentForm
from web.group_access import person_of
from web.views.desk.acting import ActingRequired
from web.views.desk.people import PersonQuestion


class AskParentForPerson(ActingRequired, PersonQuestion):
    """Name and address of a parent, and how it stands. Nobody of 16 or over needs it."""

    template_name = "web/desk/people/ask_parent.html"
    form_class = AskTheirParentForm
    title = gettext_lazy("Ask a parent or guardian")
    button = gettext_lazy("Send the email")
    done = gettext_lazy("Sent. We tell them when the parent or guardian has answered.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policies.is_under_16(self.volunteer, today()):
            return redirect(self.person_address())
        return super().get(request, *args, **kwargs)

    def perform(self, form: forms.Form) -> None:
        parents.ask(volunteer=self.volunteer, by=person_of(self.request), **form.cleaned_data)

    def get_initial(self) -> dict[str, Any]:
        request = self._request
        return {"name": request.name, "email": request.email} if request else {}

    def get_success_url(self) -> str:
        return self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request = self._request
        return super().get_context_data(
            asked=request,
            answer_by=request.asked_at + ANSWER_WITHIN if request else None,
            is_confirmed=self.volunteer.parent_confirmed_at is not None,
            **kwargs,
        )

    @property
    def _request(self) -> ParentRequest | None:
        return ParentRequest.objects.filter(volunteer=self.volunteer).first()
