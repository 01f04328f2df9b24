"""Roles that are not for me: why, what follows, and back again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View

from core.errors import InvalidInput, NotFound
from matching.models import Impression
from matching.selectors import hidden_role, hidden_roles, recommended_roles
from matching.services import hiding
from opportunities.models import Opportunity
from volunteers.services import profiles
from web.access import VolunteerRequired
from web.forms.not_for_me import NearerForm, NotForMeForm
from web.hiding_words import what_follows
from web.role_access import roles_seen_by
from web.views.page import ActionButton, QuestionPage

PER_PAGE = 20
_PAGE = Impression.Surface.PAGE


class NotForMe(VolunteerRequired, QuestionPage):
    """Why not; the answer hides the role. From a list it does so without leaving the list."""

    form_class = NotForMeForm
    title = gettext_lazy("Why is it not for you?")
    button = gettext_lazy("Hide this role")
    role: Opportunity

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        roles = roles_seen_by(request).select_related("organisation")
        self.role = get_object_or_404(roles, pk=kwargs["role"])
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: forms.Form) -> None:
        hiding.hide(
            volunteer=self.volunteer,
            opportunity=self.role,
            reason=form.cleaned_data["reason"],
            surface=_PAGE,
            by=self.volunteer.user,
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        answer = super().form_valid(form)
        if not self.request.htmx:  # type: ignore[attr-defined]  # its middleware's
            return answer
        hidden = hidden_role(self.volunteer, self.role.pk)
        context = {"hidden": hidden, "follows": what_follows(self.volunteer, hidden)}
        return render(self.request, "web/hidden/block.html", context)

    def back(self) -> str:
        return reverse("web:role", args=[self.role.pk])

    def get_success_url(self) -> str:
        return reverse("web:role-hidden", args=[self.role.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=self.role.title, cancel=self.back(), **kwargs)


class RoleHidden(VolunteerRequired, TemplateView):
    """That the role is hidden, and what follows."""

    template_name = "web/hidden/done.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            hidden = hidden_role(self.volunteer, kwargs.pop("role"))
        except NotFound as error:
            raise Http404(error.message) from error
        follows = what_follows(self.volunteer, hidden)
        return super().get_context_data(hidden=hidden, follows=follows, **kwargs)


class ShowAgain(VolunteerRequired, View):
    """Takes back that a role is hidden. On a list the role stands there again at once."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, role: int) -> HttpResponse:
        try:
            hidden = hidden_role(self.volunteer, role)
        except NotFound as error:
            raise Http404(error.message) from error
        hiding.restore(
            volunteer=self.volunteer,
            opportunity=hidden.opportunity,
            surface=_PAGE,
            by=self.volunteer.user,
        )
        if request.htmx:  # type: ignore[attr-defined]  # its middleware's
            return self._block(hidden.opportunity)
        messages.success(request, _("“%(role)s” is back.") % {"role": hidden.opportunity.title})
        return redirect(
            "web:hidden-roles" if hidden_roles(self.volunteer).exists() else "web:recommended-roles"
        )

    def _block(self, role: Opportunity) -> HttpResponse:
        listed = recommended_roles(self.volunteer).items
        item = next((item for item in listed if item.opportunity.pk == role.pk), None)
        return render(self.request, "web/hidden/back_again.html", {"item": item, "role": role})


class HiddenRoles(VolunteerRequired, TemplateView):
    """What the person hid, and why, each with a button that takes it back."""

    template_name = "web/hidden/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = hidden_roles(self.volunteer)
        page = Paginator(mine, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, **kwargs)


class LookNearer(VolunteerRequired, ActionButton):
    """Lowers how far the person would travel."""

    def perform(self) -> None:
        form = NearerForm(self.request.POST)
        if not form.is_valid():
            raise InvalidInput(_("Choose how far you would travel."))
        miles = form.cleaned_data["miles"]
        profiles.update(volunteer=self.volunteer, by=self.volunteer.user, travel_miles=miles)
        words = ngettext(
            "We now look up to %(miles)s mile from you. You can change this in your profile.",
            "We now look up to %(miles)s miles from you. You can change this in your profile.",
            miles,
        )
        messages.success(self.request, words % {"miles": miles})

    def next_page(self) -> str:
        return reverse("web:recommended-roles")
