"""For the volunteer centre: pages of others that are useful to people who wait."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from placements.models import UsefulLink
from placements.services import useful_links
from web.forms.useful_links import UsefulLinkChangeForm, UsefulLinkForm
from web.group_access import BrokerRequired, person_of
from web.views.desk.lists import DeskList
from web.views.page import QuestionPage


class UsefulLinks(DeskList):
    """All links, those that people see first."""

    template_name = "web/desk/useful_links.html"
    context_object_name = "links"

    def get_queryset(self) -> QuerySet[UsefulLink]:
        return UsefulLink.objects.order_by("-is_shown", "-kind", "title", "pk")


class UsefulLinkAdd(BrokerRequired, QuestionPage):
    form_class: type[forms.Form] = UsefulLinkForm
    title = gettext_lazy("Add a useful link")
    button = gettext_lazy("Save")
    done = gettext_lazy("People who wait see it now.")

    def perform(self, form: forms.Form) -> None:
        useful_links.add(by=person_of(self.request), **form.cleaned_data)

    def back(self) -> str:
        return reverse("web:desk-useful-links")

    def get_success_url(self) -> str:
        return self.back()


class UsefulLinkChange(UsefulLinkAdd):
    form_class = UsefulLinkChangeForm
    title = gettext_lazy("Change a useful link")
    done = gettext_lazy("Saved.")
    link: UsefulLink
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        self.link = get_object_or_404(UsefulLink, pk=self.kwargs["link"])

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.link, name) for name in UsefulLinkChangeForm.base_fields}

    def perform(self, form: forms.Form) -> None:
        useful_links.change(link=self.link, by=person_of(self.request), **form.cleaned_data)
