"""A group's roles: write one in short pages, look it over, send it, close it."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core.errors import InvalidInput
from matching.requirements import requirements_of
from opportunities.models import CapacityLimit, Opportunity
from opportunities.role_templates import why_a_check
from opportunities.services import roles
from placements.services import catching_up
from web.forms.roles import CloseForm, DatesForm, PeopleForm, RoleForm, WorkForm
from web.group_access import GroupRequired, GroupRoleRequired, person_of
from web.role_marks import marks_on
from web.role_sections import (
    ESSENTIALS,
    SECTIONS,
    SECTIONS_BY_SLUG,
    Section,
    section_after,
    with_answers,
)
from web.views import group_more_room
from web.views.page import ActionButton, ConfirmedButton, QuestionPage
from web.views.writing_page import WritingPage, only_looks

_OUT = (Opportunity.Status.OPEN, Opportunity.Status.FULL)
#: In an address: the role is new, and each page leads to the next.
NEW = "new"


class _WritesRole(GroupRequired):
    def may_change(self, request: HttpRequest) -> bool:
        return super().may_change(request) and not only_looks(request)


class RoleCreate(_WritesRole, WritingPage):
    """The first page of a new role. It is kept as a draft from here on."""

    form_class = WorkForm
    title = gettext_lazy("What people will do")
    caption = gettext_lazy("A new role")
    button = gettext_lazy("Save and continue")
    written: Opportunity

    def perform(self, form: forms.Form) -> None:
        answers = cast(RoleForm, form).role_fields()
        self.written = roles.draft(organisation=self.group, by=person_of(self.request), **answers)

    def back(self) -> str:
        return reverse("web:group-role-create", args=[self.group.pk])

    def get_success_url(self) -> str:
        return _section_address(self.written, cast(Section, section_after("work")), is_new=True)


class RoleSection(_WritesRole, GroupRoleRequired, WritingPage):
    """One section of a role, saved by itself; beside it what is said of it while it is written."""

    button = gettext_lazy("Save and continue")

    def roles(self) -> QuerySet[Opportunity]:
        return super().roles().exclude(status=Opportunity.Status.CLOSED)

    @cached_property
    def section(self) -> Section:
        try:
            return SECTIONS_BY_SLUG[self.kwargs["section"]]
        except KeyError:
            raise Http404 from None

    def get_form_class(self) -> type[RoleForm]:
        return self.section.form

    def get_form(self, form_class: type[forms.BaseForm] | None = None) -> forms.BaseForm:
        form = super().get_form(form_class)
        role = self.role
        why = why_a_check(template=role.template, dbs_level=role.dbs_level)
        if why and isinstance(form, PeopleForm):
            form.explain_check(why)
        return form

    def get_initial(self) -> dict[str, Any]:
        return self.section.form.answers_of(self.role)

    def perform(self, form: forms.Form) -> None:
        answers = cast(RoleForm, form).role_fields()
        roles.update(opportunity=self.role, by=person_of(self.request), **answers)

    def back(self) -> str:
        return _check_address(self.role)

    def get_success_url(self) -> str:
        following = section_after(self.section.slug)
        if self._is_new and following is not None:
            return _section_address(self.role, following, is_new=True)
        return _check_address(self.role)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=self.section.title, caption=self.role.title, **kwargs)

    @property
    def _is_new(self) -> bool:
        return NEW in self.request.GET


class RoleEssentials(RoleSection):
    """What is left to say of a role that was begun from a template: one page, then the whole."""

    section = ESSENTIALS

    def get_success_url(self) -> str:
        return _check_address(self.role)


class RoleDates(RoleSection):
    """The section with dates, which can ask for more rows before it is saved."""

    template_name = "web/group/role/dates.html"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if "more" in request.POST:
            form = DatesForm(request.POST, more=True)
            return self.render_to_response(self.get_context_data(form=form, looked=None))
        return super().post(request, *args, **kwargs)


class RoleCheck(GroupRoleRequired, TemplateView):
    """Everything that is said about a role, what is missing, and what can be done with it."""

    template_name = "web/group/role/check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        role = with_answers(self.role)
        missing = _missing(role)
        return super().get_context_data(
            group=self.group,
            role=role,
            sections=[
                {
                    "section": section,
                    "address": _section_address(role, section),
                    "rows": section.rows(role),
                    "missing": [
                        sentence
                        for field, sentences in missing.items()
                        if field in section.fields
                        for sentence in sentences
                    ],
                }
                for section in SECTIONS
            ],
            is_ready=not missing,
            marks=marks_on(role),
            requirements=requirements_of(role) if role.status in _OUT else None,
            over_asked=group_more_room.in_words(role) if role.status in _OUT else None,
            can_change=role.status != Opportunity.Status.CLOSED,
            **kwargs,
        )


class RoleSend(GroupRoleRequired, ActionButton):
    """Send a draft to the volunteer centre."""

    def perform(self) -> None:
        roles.submit_for_review(opportunity=self.role, by=person_of(self.request))

    @property
    def done(self) -> str:  # type: ignore[override]  # worked out when it is known
        return _("“%(role)s” is with the volunteer centre. They look at it and write to you.") % {
            "role": self.role.title
        }

    def next_page(self) -> str:
        return _check_address(self.role)


class RoleClose(GroupRoleRequired, QuestionPage):
    """Ask whether to close a role and why, and do it; then what would let the group take more."""

    template_name = "web/group/role/close.html"
    form_class = CloseForm
    title = gettext_lazy("Do you want to close this role?")
    done = gettext_lazy("The role is closed.")

    def perform(self, form: forms.Form) -> None:
        because = form.cleaned_data["because"]
        roles.close(opportunity=self.role, by=person_of(self.request), because=because)

    def back(self) -> str:
        return _check_address(self.role)

    def get_success_url(self) -> str:
        if self.role.closed_because != Opportunity.ClosedBecause.LIMIT:
            return _check_address(self.role)
        address = reverse("web:group-limit-say", args=[self.group.pk])
        return f"{address}?role={self.role.pk}&asked={CapacityLimit.Asked.CLOSED}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(role=self.role, caption=self.role.title, **kwargs)


class RoleDiscard(GroupRoleRequired, ConfirmedButton):
    """Delete a draft that nobody has seen."""

    title = gettext_lazy("Do you want to delete this draft?")
    intro = gettext_lazy("People who look for a role have not seen it. You cannot get it back.")
    button = gettext_lazy("Delete the draft")
    done = gettext_lazy("The draft is deleted.")

    def perform(self) -> None:
        roles.discard(opportunity=self.role, by=person_of(self.request))

    def page_before(self) -> str:
        return _check_address(self.role)

    def next_page(self) -> str:
        return reverse("web:group-detail", args=[self.group.pk])


class RoleGoOn(GroupRoleRequired, ActionButton):
    """Let a role go on that pauses because people wait too long."""

    done = gettext_lazy("The role goes on. Please answer those who wait.")

    def perform(self) -> None:
        catching_up.go_on(opportunity=self.role, by=person_of(self.request))

    def next_page(self) -> str:
        return reverse("web:applicants", args=[self.group.pk, self.role.pk])


class RoleReopen(GroupRoleRequired, ActionButton):
    """Make a closed role a draft again."""

    done = gettext_lazy("The role is a draft again. Look it over and send it.")

    def perform(self) -> None:
        roles.reopen(opportunity=self.role, by=person_of(self.request))

    def next_page(self) -> str:
        return _check_address(self.role)


def _missing(role: Opportunity) -> dict[str, list[str]]:
    """Give what the role still lacks, by field."""
    try:
        roles.check_ready(role)
    except InvalidInput as error:
        return error.fields
    return {}


def _check_address(role: Opportunity) -> str:
    return reverse("web:group-role-check", args=[role.organisation_id, role.pk])


def _section_address(role: Opportunity, section: Section, *, is_new: bool = False) -> str:
    address = reverse("web:group-role-section", args=[role.organisation_id, role.pk, section.slug])
    return f"{address}?{NEW}=1" if is_new else address
