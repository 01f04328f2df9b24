"""Somebody calls: register them, or their group, while they are on the phone."""

from typing import cast

from django.contrib import messages
from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from desk.services import acting
from opportunities.models import Organisation
from web.forms.desk_people import GroupForTrusteesForm, RegisterPersonForm
from web.group_access import BrokerRequired, person_of
from web.views.desk.people import send_confirmation
from web.views.page import QuestionPage


class RegisterPerson(BrokerRequired, QuestionPage):
    template_name = "web/desk/people/register.html"
    form_class = RegisterPersonForm
    title = gettext_lazy("Register a person by phone")
    intro = gettext_lazy(
        "They need no email address. What they tell us is kept as if they had typed it, and they "
        "hear that you registered them."
    )
    button = gettext_lazy("Register and go on")
    person: User

    def perform(self, form: Form) -> None:
        answers = dict(form.cleaned_data)
        email = answers.pop("email")
        broker = person_of(self.request)
        if email:
            acting.check_address_is_free(person=User(), email=email)
        self.person = acting.register_person(by=broker, **answers)
        if email:
            acting.ask_for_email(
                person=self.person,
                email=email,
                by=broker,
                send=lambda person, address: send_confirmation(self.request, person, address),
            )
        messages.success(
            self.request,
            _("%(name)s is registered. Go through the questions with them now, or later.")
            % {"name": self.person},
        )

    def back(self) -> str:
        return reverse("web:desk-people")

    def get_success_url(self) -> str:
        return reverse("web:desk-person", args=[self.person.pk])


class RegisterGroup(BrokerRequired, QuestionPage):
    template_name = "web/desk/register_group.html"
    form_class = GroupForTrusteesForm
    title = gettext_lazy("Register a group by phone")
    button = gettext_lazy("Register the group")
    group: Organisation

    def perform(self, form: Form) -> None:
        answers = cast(GroupForTrusteesForm, form)
        acting.check_addresses(answers.trustees())
        self.group = acting.register_group(
            trustees=answers.trustees(), by=person_of(self.request), **answers.answers()
        )
        self._ask_for_addresses(answers.trustees())
        messages.success(self.request, _("%(group)s is registered.") % {"group": self.group.name})

    def _ask_for_addresses(self, trustees: list[dict[str, str]]) -> None:
        """Write to the addresses of those who are new here."""
        members = self.group.memberships.select_related("user").order_by("pk")
        for trustee, membership in zip(trustees, members, strict=False):
            if trustee["email"] and not membership.user.email:
                acting.ask_for_email(
                    person=membership.user,
                    email=trustee["email"],
                    by=person_of(self.request),
                    send=lambda person, address: send_confirmation(self.request, person, address),
                )

    def back(self) -> str:
        return reverse("web:desk-groups")

    def get_success_url(self) -> str:
        return reverse("web:desk-group", args=[self.group.pk])
