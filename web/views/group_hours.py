"""Hours that a group's people wrote down: confirm many at once, change one, ask about one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from core import input as received
from core.errors import DomainError
from placements.disclosure import seen_by_group
from placements.models import HoursEntry
from placements.services import hours
from placements.services.hours import Tick
from web.forms.fields import HoursField
from web.forms.volunteering import AboutHoursForm
from web.group_access import GroupRequired, person_of
from web.views.page import QuestionPage

PER_PAGE = 50


@dataclass
class HoursRow:
    """One entry in the list, with what was typed beside it."""

    entry: HoursEntry
    name: str
    typed: str
    problem: str = ""


class GroupHours(GroupRequired, TemplateView):
    """Everything that waits for the group's word, oldest first; each is ticked at first."""

    template_name = "web/group/volunteers/hours.html"
    shows_people = True
    rows: list[HoursRow] | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(hours.open_for(self.group), PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        rows = self.rows if self.rows is not None else [_row(entry) for entry in page]
        return super().get_context_data(group=self.group, page=page, rows=rows, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ticked = [int(pk) for pk in request.POST.getlist("entry") if received.is_id(pk)]
        rows, ticks = [], {}
        for entry in hours.open_for(self.group).filter(pk__in=ticked):
            row = _row(entry)
            row.typed = request.POST.get(f"hours-{entry.pk}", row.typed)
            try:
                minutes = HoursField().clean(row.typed)
                seen = int(request.POST.get(f"seen-{entry.pk}", ""))
            except forms.ValidationError as error:
                row.problem = error.messages[0]
            except ValueError:
                row.problem = _("Something was missing. Please try again.")
            else:
                ticks[entry.pk] = Tick(seen, minutes or 0)
            rows.append(row)
        if any(row.problem for row in rows):
            self.rows = rows
            return self.render_to_response(self.get_context_data())
        try:
            confirmed = hours.confirm(organisation=self.group, ticks=ticks, by=person_of(request))
        except DomainError as error:
            messages.error(request, error.message)
        else:
            _say(request, confirmed, missing=len(ticked) - len(ticks))
        return redirect(request.get_full_path())


class AskAboutHours(GroupRequired, QuestionPage):
    """Ask a person about hours that they wrote down."""

    shows_people = True
    form_class = AboutHoursForm
    title = gettext_lazy("Ask about these hours")
    button = gettext_lazy("Send")
    done = gettext_lazy("Sent. You see the hours here again when they have changed them.")
    entry: HoursEntry

    def prepare(self) -> None:
        super().prepare()
        self.entry = get_object_or_404(hours.open_for(self.group), pk=self.kwargs["hours_id"])

    def perform(self, form: forms.Form) -> None:
        hours.question(
            entry=self.entry, words=form.cleaned_data["words"], by=person_of(self.request)
        )

    def back(self) -> str:
        return reverse("web:group-hours", args=[self.group.pk])

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=_row(self.entry).name, **kwargs)


def _row(entry: HoursEntry) -> HoursRow:
    return HoursRow(
        entry, seen_by_group(entry.application).name, HoursField().prepare_value(entry.minutes)
    )


def _say(request: HttpRequest, confirmed: hours.Confirmed, *, missing: int) -> None:
    if confirmed.done:
        said = ngettext(
            "%(count)s entry confirmed.", "%(count)s entries confirmed.", confirmed.done
        )
        messages.success(request, said % {"count": confirmed.done})
    if confirmed.changed_meanwhile or missing:
        messages.error(
            request, _("Some hours have changed since you opened the page. Please look again.")
        )
    elif not confirmed.done:
        messages.error(request, _("Tick the hours that you want to confirm."))
