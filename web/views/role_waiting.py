"""What a group sees of its role's waiting list: how many, no names; and who decides."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy

from opportunities.services import roles
from placements import queues
from web.forms.waiting import TakesFromListForm
from web.group_access import GroupRoleRequired, person_of
from web.views.page import QuestionPage


class RoleWaiting(GroupRoleRequired, QuestionPage):
    template_name = "web/group/role/waiting.html"
    form_class = TakesFromListForm
    title = gettext_lazy("Waiting list")
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved.")

    def get_initial(self) -> dict[str, Any]:
        return {"takes_from_waiting_list": self.role.takes_from_waiting_list}

    def perform(self, form: forms.Form) -> None:
        roles.update(opportunity=self.role, by=person_of(self.request), **form.cleaned_data)

    def back(self) -> str:
        return reverse("web:group-role-check", args=[self.group.pk, self.role.pk])

    def get_success_url(self) -> str:
        return reverse("web:group-role-waiting", args=[self.group.pk, self.role.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            role=self.role,
            caption=self.role.title,
            number=queues.waiting_for(self.role),
            kept=queues.kept_in(self.role),
            **kwargs,
        )
