"""A person's account: name, phone, and the ways to all that is theirs."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts import second_factor
from accounts.services import audit, people, sign_ins
from opportunities.models import Organisation
from web.access import SignedIn, volunteer_of
from web.forms.person import PersonForm
from web.group_access import person_of
from web.sign_in_cards import sign_in_cards
from web.this_session import keep_only_this_session
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


class SignIns(SignedIn, TemplateView):
    """Where the person is signed in, this session marked."""

    template_name = "web/account/sign_ins.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = person_of(self.request)
        return super().get_context_data(
            cards=sign_in_cards(person, this=self.request.session.session_key),
            has_tokens=sign_ins.has_tokens(person),
            **kwargs,
        )


#: What the password protects on the two pages that follow.
_DEVICES = _("This protects your account: only you can sign out your other devices.")


class SignInEnd(SignedIn, View):
    """Ends one session, for whoever can say the password again."""

    http_method_names = ["post"]
    at_stake = _DEVICES

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        if not sign_ins.sessions_of(person_of(request)).filter(pk=number).exists():
            raise Http404
        return self.end(request, number)

    @method_decorator(reauthentication_required)
    def end(self, request: HttpRequest, number: int) -> HttpResponse:
        person = person_of(request)
        sign_ins.end_one(user=person, number=number, by=person)
        messages.success(request, _("You are signed out there."))
        return redirect("web:sign-ins")


class SignInEndOthers(SignedIn, View):
    """Ends every session but this one, and all tokens; asks for the password too."""

    http_method_names = ["post"]
    at_stake = _DEVICES

    @method_decorator(reauthentication_required)
    def post(self, request: HttpRequest) -> HttpResponse:
        person = person_of(request)
        keep_only_this_session(request, person)
        audit.record(by=person, action="sign_ins.others_ended", subject=person)
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("web:sign-ins")


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
