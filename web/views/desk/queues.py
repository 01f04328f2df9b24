"""One list of the desk, and a note on one of its rows."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.clock import now, today
from core.models import Fact
from desk.job_subjects import things_of
from desk.queue import Queue
from desk.queues import QUEUES
from desk.services import notes
from web.forms.desk import NarrowForm, NoteForm
from web.group_access import BrokerRequired, person_of
from web.templatetags.jobs import work_of
from web.views.desk.lists import DeskList
from web.views.page import ActionButton, QuestionPage


class QueueRequired(BrokerRequired):
    """A page about one list of the desk; gives `self.queue`."""

    queue: Queue
    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.queue = QUEUES[kwargs["queue"]]
        except KeyError:
            raise Http404 from None
        return super().dispatch(request, *args, **kwargs)

    def queue_address(self) -> str:
        """Give the list's address, with the page and the words from which somebody came."""
        address = reverse("web:desk-queue", args=[self.queue.code])
        came_from = self.request.GET.urlencode()
        return f"{address}?{came_from}" if came_from else address


class QueuePage(QueueRequired, DeskList):
    """What waits on one list, longest first; on request what is put aside."""

    template_name = "web/desk/queue.html"
    context_object_name = "rows"
    form: NarrowForm

    def get_queryset(self) -> QuerySet[Any]:
        self.form = NarrowForm(self.request.GET)
        answers = self.form.cleaned_data if self.form.is_valid() else {}
        queue = self.queue
        rows = queue.put_aside() if answers.get("show") == "aside" else queue.waiting()
        if answers.get("show") == "late":
            rows = rows.filter(since__lt=now() - queue.within)
        return queue.with_notes(queue.matching(rows, answers.get("q", "")))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            queue=self.queue,
            form=self.form,
            row_template=f"web/desk/rows/{self.queue.code}.html",
            is_narrowed=any(value for name, value in self.request.GET.items() if name != "page"),
            is_aside=self.form.data.get("show") == "aside",
            **kwargs,
        )
        if self.queue.subject == "job":
            context["things_of"] = things_of(context["rows"])
        return context


class RowRequired(QueueRequired):
    """A page about one row of a list; gives `self.row`, whether it waits now or not."""

    row: Any

    def prepare(self) -> None:
        if not self.queue.subject:
            raise Http404
        kind = self.queue.rows().model
        self.row = get_object_or_404(kind, pk=self.kwargs["row"])


class QueueNote(RowRequired, QuestionPage):
    """A few words, how a call went, and when to look again."""

    form_class = NoteForm
    title = gettext_lazy("Note it, and look again later")
    intro = gettext_lazy(
        "Only the volunteer centre reads this. Write what the next person at the desk needs to "
        "know: whoever you write about may ask to read it."
    )
    button = gettext_lazy("Save")
    done = gettext_lazy("Noted.")

    def get_form_kwargs(self) -> dict[str, Any]:
        of_list = {"by_phone": self.queue.by_phone, "can_end": self.queue.ends_by_hand}
        return super().get_form_kwargs() | of_list

    def perform(self, form: forms.Form) -> None:
        days = form.cleaned_data["days"]
        is_done = days == NoteForm.DONE
        notes.write(
            about=self.row,
            by=person_of(self.request),
            queue=self.queue.code,
            words=form.cleaned_data["words"],
            outcome=form.cleaned_data.get("outcome", ""),
            look_again_on=None if is_done or days == "0" else today() + timedelta(days=int(days)),
            is_done=is_done,
        )

    def back(self) -> str:
        return self.queue_address()

    def get_success_url(self) -> str:
        return self.queue_address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=_name_of(self.row), **kwargs)


class QueueBringBack(RowRequired, ActionButton):
    done = gettext_lazy("It is on the list again.")

    def perform(self) -> None:
        notes.bring_back(about=self.row, queue=self.queue.code, by=person_of(self.request))

    def next_page(self) -> str:
        return self.queue_address()


def _name_of(row: Any) -> str:
    """Give what the page calls a row: an application by its person and role, a job by its work."""
    if hasattr(row, "volunteer_id"):
        return f"{row.volunteer.user}: {row.opportunity}"
    return work_of(row.kind) if isinstance(row, Fact) else str(row)
