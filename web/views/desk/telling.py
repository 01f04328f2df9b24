"""Tell people without an email address what is new: a call each, or letters in one go."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.models import User
from desk import untold
from desk.letters import letters_of
from desk.models import LetterBatch
from desk.services import telling
from notifications.models import Notification
from web.forms.desk_people import CallForm
from web.group_access import BrokerRequired, person_of
from web.views.desk.people import PersonQuestion
from web.views.page import ActionButton


class Call(PersonQuestion):
    """What to say to one person on the phone, and how it went."""

    template_name = "web/desk/people/call.html"
    form_class = CallForm
    title = gettext_lazy("Call")
    done = gettext_lazy("Noted.")

    @cached_property
    def messages(self) -> list[Notification]:
        return list(untold.messages().filter(recipient=self.person))

    def get_initial(self) -> dict[str, Any]:
        return {"up_to": self.messages[-1].pk if self.messages else 0}

    def perform(self, form: forms.Form) -> None:
        telling.called(person=self.person, by=person_of(self.request), **form.cleaned_data)

    def back(self) -> str:
        return reverse("web:desk-queue", args=[telling.CALLS])

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            person=self.person,
            told=self.messages,
            notes=self.person.desk_notes.select_related("by"),
            **kwargs,
        )


class PrintLetters(BrokerRequired, ActionButton):
    """Takes today's letters off the list, and leads to them."""

    batch: LetterBatch | None = None

    def perform(self) -> None:
        self.batch = telling.print_letters(by=person_of(self.request))

    def next_page(self) -> str:
        if self.batch is None:
            return reverse("web:desk-queue", args=[telling.LETTERS])
        return reverse("web:desk-letters", args=[self.batch.pk])


class Letters(BrokerRequired, TemplateView):
    """Letters that were printed together: to whom, and the document."""

    template_name = "web/desk/letters.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch = get_object_or_404(LetterBatch, pk=self.kwargs["batch_id"])
        people = User.objects.filter(notifications__telling__batch=batch).distinct()
        return super().get_context_data(batch=batch, people=people.order_by("pk"), **kwargs)


class LettersDocument(BrokerRequired, View):
    """The letters as PDF."""

    http_method_names = ["get"]

    def get(self, request: Any, batch_id: int) -> HttpResponse:
        batch = get_object_or_404(LetterBatch, pk=batch_id)
        answer = HttpResponse(letters_of(batch), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="letters-{batch.pk}.pdf"'
        return answer
