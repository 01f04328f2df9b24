"""Roles at the desk: those that need people, and each to be shown or sent back."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.forms import Form
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from matching.selectors import suited_people
from opportunities.models import Opportunity
from opportunities.services import roles
from web.forms.desk import FindRoleForm, HideRoleForm, SendBackForm
from web.group_access import BrokerRequired, person_of
from web.role_marks import marks_on
from web.role_sections import SECTIONS, with_answers
from web.views.desk.lists import DeskList
from web.views.page import ActionButton, QuestionPage


class DeskRoles(DeskList):
    """Open roles, those with most places that nobody has asked for first; all by name."""

    template_name = "web/desk/roles.html"
    context_object_name = "roles"
    form: FindRoleForm

    def get_queryset(self) -> QuerySet[Opportunity]:
        self.form = FindRoleForm(self.request.GET)
        answers = self.form.cleaned_data if self.form.is_valid() else {}
        unasked = F("places") - F("places_taken") - F("applications_pending")
        everything = answers.get("show") == "all"
        roles = Opportunity.objects.all() if everything else Opportunity.objects.open()
        for word in answers.get("q", "").split():
            roles = roles.filter(Q(title__icontains=word) | Q(organisation__name__icontains=word))
        order = ("title", "pk") if everything else (unasked.desc(), "title", "pk")
        return roles.select_related("organisation").order_by(*order)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(form=self.form, **kwargs)


class DeskRoleRequired(BrokerRequired):
    """A page about one role; gives `self.role`, its group loaded."""

    role: Opportunity
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        roles_with_group = Opportunity.objects.select_related("organisation")
        self.role = get_object_or_404(roles_with_group, pk=self.kwargs["role_id"])

    def role_address(self) -> str:
        return reverse("web:desk-role", args=[self.role.pk])


class DeskRole(DeskRoleRequired, TemplateView):
    """Everything that a role says, to be published or sent back."""

    template_name = "web/desk/role.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        role = with_answers(self.role)
        return super().get_context_data(
            role=role,
            group=role.organisation,
            sections=[{"section": section, "rows": section.rows(role)} for section in SECTIONS],
            marks=marks_on(role),
            **kwargs,
        )


class RolePublish(DeskRoleRequired, ActionButton):
    done = gettext_lazy("People can see the role now. We told the group.")

    is_published = False

    def perform(self) -> None:
        roles.publish(opportunity=self.role, by=person_of(self.request))
        self.is_published = True

    def next_page(self) -> str:
        if self.is_published:
            return reverse("web:desk-queue", args=["roles-to-check"])
        return self.role_address()


class RoleSendBack(DeskRoleRequired, QuestionPage):
    form_class = SendBackForm
    title = gettext_lazy("Send the role back to its group")
    button = gettext_lazy("Send back")
    done = gettext_lazy("The group has the role back, with your words.")

    def perform(self, form: Form) -> None:
        roles.send_back(opportunity=self.role, by=person_of(self.request), **form.cleaned_data)

    def back(self) -> str:
        return self.role_address()

    def get_success_url(self) -> str:
        return reverse("web:desk-queue", args=["roles-to-check"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=self.role.title, **kwargs)


class RoleHide(DeskRoleRequired, QuestionPage):
    form_class = HideRoleForm
    title = gettext_lazy("Hide this role?")
    intro = gettext_lazy(
        "People cannot see it or ask for it from now on. Whoever asked or has a place stays as "
        "they are. We tell the group. You can show the role to people again."
    )
    button = gettext_lazy("Hide it")
    done = gettext_lazy("The role is hidden, and the group has your words.")

    def perform(self, form: Form) -> None:
        roles.hold_back(opportunity=self.role, by=person_of(self.request), **form.cleaned_data)

    def back(self) -> str:
        return self.role_address()

    def get_success_url(self) -> str:
        return self.role_address()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = {"caption": self.role.title, "cancel": self.back()}
        return super().get_context_data(**page | kwargs)


class RolePeople(DeskRoleRequired, TemplateView):
    """The people whom a role suits best, for the volunteer centre alone."""

    template_name = "web/desk/people.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(role=self.role, people=suited_people(self.role), **kwargs)
