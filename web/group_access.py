"""Who may open the pages of a group and of the volunteer centre.

To whoever may not, the page does not exist: an address says nothing about other people's groups.
"""

from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect

from accounts.models import User
from core.errors import NotAllowed, NotFound
from desk.services import acted
from opportunities import policies
from opportunities.models import Opportunity, Organisation
from web.access import SignedIn


class GroupRequired(SignedIn):
    """A page of one group, for its members and the volunteer centre; gives `self.group`."""

    group: Organisation
    #: Whether the page shows people who asked: nobody sees those of a group that is stopped.
    shows_people = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        self.group = get_object_or_404(Organisation, pk=kwargs["group_id"])
        try:
            if self.shows_people:
                policies.check_can_see_people(request.user, self.group)
            else:
                policies.check_can_act_for(request.user, self.group)
        except NotFound as error:
            raise Http404(error.message) from error
        except NotAllowed as error:
            messages.error(request, error.message)
            return redirect("web:group-detail", group_id=self.group.pk)
        self.prepare()
        if request.user.is_broker:
            request.acting_for = self.group.name  # type: ignore[attr-defined]  # for the banner
            if self.may_change(request):
                with acted.and_told(self.group, by=request.user):
                    return super().dispatch(request, *args, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def may_change(self, request: HttpRequest) -> bool:
        """Whether the request may change something. What only looks holds no transaction open while
        it is worked out."""
        return request.method == "POST"

    def prepare(self) -> None:
        """Read what else the page is about. May raise Http404."""


class GroupRoleRequired(GroupRequired):
    """A page about one role of a group; gives `self.role`, its group loaded."""

    role: Opportunity
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        self.role = get_object_or_404(self.roles(), pk=self.kwargs["role_id"])
        self.role.organisation = self.group

    def roles(self) -> QuerySet[Opportunity]:
        """Give the roles that this page can be about."""
        return self.group.opportunities.all()


class GroupsPeopleRequired(GroupRoleRequired):
    """A page about the people of a role; a group that is stopped does not see it."""

    shows_people = True


class BrokerRequired(SignedIn):
    """A page of the volunteer centre."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        try:
            policies.check_can_check_groups(request.user)
        except NotFound as error:
            raise Http404(error.message) from error
        self.prepare()
        return super().dispatch(request, *args, **kwargs)

    def prepare(self) -> None:
        """Read what the page is about. May raise Http404."""


def person_of(request: HttpRequest) -> User:
    """Give whoever is signed in, on a page that only people who are signed in reach."""
    return cast(User, request.user)
