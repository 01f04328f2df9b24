""" "Still going?" Answered from the message, without signing in: opening asks, a button answers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.errors import DomainError, NotFound
from placements.models import StillGoing
from placements.services import still_going
from placements.states import State
from web.forms.still_going import StoppedForm
from web.views.page import QuestionPage


class AnswerRequired:
    """A page that the address of a question opens; gives `self.question`."""

    question: StillGoing

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.question = still_going.question_with(kwargs["answer"])
        except NotFound as error:
            raise Http404(error.message) from error
        # The address stands for a signature: it is not handed on to where links lead.
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response


class AskStillGoing(AnswerRequired, TemplateView):
    """The question, with one button for yes and a way to no; afterwards, thanks."""

    template_name = "web/volunteering/still_going.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.question.application
        return super().get_context_data(
            question=self.question,
            role=application.opportunity,
            # Once it is answered, nothing asks any more.
            started=application.state != State.ACCEPTED,
            is_open=still_going.is_open(self.question),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            still_going.say_yes(question=self.question, by=_person(self.question))
        except DomainError as error:
            messages.error(request, error.message)
        return redirect(request.path)


class SayStopped(AnswerRequired, QuestionPage):
    """That the person has stopped or does not begin, and why."""

    form_class = StoppedForm
    title = _("You have stopped")
    title_before_start = _("You do not volunteer there")
    intro = _(
        "When you press the button, your place ends and is free for somebody else. The group is "
        "told that you have stopped. Your hours stay in your record of service."
    )
    intro_before_start = _(
        "If you have not begun yet and still want to, go back: you need not answer. When you press "
        "the button, your place ends and is free for somebody else, and the group is told."
    )
    button = _("Yes, end my place")

    def perform(self, form: forms.Form) -> None:
        answers = form.cleaned_data
        still_going.say_no(
            question=self.question,
            reason=answers["reason"],
            words=answers["words"],
            share_words=answers["share_words"],
            looks_again=answers["looks_again"],
            by=_person(self.question),
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not still_going.is_open(self.question):
            return redirect("web:still-going", answer=kwargs["answer"])
        return super().get(request, *args, **kwargs)

    def get_success_url(self) -> str:
        return still_going.address_of(self.question)

    def back(self) -> str:
        return self.get_success_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.question.application
        has_started = application.state == State.STARTED
        return super().get_context_data(
            caption=application.opportunity.title,
            title=self.title if has_started else self.title_before_start,
            intro=self.intro if has_started else self.intro_before_start,
            **kwargs,
        )


def _person(question: StillGoing) -> Any:
    """Whoever has the address answers as the person to whom it was sent."""
    return question.application.volunteer.user
