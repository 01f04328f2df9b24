"""What keeps a group from taking more people, as it says itself: said, changed, no longer so."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from opportunities.models import CapacityLimit, Opportunity
from opportunities.services import limits
from web.forms.limits import LimitChangeForm, LimitForm
from web.group_access import GroupRequired, person_of
from web.views.page import ActionButton, QuestionPage


class GroupLimits(GroupRequired, ListView):
    """What the group has said and is still so."""

    template_name = "web/group/limits/list.html"
    context_object_name = "limits"

    def get_queryset(self) -> QuerySet[CapacityLimit]:
        return self.group.capacity_limits.standing().select_related("opportunity")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(group=self.group, **kwargs)


class LimitSay(GroupRequired, QuestionPage):
    """Ask what keeps the group, or one role of it, from taking more. It can be skipped."""

    template_name = "web/group/limits/say.html"
    form_class = LimitForm
    title = gettext_lazy("What would let you take more people?")
    button = gettext_lazy("Save")
    done = gettext_lazy("Thank you. The volunteer centre reads it.")

    @cached_property
    def opportunity(self) -> Opportunity | None:
        """The role that was asked about, if it is one of the group's."""
        wanted = self.request.GET.get("role", "")
        return self.group.opportunities.filter(pk=wanted).first() if wanted.isdecimal() else None

    def perform(self, form: forms.Form) -> None:
        asked = self.request.GET.get("asked", "")
        limits.say(
            organisation=self.group,
            opportunity=self.opportunity,
            by=person_of(self.request),
            asked=asked if asked in CapacityLimit.Asked.values else CapacityLimit.Asked.OWN,
            **cast(LimitForm, form).answers(),
        )

    def back(self) -> str:
        return reverse("web:group-detail", args=[self.group.pk])

    def get_success_url(self) -> str:
        return reverse("web:group-limits", args=[self.group.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = self.opportunity.title if self.opportunity else self.group.name
        return super().get_context_data(group=self.group, caption=about, **kwargs)


class LimitRequired(GroupRequired):
    """A page about one thing that the group said; gives `self.limit`."""

    limit: CapacityLimit
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        self.limit = get_object_or_404(self.group.capacity_limits, pk=self.kwargs["limit_id"])


class LimitChange(LimitRequired, QuestionPage):
    form_class = LimitChangeForm
    button = gettext_lazy("Save")
    done = gettext_lazy("Saved.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.limit, name) for name in LimitChangeForm.base_fields}

    def perform(self, form: forms.Form) -> None:
        limits.change(limit=self.limit, by=person_of(self.request), **form.cleaned_data)

    def back(self) -> str:
        return reverse("web:group-limits", args=[self.group.pk])

    def get_success_url(self) -> str:
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=self.limit.get_reason_display(), caption=self.group.name, **kwargs
        )


class LimitEnd(LimitRequired, ActionButton):
    done = gettext_lazy("Noted: that is no longer so.")

    def perform(self) -> None:
        limits.end(limit=self.limit, by=person_of(self.request))

    def next_page(self) -> str:
        return reverse("web:group-limits", args=[self.group.pk])
