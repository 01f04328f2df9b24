"""What a group is told of people who wait near it: read, made its draft, put aside; and by mail."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView, View

from insights.models import Prospectus
from insights.selectors import prospectuses as selectors
from insights.services import prospectus_mail, prospectuses
from opportunities.models import Membership, Opportunity
from web.forms.prospectuses import ProspectusMailForm
from web.group_access import GroupRequired, person_of
from web.prospectus_paper import paper
from web.prospectus_words import kind_of, shown
from web.views.page import ActionButton, QuestionPage


class ProspectusList(GroupRequired, ListView):
    """All that the group was told, the newest first, and whether it is told by mail."""

    template_name = "web/prospectus/list.html"
    paginate_by = 20

    def get_queryset(self) -> QuerySet[Prospectus]:
        return selectors.of_group(self.group)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        readers = set(selectors.readers_of(self.group).values_list("user", flat=True))
        person = person_of(self.request)
        return context | {
            "group": self.group,
            "rows": [{"prospectus": one, "kind": kind_of(one)} for one in context["page_obj"]],
            "is_member": self._is_member(),
            "is_mailed": person.pk in readers,
            "others": len(readers - {person.pk}),
        }

    def _is_member(self) -> bool:
        members = Membership.objects.filter(organisation=self.group)
        return members.filter(user=person_of(self.request)).exists()


class ProspectusRequired(GroupRequired):
    """A page about one prospectus of a group; gives `self.prospectus`, its group loaded."""

    prospectus: Prospectus
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        mine = selectors.of_group(self.group)
        self.prospectus = get_object_or_404(mine, pk=self.kwargs["prospectus_id"])
        self.prospectus.organisation = self.group

    def address(self) -> str:
        return reverse("web:group-prospectus", args=[self.group.pk, self.prospectus.pk])


class ProspectusDetail(ProspectusRequired, TemplateView):
    """How many people wait near the group, when they are free, and the role ready to edit.

    That a member opened it is noted: it is how the delivery group learns whether prospectuses are
    read, instead of pictures in mails that report it (docs/adr/0023).
    """

    template_name = "web/prospectus/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        prospectuses.opened(prospectus=self.prospectus, by=person_of(self.request))
        return super().get_context_data(
            group=self.group,
            prospectus=self.prospectus,
            shown=shown(self.prospectus),
            kind=kind_of(self.prospectus),
            **kwargs,
        )


class ProspectusPaper(ProspectusRequired, View):
    """The same on a sheet of paper, as PDF."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = f"people-who-want-to-help-{self.prospectus.pk}.pdf"
        return HttpResponse(
            paper(self.prospectus),
            content_type="application/pdf",
            headers={"Content-Disposition": f'inline; filename="{name}"'},
        )


class ProspectusDraft(ProspectusRequired, ActionButton):
    """Make the role the group's draft; pressed again it leads to the same one."""

    role: Opportunity | None = None

    def perform(self) -> None:
        is_new = self.prospectus.draft_id is None
        self.role = prospectuses.draft(prospectus=self.prospectus, by=person_of(self.request))
        if is_new:
            messages.success(
                self.request, _("This is your draft. Change what is different, then send it.")
            )

    def next_page(self) -> str:
        if self.role is None:
            return self.address()
        is_draft = self.role.status == Opportunity.Status.DRAFT
        page = "web:group-role-essentials" if is_draft else "web:group-role-check"
        return reverse(page, args=[self.group.pk, self.role.pk])


class ProspectusPutAside(ProspectusRequired, ActionButton):
    """Say that it is not for the group."""

    done = gettext_lazy("Put aside. You can still come back to it.")

    def perform(self) -> None:
        prospectuses.put_aside(prospectus=self.prospectus, by=person_of(self.request))

    def next_page(self) -> str:
        return reverse("web:group-prospectuses", args=[self.group.pk])


class ProspectusTakeUp(ProspectusRequired, ActionButton):
    """Take that back."""

    def perform(self) -> None:
        prospectuses.take_up_again(prospectus=self.prospectus, by=person_of(self.request))

    def next_page(self) -> str:
        return self.address()


class ProspectusMailChoice(GroupRequired, QuestionPage):
    """Whether the person who looks is mailed about people who could help the group."""

    form_class = ProspectusMailForm
    title = gettext_lazy("Emails about people who could help your group")
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved.")

    def get_initial(self) -> dict[str, Any]:
        wants = prospectus_mail.wants_mail(organisation=self.group, user=person_of(self.request))
        return {"wants": "yes" if wants else "no"}

    def perform(self, form: forms.Form) -> None:
        prospectus_mail.choose(
            organisation=self.group,
            wants=form.cleaned_data["wants"] == "yes",
            told=str(form.fields["wants"].help_text),
            by=person_of(self.request),
        )

    def back(self) -> str:
        return reverse("web:group-prospectuses", args=[self.group.pk])

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=self.group.name, **kwargs)
