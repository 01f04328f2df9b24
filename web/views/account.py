"""A person's account: name, phone, and the ways to all that is theirs."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts import second_factor
from accounts.services import people
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
