"""The desk's concerns: what people told the volunteer centre, and what it did about it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.models import AuditEntry, User
from core.errors import InvalidInput
from desk.services import standing
from opportunities.services import organisations, roles
from placements.models import Concern
from placements.services import concerns
from web.concern_words import Event, events
from web.forms.concerns import CloseConcernForm, ConcernNoteForm
from web.group_access import BrokerRequired, person_of
from web.views.page import ActionButton, QuestionPage

PER_PAGE = 25
#: What the audit trail keeps as the reason of what is done about a concern.
REASON = "concern"

Row = TypeVar("Row")


class DeskConcerns(BrokerRequired, TemplateView):
    """Urgent concerns first, then the oldest; closed ones on request."""

    template_name = "web/desk/concerns.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        are_closed = "closed" in self.request.GET
        found = Concern.objects.closed() if are_closed else Concern.objects.open()
        found = found.select_related("opportunity", "organisation", "person")
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, are_closed=are_closed, **kwargs)


class ConcernRequired(BrokerRequired):
    """A page about one concern; gives `self.concern`."""

    concern: Concern
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        found = Concern.objects.select_related(
            "opportunity", "organisation", "person", "reporter", "message__author"
        )
        self.concern = get_object_or_404(found, pk=self.kwargs["concern"])

    def address(self) -> str:
        return reverse("web:desk-concern", args=[self.concern.pk])


class DeskConcern(ConcernRequired, QuestionPage):
    """All of one concern, what was done, and a form to write down more."""

    template_name = "web/desk/concern.html"
    form_class = ConcernNoteForm
    button = gettext_lazy("Write it down")
    done = gettext_lazy("Written down.")

    def perform(self, form: forms.Form) -> None:
        concerns.note(concern=self.concern, by=person_of(self.request), **form.cleaned_data)

    def get_success_url(self) -> str:
        return self.address()

    def back(self) -> str:
        return reverse("web:desk-concerns")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lead = {
            "name": settings.SAFEGUARDING_LEAD_NAME,
            "phone": settings.SAFEGUARDING_LEAD_PHONE,
            "email": settings.SAFEGUARDING_LEAD_EMAIL,
        }
        history: list[Event] = events(
            AuditEntry.objects.about(self.concern).select_related("actor"),
            self.concern.notes.select_related("author"),
        )
        return super().get_context_data(
            title=self.concern.get_kind_display(),
            concern=self.concern,
            history=history,
            lead=lead if any(lead.values()) else None,
            **kwargs,
        )


class ConcernClose(ConcernRequired, QuestionPage):
    form_class = CloseConcernForm
    title = gettext_lazy("Close this concern")
    button = gettext_lazy("Close it")
    done = gettext_lazy("The concern is closed.")

    def perform(self, form: forms.Form) -> None:
        concerns.close(concern=self.concern, by=person_of(self.request), **form.cleaned_data)

    def back(self) -> str:
        return self.address()

    def get_success_url(self) -> str:
        return reverse("web:desk-concerns")


class ConcernAct(ConcernRequired, ActionButton):
    """What a button on the page of a concern does."""

    def perform(self) -> None:
        try:
            act, self.done = _ACTS[self.request.POST.get("act", "")]
        except KeyError:
            raise InvalidInput(_("Something was missing. Please try again.")) from None
        act(self.concern, person_of(self.request))

    def next_page(self) -> str:
        return self.address()


def _look_at(concern: Concern, by: User) -> None:
    concerns.look_at(concern=concern, by=by)


def _suspend_group(concern: Concern, by: User) -> None:
    organisations.suspend(organisation=_there(concern.organisation), by=by, reason=REASON)


def _hold_back_role(concern: Concern, by: User) -> None:
    roles.hold_back(opportunity=_there(concern.opportunity), by=by)


def _suspend_person(concern: Concern, by: User) -> None:
    standing.suspend(person=_there(concern.person), by=by, reason=REASON)


def _reinstate_person(concern: Concern, by: User) -> None:
    standing.reinstate(person=_there(concern.person), by=by)


def _there(row: Row | None) -> Row:
    if row is None:
        raise InvalidInput(_("It is not there any more."))
    return row


_ACTS: dict[str, tuple[Callable[[Concern, User], None], Any]] = {
    "look-at": (_look_at, gettext_lazy("It says now that you are looking at it.")),
    "suspend-group": (
        _suspend_group,
        gettext_lazy("The group is stopped. People cannot see its roles any more."),
    ),
    "hold-back-role": (
        _hold_back_role,
        gettext_lazy("The role is hidden. It stands under roles to look at."),
    ),
    "suspend-person": (
        _suspend_person,
        gettext_lazy("The account is stopped: the person is signed out and cannot sign in."),
    ),
    "reinstate-person": (_reinstate_person, gettext_lazy("The account goes on.")),
}
