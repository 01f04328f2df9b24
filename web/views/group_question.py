"""A group answers the question that all groups are asked once a year."""

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from insights.models import YearlyQuestion
from insights.selectors.yearly_question import answer_of, open_question
from insights.services import yearly_question
from web.forms.yearly_question import YearlyQuestionForm
from web.group_access import GroupRequired, person_of
from web.views.page import QuestionPage


class GroupQuestion(GroupRequired, QuestionPage):
    """The question; what was answered can be changed while it is open."""

    question: YearlyQuestion
    form_class = YearlyQuestionForm
    title = gettext_lazy("One question a year")
    intro = gettext_lazy(
        "We ask every group the same. Answers are added up over all groups, and nobody outside the "
        "service reads yours."
    )
    button = gettext_lazy("Send our answer")
    done = gettext_lazy("Thank you. You can change your answer while the question is open.")

    def prepare(self) -> None:
        question = open_question()
        if question is None or not yearly_question.was_asked(question, self.group):
            raise Http404("There is no question now.")
        self.question = question

    def get_initial(self) -> dict[str, Any]:
        return {"answer": answer_of(self.question, self.group)}

    def perform(self, form: forms.Form) -> None:
        yearly_question.answer(
            question=self.question,
            organisation=self.group,
            answer=form.cleaned_data["answer"],
            by=person_of(self.request),
        )

    def back(self) -> str:
        return reverse("web:group-detail", args=[self.group.pk])

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=self.group.name, **kwargs)
