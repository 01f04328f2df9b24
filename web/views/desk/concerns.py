"""The desk's concerns: what people told the volunteer centre, and what it did about it."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditEntry
from core.errors import InvalidInput
from desk.services.concerns import act, hide_role
from placements.models import Concern
from placements.services import concerns
from web.concern_words import Event, events
from web.forms.concerns import CloseConcernForm, ConcernNoteForm, FindConcernForm
from web.forms.desk import HideForConcernForm
from web.group_access import BrokerRequired, person_of
from web.views.desk.groups import WHAT_STOPPING_DOES
from web.views.desk.lists import DeskList
from web.views.desk.standing import WHAT_SUSPENDING_DOES
from web.views.page import ActionButton, ConfirmedButton, QuestionPage

#: What a page of its own asks, so that it is not done by one press on the concern's page.
SUSPEND_GROUP = "suspend-group"
SUSPEND_PERSON = "suspend-person"


class DeskConcerns(DeskList):
    """Urgent concerns first, then the oldest; closed ones on request."""

    template_name = "web/desk/concerns.html"
    form: FindConcernForm

    def get_queryset(self) -> QuerySet[Concern]:
        self.form = FindConcernForm(self.request.GET)
        answers = self.form.cleaned_data if self.form.is_valid() else {}
        found = Concern.objects.closed() if answers.get("closed") else Concern.objects.open()
        return found.about(answers.get("q", "")).select_related(
            "opportunity", "organisation", "person"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        are_closed = bool(self.form.data.get("closed"))
        return super().get_context_data(form=self.form, are_closed=are_closed, **kwargs)


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


class ConcernHideRole(ConcernRequired, QuestionPage):
    """Hides the role at once; whoever looks into it says whether its group hears of it now."""

    form_class = HideForConcernForm
    title = gettext_lazy("Hide this role?")
    intro = gettext_lazy(
        "People cannot see it or ask for it from now on. Whoever asked or has a place stays as "
        "they are. You can show it to people again."
    )
    button = gettext_lazy("Hide it")
    done = gettext_lazy("The role is hidden. It stands under roles to look at.")

    def prepare(self) -> None:
        super().prepare()
        if self.concern.opportunity is None:
            raise Http404

    def perform(self, form: forms.Form) -> None:
        tells = form.cleaned_data["tell"] == HideForConcernForm.NOW
        words = form.cleaned_data["words"] if tells else None
        hide_role(concern=self.concern, words=words, by=person_of(self.request))

    def back(self) -> str:
        return self.address()

    def get_success_url(self) -> str:
        return self.address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"caption": str(self.concern.opportunity), "cancel": self.back()}
        return super().get_context_data(**page | kwargs)


class ConcernSuspendGroup(ConcernRequired, ConfirmedButton):
    """Stops the group, once it is said what that does."""

    title = gettext_lazy("Stop the group?")
    intro = WHAT_STOPPING_DOES
    button = gettext_lazy("Stop the group")
    done = gettext_lazy("The group is stopped. People cannot see its roles any more.")

    def perform(self) -> None:
        act(concern=self.concern, what=SUSPEND_GROUP, by=person_of(self.request))

    def next_page(self) -> str:
        return self.address()


class ConcernSuspendPerson(ConcernRequired, ConfirmedButton):
    """Stops the account of the person, once it is said what that does."""

    title = gettext_lazy("Stop the person’s account?")
    intro = WHAT_SUSPENDING_DOES
    button = gettext_lazy("Stop the account")
    done = gettext_lazy(
        "The account is stopped: the person is signed out and cannot sign in. Tell them yourself, "
        "and call the groups where they have a place."
    )

    def perform(self) -> None:
        act(concern=self.concern, what=SUSPEND_PERSON, by=person_of(self.request))

    def next_page(self) -> str:
        return self.address()


class ConcernAct(ConcernRequired, ActionButton):
    """What a button on the page of a concern does."""

    def perform(self) -> None:
        what, by = self.request.POST.get("act", ""), person_of(self.request)
        if what == "look-at":
            concerns.look_at(concern=self.concern, by=by)
        elif what == "reopen":
            concerns.reopen(concern=self.concern, by=by)
        elif what in {SUSPEND_GROUP, SUSPEND_PERSON}:
            raise InvalidInput(_("This is asked on a page of its own. Please try again."))
        else:
            act(concern=self.concern, what=what, by=by)
        self.done = _DONE[what]

    def next_page(self) -> str:
        return self.address()


_DONE = {
    "look-at": gettext_lazy("It says now that you are looking at it."),
    "reopen": gettext_lazy("The concern is open again."),
    "reinstate-group": gettext_lazy("The group is no longer stopped."),
    "reinstate-person": gettext_lazy("The account goes on."),
}
