"""What the volunteer centre does for a group through the API is told to the group, as it is when
the centre does it on the group's pages."""

from collections.abc import Callable
from contextlib import ExitStack, suppress

from django.http import HttpRequest, HttpResponse
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from accounts.models import User
from desk.services import acted
from opportunities.models import Organisation

_GROUP = "acting_for_group"
_UNTIL_ANSWERED = "until_answered"


class _NothingDoneError(Exception):
    """The answer is an error: what was begun is undone, and nobody hears of it."""


def told_to_groups(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Hold open, until a request is answered, what `act_for` begins in it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with suppress(_NothingDoneError), ExitStack() as until_answered:
            setattr(request, _UNTIL_ANSWERED, until_answered)
            response = get_response(request)
            if response.status_code >= 400:
                raise _NothingDoneError
        return response

    return middleware


def act_for(request: Request, group: Organisation) -> None:
    """From here until the request is answered, all that somebody of the centre changes for `group`
    is one transaction and told to its owners. For others, and for reading, nothing happens."""
    sent, user = request._request, request.user
    if request.method in SAFE_METHODS or not (isinstance(user, User) and user.is_broker):
        return
    if getattr(sent, _GROUP, None) == group:
        return
    getattr(sent, _UNTIL_ANSWERED).enter_context(acted.and_told(group, by=user))
    setattr(sent, _GROUP, group)
