"""Tell the volunteer centre of a concern about a role, a group, a person or a message."""

from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.models import User
from core.errors import Conflict, NotFound
from placements import reporting
from placements.disclosure import seen_by_group
from placements.selectors import visible_to
from placements.services import concerns
from placements.services.concerns import Subject
from web.access import SignedIn
from web.forms.concerns import ReportForm
from web.group_access import person_of
from web.role_access import roles_seen_by
from web.views.page import QuestionPage


def found_or_404(find: Callable[..., Subject], *about: Any) -> Subject:
    """Give what `find` finds. Raises Http404 where the person may not know of it."""
    try:
        return find(*about)
    except NotFound as error:
        raise Http404(error.message) from error


class Report(QuestionPage):
    """What worries somebody. Anyone may say it, with or without an account."""

    template_name = "web/report/report.html"
    form_class = ReportForm
    title = gettext_lazy("Report a concern")
    button = gettext_lazy("Send to the volunteer centre")

    def about(self) -> Subject:
        """Give what it is about. Raises Http404 for who may not know of it."""
        return Subject()

    def about_in_words(self) -> str:
        """Give what it is about in words, '' where it is nothing in particular."""
        return ""

    def perform(self, form: forms.Form) -> None:
        reporter = self.request.user if isinstance(self.request.user, User) else None
        if reporter is None and not ratelimit.consume(self.request, action="report"):
            raise Conflict(
                _("Many concerns came from here within an hour. Please call the volunteer centre.")
            )
        concerns.report(about=self.about(), reporter=reporter, **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("web:report-sent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.about()
        return super().get_context_data(caption=self.about_in_words(), **kwargs)


class ReportRole(Report):
    def about(self) -> Subject:
        roles = roles_seen_by(self.request).select_related("organisation")
        self.role = get_object_or_404(roles, pk=self.kwargs["role"])
        return Subject.role(self.role)

    def about_in_words(self) -> str:
        return self.role.title

    def back(self) -> str:
        return reverse("web:role", args=[self.kwargs["role"]])


class ReportGroup(Report):
    def about(self) -> Subject:
        found = found_or_404(reporting.group, self.kwargs["group"])
        self.group = found.organisation
        return found

    def about_in_words(self) -> str:
        return self.group.name if self.group else ""


class ReportPerson(SignedIn, Report):
    """Somebody who asked for a role, reported by its group."""

    def about(self) -> Subject:
        number = self.kwargs["application"]
        found = found_or_404(reporting.applicant, person_of(self.request), number)
        self.application = visible_to(self.request.user).get(pk=number)
        return found

    def about_in_words(self) -> str:
        return seen_by_group(self.application).name


class ReportMessage(SignedIn, Report):
    """A message, reported by who can read it."""

    def about(self) -> Subject:
        return found_or_404(reporting.written, person_of(self.request), self.kwargs["message"])

    def about_in_words(self) -> str:
        return _("A message")


class ReportSent(TemplateView):
    """What happens next."""

    template_name = "web/report/sent.html"
