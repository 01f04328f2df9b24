"""The volunteer centre's desk: what waits for it, groups, roles, rankings and jobs."""

from typing import Any

from django.db.models import F, QuerySet
from django.forms import Form
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView

from core.outbox import attempts
from core.outbox import selectors as outbox
from matching.selectors import latest_runs, suited_people
from matching.services import runs
from opportunities.duplicates import groups_called_like
from opportunities.models import Opportunity, Organisation
from opportunities.services import organisations, roles
from web.forms.base import PageForm
from web.forms.desk import FindGroupForm, SendBackForm, SuspendForm
from web.group_access import BrokerRequired, person_of
from web.role_marks import marks_on
from web.role_sections import SECTIONS, with_answers
from web.views.page import ActionButton, QuestionPage

#: The desk shows the first of each list; what is done makes room for the next.
MOST_LISTED = 25
RUNS_LISTED = 5


class Desk(BrokerRequired, TemplateView):
    """What waits for the volunteer centre, longest first, each with what to do."""

    template_name = "web/desk/desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        to_verify = Organisation.objects.to_verify()
        to_review = Opportunity.objects.to_review().select_related("organisation")
        aside = outbox.set_aside()
        return super().get_context_data(
            groups_to_verify=to_verify[:MOST_LISTED],
            groups_count=to_verify.count(),
            roles_to_review=to_review[:MOST_LISTED],
            roles_count=to_review.count(),
            runs=latest_runs(RUNS_LISTED),
            backlog=outbox.backlog(),
            jobs=aside[:MOST_LISTED],
            jobs_count=aside.count(),
            **kwargs,
        )


class DeskGroups(BrokerRequired, ListView):
    """All groups by name, to find one."""

    template_name = "web/desk/groups.html"
    context_object_name = "groups"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[Organisation]:
        form = FindGroupForm(self.request.GET)
        words = form.cleaned_data["q"] if form.is_valid() else ""
        return Organisation.objects.filter(name__icontains=words).order_by("name", "pk")

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
            roles=self.group.opportunities.order_by("-updated_at")[:MOST_LISTED],
            **kwargs,
        )


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
        return reverse("web:desk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=self.group.name, group=self.group, **kwargs)


class GroupSuspend(DeskGroupRequired, QuestionPage):
    template_name = "web/desk/suspend.html"
    form_class = SuspendForm
    title = gettext_lazy("Stop this group")

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


class GroupReinstate(DeskGroupRequired, ActionButton):
    done = gettext_lazy("The group is no longer stopped.")

    def perform(self) -> None:
        organisations.reinstate(organisation=self.group, by=person_of(self.request))

    def next_page(self) -> str:
        return self.group_address()


class DeskRoles(BrokerRequired, ListView):
    """Open roles, those with most places that nobody has asked for first."""

    template_name = "web/desk/roles.html"
    context_object_name = "roles"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[Opportunity]:
        unasked = F("places") - F("places_taken") - F("applications_pending")
        return (
            Opportunity.objects.open()
            .select_related("organisation")
            .order_by(unasked.desc(), "title", "pk")
        )


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

    def perform(self) -> None:
        roles.publish(opportunity=self.role, by=person_of(self.request))

    def next_page(self) -> str:
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
        return reverse("web:desk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=self.role.title, **kwargs)


class RolePeople(DeskRoleRequired, TemplateView):
    """The people whom a role suits best, for the volunteer centre alone."""

    template_name = "web/desk/people.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(role=self.role, people=suited_people(self.role), **kwargs)


class RankEverybody(BrokerRequired, ActionButton):
    done = gettext_lazy("Everybody will be ranked again. This page shows how far it is.")

    def perform(self) -> None:
        runs.request(by=person_of(self.request))

    def next_page(self) -> str:
        return reverse("web:desk") + "#rankings"


class JobRetry(BrokerRequired, ActionButton):
    done = gettext_lazy("The job is tried again.")

    def perform(self) -> None:
        attempts.retry(fact_id=self.kwargs["job_id"])

    def next_page(self) -> str:
        return reverse("web:desk") + "#jobs"
