"""The volunteer centre puts a person on a waiting list, and takes them off it."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from desk.services import waiting
from opportunities.models import Opportunity
from placements import policies, queues
from placements.models import WaitingListEntry
from web.forms.base import PageForm
from web.forms.waiting import JoinKindForm
from web.group_access import person_of
from web.views.desk.acting import ActingRequired
from web.views.desk.people import PersonQuestion
from web.waiting_words import list_name


class _ListOfPerson(ActingRequired, PersonQuestion):
    """A page about a waiting list, which leads back to the person's lists."""

    def get_success_url(self) -> str:
        return f"{self.person_address()}#waiting"


class WaitForPerson(_ListOfPerson):
    """Say how waiting works for one role, and join its list for the person."""

    template_name = "web/desk/people/wait.html"
    form_class = PageForm
    title = gettext_lazy("Put them on the waiting list")
    button = gettext_lazy("Put them on the list")
    done = gettext_lazy("They are on the waiting list, and are told.")

    @cached_property
    def role(self) -> Opportunity:
        roles = Opportunity.objects.public().select_related("organisation")
        return get_object_or_404(roles, pk=self.kwargs["role_id"])

    def perform(self, form: forms.Form) -> None:
        waiting.join_role(
            volunteer=self.volunteer, opportunity=self.role, by=person_of(self.request)
        )

    def back(self) -> str:
        return reverse("web:desk-person-apply", args=[self.person.pk, self.role.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        door = policies.door(self.volunteer, self.role)
        return super().get_context_data(
            role=self.role,
            can_wait=policies.can_wait_for(door),
            closed=[
                gate.sentence(door)
                for gate in policies.closed_gates(door)
                if gate.code not in policies.OPEN_AGAIN
            ],
            number=queues.waiting_for(self.role),
            **kwargs,
        )


class WaitForKind(_ListOfPerson):
    """Choose a kind of role, and join the list for it for the person."""

    template_name = "web/desk/people/wait_kind.html"
    form_class = JoinKindForm
    title = gettext_lazy("Put them on the list for a kind of role")
    button = gettext_lazy("Put them on the list")
    done = gettext_lazy("They are on the waiting list, and are told.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"volunteer": self.volunteer}

    def perform(self, form: forms.Form) -> None:
        waiting.join_kind(volunteer=self.volunteer, by=person_of(self.request), **form.cleaned_data)

    def back(self) -> str:
        return self.get_success_url()


class LeaveListForPerson(_ListOfPerson):
    """Ask whether to take the person off a list, and do it."""

    form_class = PageForm
    title = gettext_lazy("Take them off this waiting list?")
    button = gettext_lazy("Take them off")
    done = gettext_lazy("They are off the waiting list, and are told.")

    @cached_property
    def entry(self) -> WaitingListEntry:
        """Give the entry that the page is about; other people's are not there."""
        theirs = WaitingListEntry.objects.filter(volunteer=self.volunteer)
        loaded = theirs.select_related("opportunity", "activity", "cause", "volunteer__user")
        return get_object_or_404(loaded, pk=self.kwargs["entry"])

    def perform(self, form: forms.Form) -> None:
        waiting.leave(entry=self.entry, by=person_of(self.request))

    def back(self) -> str:
        return self.get_success_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = list_name(self.entry)
        intro = gettext_lazy("%(list)s. They can join it again, but start at the end.")
        return super().get_context_data(intro=intro % {"list": about}, cancel=self.back(), **kwargs)
