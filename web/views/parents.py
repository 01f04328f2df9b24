"""Somebody under 16 asks a parent or guardian, who says yes or no, or takes it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.clock import today
from core.errors import NotFound
from placements.services import guardians
from volunteers import policies
from volunteers.models import ParentRequest
from volunteers.services import parents
from web.access import VolunteerRequired
from web.forms.parent import NO, AskParentForm, ParentAnswerForm, ParentTakesBackForm
from web.views.page import QuestionPage


class AskParent(VolunteerRequired, QuestionPage):
    """Name and address of a parent, and how it stands. Nobody of 16 or over needs it."""

    template_name = "web/parent/ask.html"
    form_class = AskParentForm
    title = gettext_lazy("Ask a parent or guardian")
    button = gettext_lazy("Send the email")
    done = gettext_lazy("Sent. We tell you when they have answered.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs)
        person = getattr(self, "volunteer", None)
        if person is not None and not policies.is_under_16(person, today()):
            return redirect("web:profile")
        return answer

    def perform(self, form: forms.Form) -> None:
        parents.ask(
            volunteer=self.volunteer,
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            by=self.volunteer.user,
        )

    def get_initial(self) -> dict[str, Any]:
        request = self._request
        return {"name": request.name, "email": request.email} if request else {}

    def back(self) -> str:
        return reverse("web:profile")

    def get_success_url(self) -> str:
        return reverse("web:parent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request = self._request
        return super().get_context_data(
            asked=request,
            answer_by=request.asked_at + parents.ANSWER_WITHIN if request else None,
            is_confirmed=self.volunteer.parent_confirmed_at is not None,
            **kwargs,
        )

    @property
    def _request(self) -> ParentRequest | None:
        return ParentRequest.objects.filter(volunteer=self.volunteer).first()


class ParentAnswer(QuestionPage):
    """The parent's page, by the link of the mail, without an account."""

    template_name = "web/parent/answer.html"
    asked: ParentRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.asked = parents.request_of(kwargs["token"])
        except NotFound:
            return render(request, "web/parent/no_link.html", status=410)
        return super().dispatch(request, *args, **kwargs)

    @property
    def is_confirmed(self) -> bool:
        """Whether the parent has said yes before."""
        return self.asked.state == ParentRequest.State.CONFIRMED

    def get_form_class(self) -> type[forms.Form]:
        return ParentTakesBackForm if self.is_confirmed else ParentAnswerForm

    def perform(self, form: forms.Form) -> None:
        token = self.kwargs["token"]
        if self.is_confirmed:
            guardians.take_back(token=token)
            words = _("You have taken back your word.")
        elif form.cleaned_data["answer"] == NO:
            guardians.take_back(token=token)
            words = _("Thank you. You did not agree, and we have deleted your address.")
        else:
            parents.confirm(token=token, is_parent=form.cleaned_data["is_parent"])
            words = _("Thank you. You have confirmed.")
        messages.success(self.request, words)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Http404:
            return render(self.request, "web/parent/no_link.html", status=410)

    def get_success_url(self) -> str:
        return reverse("web:parent-answer", args=[self.kwargs["token"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = {"name": self.asked.volunteer.user.first_name}
        if self.is_confirmed:
            title, button = _("You agreed that %(name)s volunteers"), _("Take back my word")
        else:
            title, button = _("May %(name)s volunteer?"), _("Send my answer")
        return super().get_context_data(
            asked=self.asked,
            child=names["name"],
            is_confirmed=self.is_confirmed,
            is_refused=self.asked.state
            in (ParentRequest.State.REFUSED, ParentRequest.State.TAKEN_BACK),
            title=title % names,
            button=button,
            **kwargs,
        )
