"""Who may open a page."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from volunteers.models import Volunteer
from volunteers.services import presence


class SignedIn(LoginRequiredMixin):
    """A page for anyone with an account; others sign in first."""


class VolunteerRequired(SignedIn):
    """A page of a volunteer's own. Whoever has an account and no profile is asked what they want.

    Gives the view `self.volunteer`, read together with its person.
    """

    volunteer: Volunteer

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        volunteer = Volunteer.objects.filter(user=request.user).first()
        if volunteer is None:
            return redirect("web:start")
        volunteer.user = request.user
        presence.note_use(volunteer)
        self.volunteer = volunteer
        return super().dispatch(request, *args, **kwargs)


def volunteer_of(request: HttpRequest) -> Volunteer | None:
    """Give the profile of the person who is signed in, if they have one."""
    if not request.user.is_authenticated:
        return None
    return Volunteer.objects.filter(user=request.user).first()
