"""Groups at the desk: found, looked at, checked, stopped."""

from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from desk import groups
from desk.services import notes, standing
from opportunities.duplicates import groups_called_like
from opportunities.models import Organisation
from opportunities.services import organisations
from placements.answering import roles_with_waiting, unanswered_too_long
from web.forms.base import PageForm
from web.forms.desk import FindGroupForm, NoteForm, SuspendForm
from web.group_access import BrokerRequired, person_of
from web.views.desk.lists import DeskList
from web.views.page import ActionButton, QuestionPage

#: The page shows the first of each list.
MOST_LISTED = 25

#: What is said before a group is stopped, wherever that is asked.
WHAT_STOPPING_DOES = gettext_lazy(
    "Its roles are hidden at once and nobody can ask for them. What people asked before stays as "
    "it is, but the group cannot see or answer them, and neither side can write to the other. We "
    "tell the people who act for it. You can undo it."
)


class DeskGroups(DeskList):
    """All groups by name, to find one."""

    template_name = "web/desk/groups.html"
    context_object_name = "groups"

    def get_queryset(self) -> QuerySet[Organisation]:
        form = FindGroupForm(self.request.GET)
        return groups.found(form.cleaned_data["q"] if form.is_valid() else "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(form=FindGroupForm(self.request.GET), **kwargs)


class DeskGroupRequired(BrokerRequired):
    """A page about one group; gives `self.group`."""

    group: Organisation
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        self.group = get_object_or_404(Organisation, pk=self.kwargs["group_id"])

    def group_address(self) -> str:
        return reverse("web:desk-group", args=[self.group.pk])


class DeskGroup(DeskGroupRequired, TemplateView):
    """What a group says about itself, those called alike, and what can be done."""

    template_name = "web/desk/group.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        alike = groups_called_like(self.group.name, limit=4)
        return super().get_context_data(
            group=self.group,
            alike=[group for group in alike if group.pk != self.group.pk],
            memberships=self.group.memberships.select_related("user"),
            limits=self.group.capacity_limits.standing().select_related("opportunity"),
            roles=roles_with_waiting(self.group)[:MOST_LISTED],
            unanswered=unanswered_too_long(self.group),
            notes=self.group.desk_notes.select_related("by"),
            history=standing.history_of_group(self.group),
            **kwargs,
        )


class GroupNote(DeskGroupRequired, QuestionPage):
    """A note on a group's page, such as how a call went."""

    form_class = NoteForm
    title = gettext_lazy("Note a call, or write a note")
    button = gettext_lazy("Save")
    done = gettext_lazy("Noted.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by_phone": True, "has_list": False}

    def perform(self, form: Form) -> None:
        notes.write(about=self.group, by=person_of(self.request), **form.cleaned_data)

    def back(self) -> str:
        return self.group_address()

    def get_success_url(self) -> str:
        return self.group_address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=self.group.name, **kwargs)


class GroupVerify(DeskGroupRequired, QuestionPage):
    template_name = "web/desk/verify.html"
    form_class = PageForm
    title = gettext_lazy("Do you know that this group is what it says?")
    button = gettext_lazy("Yes, its roles can be shown")

    def perform(self, form: Form) -> None:
        organisations.verify(organisation=self.group, by=person_of(self.request))

    @property
    def done(self) -> str:  # type: ignore[override]  # worked out when it is known
        return _("%(group)s is checked. We told the people who act for it.") % {
            "group": self.group.name
        }

    def back(self) -> str:
        return self.group_address()

    def get_success_url(self) -> str:
        return reverse("web:desk-queue", args=["groups-to-verify"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=self.group.name, group=self.group, **kwargs)


class GroupSuspend(DeskGroupRequired, QuestionPage):
    template_name = "web/desk/suspend.html"
    form_class = SuspendForm
    title = gettext_lazy("Stop this group")
    intro = WHAT_STOPPING_DOES

    def perform(self, form: Form) -> None:
        organisations.suspend(
            organisation=self.group, by=person_of(self.request), **form.cleaned_data
        )

    @property
    def done(self) -> str:  # type: ignore[override]  # worked out when it is known
        return _("%(group)s is stopped. People cannot see its roles any more.") % {
            "group": self.group.name
        }

    def back(self) -> str:
        return self.group_address()

    def get_success_url(self) -> str:
        return self.group_address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=self.group.name, **kwargs)


class GroupConfirmName(DeskGroupRequired, ActionButton):
    done = gettext_lazy("Noted: the group is still what it says.")

    def perform(self) -> None:
        organisations.confirm_name(organisation=self.group, by=person_of(self.request))

    def next_page(self) -> str:
        return self.group_address()


class GroupReinstate(DeskGroupRequired, ActionButton):
    done = gettext_lazy("The group is no longer stopped.")

    def perform(self) -> None:
        organisations.reinstate(organisation=self.group, by=person_of(self.request))

    def next_page(self) -> str:
        return self.group_address()
