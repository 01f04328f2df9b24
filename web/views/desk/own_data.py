"""The volunteer centre gives people their data, and deletes it for them."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy

from core import personal_data
from core.errors import DomainError
from desk.own_data import printed
from desk.services import own_data
from web.forms.base import explain
from web.forms.desk_acting import EraseForm, GiveDataForm
from web.group_access import person_of
from web.views.desk.people import PersonQuestion
from web.views.own_data import data_file


@method_decorator(reauthentication_required, name="get")
@method_decorator(reauthentication_required, name="post")
class GiveData(PersonQuestion):
    """What we keep about a person, but their equality answers, to print or to send; for who has
    just shown who they are.
    """

    template_name = "web/desk/people/give_data.html"
    form_class = GiveDataForm
    title = gettext_lazy("Give them their data")
    at_stake = gettext_lazy(
        "The copy holds everything that we keep about somebody. We ask again so that nobody else "
        "can make it from your account."
    )
    button = gettext_lazy("Make the copy")

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            data = own_data.give(
                person=self.person,
                known_by=form.cleaned_data["known_by"],
                by=person_of(self.request),
            )
        except DomainError as error:
            explain(form, error)
            return self.form_invalid(form)
        if form.cleaned_data["way"] == "file":
            return data_file(self.request, data)
        return HttpResponse(
            printed(data, name=str(self.person)),
            content_type="application/pdf",
            headers={"Content-Disposition": 'attachment; filename="my-data.pdf"'},
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel=self.back(), **kwargs)


@method_decorator(reauthentication_required, name="get")
@method_decorator(reauthentication_required, name="post")
class EraseForPerson(PersonQuestion):
    """Says what goes and what stays, and asks; the button deletes."""

    template_name = "web/desk/people/erase.html"
    form_class = EraseForm
    title = gettext_lazy("Delete their data")
    at_stake = gettext_lazy(
        "Once somebody’s data is deleted, nobody can bring it back. We ask again so that nobody "
        "else can delete it from your account."
    )
    done = gettext_lazy(
        "Everything about them is deleted. Tell them yourself: the service cannot write to them."
    )

    def perform(self, form: forms.Form) -> None:
        own_data.erase(
            person=self.person,
            known_by=form.cleaned_data["known_by"],
            by=person_of(self.request),
        )

    def get_success_url(self) -> str:
        return reverse("web:desk-people")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            person=self.person,
            volunteer=getattr(self.person, "volunteer", None),
            obstacles=personal_data.obstacles(self.person),
            can_have=own_data.can_have(self.person),
            **kwargs,
        )
