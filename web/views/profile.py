"""A volunteer's profile: one question a page, a list of them, then everything on one page."""

from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core.clock import today
from volunteers import policies
from volunteers.models import Volunteer
from volunteers.services import profiles
from web.access import VolunteerRequired
from web.forms.profile import QuestionForm
from web.profile_questions import (
    QUESTIONS,
    QUESTIONS_BY_SLUG,
    Question,
    answers_of,
    asked_of,
    needed_and_open,
    step_of,
    with_answers,
)
from web.views.page import ActionButton, QuestionPage

#: Where a person came from to a question (`?from=`): from the page with all answers, or from the
#: question before it. Else it was the list of questions.
CHECK, BEFORE = "check", "question"


def question_address(question: Question, came_from: str = "") -> str:
    """Give the address of a question for somebody who comes from there."""
    address = reverse("web:profile-question", args=[question.slug])
    return f"{address}?from={came_from}" if came_from else address


def where_to_begin(person: Volunteer) -> str:
    """Give the address of the first question that is needed and open, from which one leads to the
    next; '' where none is.
    """
    still_open = needed_and_open(person)
    return question_address(still_open[0], BEFORE) if still_open else ""


class Profile(VolunteerRequired, TemplateView):
    """The questions, each with how far it is."""

    template_name = "web/profile/tasks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = with_answers(self.volunteer)
        asked = asked_of(person)
        return super().get_context_data(
            volunteer=person,
            needs_parent=policies.needs_parent(person, today()),
            first=[_task(question, person) for question in asked if question.is_first],
            more=[_task(question, person) for question in asked if not question.is_first],
            begin=where_to_begin(person),
            has_begun=any(
                question.answer(person) for question in asked if question.is_needed(person)
            ),
            **kwargs,
        )


def _task(question: Question, person: Volunteer) -> dict[str, Any]:
    answer = question.answer(person)
    return {
        "title": question.title,
        "address": question_address(question),
        "is_done": bool(answer),
        # What is set for everybody at first is not "done": it says how it is set.
        "preset": ", ".join(answer) if question.is_preset else "",
        "is_needed": question.is_needed(person),
    }


class ProfileQuestion(VolunteerRequired, QuestionPage):
    """One question. It is saved by itself, and leads to the next or back to where one came from."""

    template_name = "web/profile/question.html"
    button = gettext_lazy("Save and continue")
    question: Question

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.question = QUESTIONS_BY_SLUG[kwargs["question"]]
        except KeyError:
            raise Http404 from None
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]  # Django's

    def get_form_class(self) -> type[QuestionForm]:
        return self.question.form

    def get_initial(self) -> dict[str, Any]:
        return self.question.form.answers_of(self.volunteer)

    def perform(self, form: forms.Form) -> None:
        answers = cast(QuestionForm, form).profile_fields()
        profiles.update(volunteer=self.volunteer, by=self.volunteer.user, **answers)

    def back(self) -> str:
        before = step_of(self.question, self.volunteer).before
        if self._came_from == BEFORE and before:
            return question_address(before, BEFORE)
        return reverse("web:profile-check" if self._came_from == CHECK else "web:profile")

    def get_success_url(self) -> str:
        """Where to go on; worked out after the answer is saved, on which it depends."""
        return reverse("web:profile") if "stop" in self.request.POST else self._onwards()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        goes_on = self._came_from == BEFORE
        caption = _("Your profile")
        if goes_on:
            step = step_of(self.question, self.volunteer)
            caption = _("Question %(number)s of %(total)s") % {
                "number": step.number,
                "total": step.total,
            }
        return super().get_context_data(
            question=self.question,
            title=self.question.heading,
            caption=caption,
            skip=self._onwards() if goes_on and self.question.can_be_skipped else "",
            goes_on=goes_on,
            **kwargs,
        )

    def _onwards(self) -> str:
        """The next question for somebody who goes through them, at the end all answers."""
        if self._came_from != BEFORE:
            return self.back()
        after = step_of(self.question, self.volunteer).after
        return question_address(after, BEFORE) if after else reverse("web:profile-check")

    @property
    def _came_from(self) -> str:
        return self.request.GET.get("from", "")


class CheckAnswers(VolunteerRequired, TemplateView):
    template_name = "web/profile/check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = with_answers(self.volunteer)
        more = asked_of(person, [question for question in QUESTIONS if not question.is_first])
        return super().get_context_data(
            answers=answers_of(person),
            open_questions=needed_and_open(person),
            more=len(more),
            more_address=question_address(more[0], BEFORE),
            **kwargs,
        )


class PauseProfile(VolunteerRequired, ActionButton):
    done = gettext_lazy("Paused. We do not look for roles for you until you come back.")

    def perform(self) -> None:
        profiles.pause(volunteer=self.volunteer, by=self.volunteer.user)

    def next_page(self) -> str:
        return reverse("web:profile")


class ResumeProfile(VolunteerRequired, ActionButton):
    done = gettext_lazy("Welcome back. We are looking for roles for you again.")

    def perform(self) -> None:
        profiles.resume(volunteer=self.volunteer, by=self.volunteer.user)

    def next_page(self) -> str:
        return reverse("web:recommended-roles")
