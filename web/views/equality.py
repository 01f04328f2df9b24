"""A person's own equality answers: give them, change them, delete them at a click."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from equality.selectors import answers_of
from equality.services import answers
from web.access import SignedIn
from web.forms.equality import EqualityForm
from web.group_access import person_of
from web.views.page import ActionButton, QuestionPage


class Equality(SignedIn, QuestionPage):
    template_name = "web/equality/questions.html"
    form_class = EqualityForm
    title = _("Equality questions")
    button = _("Save my answers")
    done = _("Thank you. Your answers are saved.")

    def get_initial(self) -> dict[str, Any]:
        return EqualityForm.answers_of(answers_of(person_of(self.request)))

    def perform(self, form: forms.Form) -> None:
        person = person_of(self.request)
        answers.answer(user=person, by=person, **form.cleaned_data)

    def back(self) -> str:
        return reverse("web:account")

    def get_success_url(self) -> str:
        return reverse("web:account")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_answers = answers_of(person_of(self.request)) is not None
        return super().get_context_data(has_answers=has_answers, **kwargs)


class EqualityDelete(SignedIn, TemplateView):
    """Asks once more."""

    template_name = "web/equality/delete.html"


class EqualityDeleted(SignedIn, ActionButton):
    done = _("Your answers are deleted.")

    def perform(self) -> None:
        person = person_of(self.request)
        answers.delete(user=person, by=person)

    def next_page(self) -> str:
        return reverse("web:account")
