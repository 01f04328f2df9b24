"""After registering: to volunteer, or to act for a group?"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from opportunities.models import Organisation
from volunteers.models import Volunteer
from volunteers.services import profiles
from web import wanted_role
from web.access import SignedIn, volunteer_of
from web.forms.profile import AgeForm
from web.forms.start import GROUP, StartForm
from web.views.page import QuestionPage
from web.views.profile import where_to_begin


class AfterSignIn(SignedIn, View):
    """Leads each person to their own first page."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect(first_page(request))


def first_page(request: HttpRequest) -> str:
    """Give the address where the person who is signed in goes on."""
    if request.user.is_broker:  # type: ignore[union-attr]  # signed in
        return reverse("web:desk")
    if request.user.is_delivery_group:  # type: ignore[union-attr]  # signed in
        return reverse("web:statistics")
    if volunteer_of(request) is not None:
        return wanted_role.come_back(request) or reverse("web:recommended-roles")
    if Organisation.objects.of(request.user.pk).exists():
        return reverse("web:groups")
    return reverse("web:start")


class Start(SignedIn, QuestionPage):
    form_class = StartForm
    title = _("What would you like to do?")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if form.cleaned_data["what"] == GROUP:
            return redirect("web:group-register")
        if volunteer_of(self.request) is not None:
            return redirect("web:recommended-roles")
        return redirect("web:start-volunteer")


class StartVolunteer(SignedIn, QuestionPage):
    """Makes the profile, and goes on to its questions; nobody under 13 gets one."""

    volunteer: Volunteer

    form_class = AgeForm
    title = _("How old are you?")
    intro = _(
        "You need to be 13 or over to register, and a few roles have an age limit. "
        "Your date of birth is for that, and for nothing else."
    )

    def get(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if volunteer_of(request) is not None:
            return redirect("web:profile")
        return super().get(request, *args, **kwargs)

    def back(self) -> str:
        return reverse("web:start")

    def perform(self, form: forms.Form) -> None:
        self.volunteer = profiles.register(
            user=self.request.user,  # type: ignore[arg-type]  # signed in
            by=self.request.user,  # type: ignore[arg-type]  # signed in
            date_of_birth=form.cleaned_data["date_of_birth"],
        )

    def get_success_url(self) -> str:
        return wanted_role.come_back(self.request) or where_to_begin(self.volunteer)
