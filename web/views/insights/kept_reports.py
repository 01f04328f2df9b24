"""Keeping a report as it is, and removing what was kept: the delivery group does."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from insights.models import KeptReport
from insights.periods import Period
from insights.services import kept_reports
from insights.wording import period_in_words
from web.forms.insights.reports import CopyForm
from web.group_access import person_of
from web.insights_access import SteererRequired
from web.views.insights.reports import year_of_code
from web.views.page import ConfirmedButton, QuestionPage


class ReportKeep(SteererRequired, QuestionPage):
    """Under which name; the list of reports has the same form."""

    form_class = CopyForm
    title = gettext_lazy("Keep this report as it is today")
    intro = gettext_lazy("The report goes on changing until the year is closed; the copy does not.")
    button = gettext_lazy("Keep a copy")
    done = gettext_lazy("The copy is kept. You find it below.")
    year: Period
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        self.year = year_of_code(self.kwargs["year"])

    def get_initial(self) -> dict[str, Any]:
        return CopyForm.of_today()

    def perform(self, form: forms.Form) -> None:
        by = person_of(self.request)
        kept_reports.keep_copy(year=self.year, by=by, **form.cleaned_data)

    def back(self) -> str:
        return reverse("web:annual-reports")

    def get_success_url(self) -> str:
        return reverse("web:annual-reports")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=period_in_words(self.year), **kwargs)


class ReportRemove(SteererRequired, ConfirmedButton):
    """A copy goes for good."""

    intro = gettext_lazy(
        "Nobody can read it here any more, and it cannot be brought back. Files that were "
        "downloaded from it stay where they are."
    )
    button = gettext_lazy("Remove the copy")
    done = gettext_lazy("The copy is removed.")
    copy: KeptReport
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        self.copy = get_object_or_404(KeptReport.objects.copies(), pk=self.kwargs["kept"])
        self.title = gettext_lazy("Remove the copy “%(name)s”?") % {"name": self.copy.name}

    def perform(self) -> None:
        kept_reports.remove_copy(copy=self.copy, by=person_of(self.request))

    def next_page(self) -> str:
        return reverse("web:annual-reports")
