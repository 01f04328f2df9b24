"""Tell people whom no email reaches what is new: a call each, or letters in one go."""

from typing import Any

from django import forms
from django.db.models import Count, QuerySet
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
from web.views.desk.lists import DeskList
from web.views.desk.people import PersonQuestion
from web.views.page import ActionButton

Email = Notification.Email


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
        return {"shown": [message.pk for message in self.messages]}

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
            mail_failed=any(one.email_state == Email.FAILED for one in self.messages),
            notes=self.person.desk_notes.select_related("by"),
            **kwargs,
        )


class PrintLetters(BrokerRequired, ActionButton):
    """Puts today's letters together, and leads to them."""

    batch: LetterBatch | None = None

    def perform(self) -> None:
        self.batch = telling.print_letters(by=person_of(self.request))

    def next_page(self) -> str:
        if self.batch is None:
            return reverse("web:desk-queue", args=[telling.LETTERS])
        return reverse("web:desk-letters", args=[self.batch.pk])


class AllLetters(DeskList):
    """Letters that were put together, latest first, posted or not."""

    template_name = "web/desk/all_letters.html"
    context_object_name = "batches"

    def get_queryset(self) -> QuerySet[LetterBatch]:
        people = Count("tellings__notification__recipient", distinct=True)
        return LetterBatch.objects.annotate(people=people).select_related("by").order_by("-pk")


class LettersRequired(BrokerRequired):
    """A page about letters that were put together; gives `self.batch`."""

    batch: LetterBatch
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        batches = LetterBatch.objects.select_related("by")
        self.batch = get_object_or_404(batches, pk=self.kwargs["batch_id"])

    def next_page(self) -> str:
        return reverse("web:desk-letters", args=[self.batch.pk])


class Letters(LettersRequired, TemplateView):
    """Letters that were put together: to whom, the document, whether they are posted."""

    template_name = "web/desk/letters.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = User.objects.filter(notifications__telling__batch=self.batch).distinct()
        return super().get_context_data(batch=self.batch, people=people.order_by("pk"), **kwargs)


class LettersPosted(LettersRequired, ActionButton):
    done = gettext_lazy("Noted: the letters are posted, and their people have been told.")

    def perform(self) -> None:
        telling.posted(batch=self.batch, by=person_of(self.request))


class LettersNotPosted(LettersRequired, ActionButton):
    done = gettext_lazy("Noted: the letters are not posted yet.")

    def perform(self) -> None:
        telling.not_posted(batch=self.batch, by=person_of(self.request))


class LettersPutBack(LettersRequired, ActionButton):
    done = gettext_lazy("Taken apart. What was to be told is on the lists again.")
    is_gone = False

    def perform(self) -> None:
        telling.put_back(batch=self.batch, by=person_of(self.request))
        self.is_gone = True

    def next_page(self) -> str:
        if self.is_gone:
            return reverse("web:desk-queue", args=[telling.LETTERS])
        return super().next_page()


class LettersDocument(LettersRequired, View):
    """The letters as PDF."""

    http_method_names = ["get"]

    def get(self, request: Any, batch_id: int) -> HttpResponse:
        answer = HttpResponse(letters_of(self.batch), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="letters-{batch_id}.pdf"'
        return answer
