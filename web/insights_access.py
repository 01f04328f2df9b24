"""Who may open the pages of the statistics; for anybody else these pages do not exist."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import User
from core.errors import NotFound
from insights import policies
from web.access import SignedIn


class ReaderRequired(SignedIn):
    """A page of the statistics: for the delivery group, the volunteer centre and administrators."""

    may_open: Callable[[User | AnonymousUser], None] = staticmethod(policies.check_can_read)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        try:
            self.may_open(request.user)
        except NotFound as error:
            raise Http404(error.message) from error
        self.prepare()
        return super().dispatch(request, *args, **kwargs)

    def prepare(self) -> None:
        """Read what the page is about. May raise Http404."""


class SteererRequired(ReaderRequired):
    """A page on which the delivery group decides something."""

    may_open = staticmethod(policies.check_can_steer)
