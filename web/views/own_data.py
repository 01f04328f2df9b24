"""A person's own data: to take away, and to delete."""

import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from accounts.services import erasure
from core import personal_data
from core.clock import now
from core.errors import Conflict
from web.access import SignedIn, volunteer_of
from web.group_access import person_of


def data_file(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    """Give what `core.personal_data.export` gives as a file that programs can read."""
    content = {"site": request.get_host(), "made_at": now().isoformat(), "data": data}
    return HttpResponse(
        json.dumps(content, ensure_ascii=False, indent=2),
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="my-data.json"'},
    )


class OwnData(SignedIn, TemplateView):
    """What there is to take away."""

    template_name = "web/account/data.html"


@method_decorator(reauthentication_required, name="get")
class OwnDataFile(SignedIn, View):
    """All of it in one file that programs can read, for whoever has just shown who they are."""

    http_method_names = ["get"]
    at_stake = gettext_lazy(
        "The file holds everything that we keep about you. We ask again so that nobody else can "
        "take it."
    )

    def get(self, request: HttpRequest) -> HttpResponse:
        return data_file(request, personal_data.export(person_of(request)))


class AccountDelete(SignedIn, TemplateView):
    """Says what happens, and what has to be done before."""

    template_name = "web/account/delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            obstacles=personal_data.obstacles(person_of(self.request)),
            volunteer=volunteer_of(self.request),
            **kwargs,
        )


@method_decorator(reauthentication_required, name="dispatch")
class AccountDeleteConfirm(SignedIn, TemplateView):
    """Asks once more, whoever has just shown who they are; the button deletes."""

    template_name = "web/account/delete_confirm.html"
    at_stake = gettext_lazy(
        "Once your account is deleted, nobody can bring it back. We ask again so that nobody else "
        "can delete it."
    )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = person_of(request)
        try:
            erasure.erase(user=person, by=person)
        except Conflict as error:
            messages.error(request, error.message)
            return redirect(reverse("web:account-delete"))
        logout(request)
        messages.success(request, _("Your account and everything in it are deleted."))
        return redirect("web:home")
