"""A person's account: name, phone, and the ways to all that is theirs."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts import second_factor
from accounts.services import people, sign_ins
from opportunities.models import Organisation
from web.access import SignedIn, volunteer_of
from web.forms.person import PersonForm
from web.group_access import person_of
from web.views.page import QuestionPage


class Account(SignedIn, TemplateView):
    template_name = "web/account/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = person_of(self.request)
        return super().get_context_data(
            person=person,
            has_second_step=second_factor.authenticator_of(person) is not None,
            volunteer=volunteer_of(self.request),
            groups=Organisation.objects.of(self.request.user.pk).order_by("name"),
            **kwargs,
        )


class SignOutEverywhere(SignedIn, TemplateView):
    """Asks, since it ends this session too; the button ends all there are, and all tokens."""

    template_name = "web/account/sign_out_everywhere.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_tokens = sign_ins.has_tokens(person_of(self.request))
        return super().get_context_data(has_tokens=has_tokens, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = person_of(request)
        sign_ins.end_everywhere(user=person, by=person)
        logout(request)
        messages.success(request, _("You are signed out everywhere."))
        return redirect("account_login")


class AccountDetails(SignedIn, QuestionPage):
    form_class = PersonForm
    title = _("Your name and phone number")
    button = _("Save")
    done = _("Saved.")

    def get_initial(self) -> dict[str, Any]:
        return PersonForm.answers_of(person_of(self.request))

    def perform(self, form: forms.Form) -> None:
        person = person_of(self.request)
        people.update(user=person, by=person, **form.cleaned_data)

    def back(self) -> str:
        return reverse("web:account")

    def get_success_url(self) -> str:
        return self.back()
