"""Begin a role: from a template, from one that the group had before, or from nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from core.errors import NotFound
from opportunities import role_templates
from opportunities.models import Opportunity
from opportunities.services import drafts
from web.group_access import GroupRequired, GroupRoleRequired, person_of
from web.views.page import ActionButton

#: So many of the group's earlier roles are offered to be copied, the newest first.
MOST_EARLIER = 10


class RoleBegin(GroupRequired, TemplateView):
    """Templates by kind of help, a search among them, and the group's earlier roles.

    Picking one makes a draft, and leads on to what is left to say.
    """

    template_name = "web/group/role/begin.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()[:100]
        return super().get_context_data(
            group=self.group,
            words=words,
            families=role_templates.search(words),
            earlier=self.group.opportunities.order_by("-updated_at")[:MOST_EARLIER],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            role = drafts.from_template(
                organisation=self.group,
                code=request.POST.get("template", ""),
                by=person_of(request),
            )
        except NotFound:
            return self.get(request, *args, **kwargs)
        return redirect("web:group-role-essentials", self.group.pk, role.pk)


class RoleCopy(GroupRoleRequired, ActionButton):
    """Draft a new role with the words of this one."""

    done = gettext_lazy("This is a copy, and a draft. Change what is different, then send it.")
    copy: Opportunity

    def perform(self) -> None:
        self.copy = drafts.copy_of(opportunity=self.role, by=person_of(self.request))

    def next_page(self) -> str:
        role = getattr(self, "copy", self.role)
        return reverse("web:group-role-essentials", args=[self.group.pk, role.pk])
