"""Hear of new roles by mail without an account: asked, confirmed, stopped, each by a link."""

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from accounts.models.user import UserManager
from core.errors import Conflict, NotFound
from opportunities.models import SavedSearch
from opportunities.services import followed_searches
from web.forms.searches import FollowForm
from web.views.searches import SearchInAddress


class FollowSearch(SearchInAddress):
    """Takes an address. What it answers is always the same: whether the address has an account or
    follows the search already, only its owner learns.
    """

    form_class = FollowForm
    title = _("Hear of new roles by email, without an account")
    button = _("Send me the link")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return redirect(f"{reverse('web:search-save')}?{request.GET.urlencode()}")
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"alerts": SavedSearch.Alerts.DAILY}

    def perform(self, form: forms.Form) -> None:
        if not ratelimit.consume(self.request, action="follow"):
            raise Conflict(_now("You have tried too many times. Wait a few minutes and try again."))
        key = UserManager.normalised(form.cleaned_data["email"])
        if ratelimit.consume(self.request, action="follow-address", key=key):
            followed_searches.follow(name=self.search_name(), **self.sought(), **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("web:follow-asked")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(caption=self.search_name(), **kwargs)


class FollowAsked(TemplateView):
    """What happens next."""

    template_name = "web/searches/asked.html"
    extra_context = {"days": followed_searches.CONFIRM_WITHIN.days}


class _OneFollowed(TemplateView):
    """Where a link in a mail leads. Opening it changes nothing, since mail scanners follow links;
    the signed link is the proof.
    """

    search: SavedSearch

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.search = followed_searches.search_of(kwargs["token"])
        except NotFound as error:
            raise Http404(error.message) from error
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(search=self.search, **kwargs)


@method_decorator(never_cache, name="dispatch")
class ConfirmFollow(_OneFollowed):
    template_name = "web/searches/confirm.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        followed_searches.confirm(search=self.search)
        messages.success(request, _now("Thank you. We write to you when there is a new role."))
        return redirect(f"{reverse('web:roles')}?{self.search.address}")


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class StopFollowing(_OneFollowed):
    """Shows what is kept about the address, and deletes it all. A mail program may press the button
    itself (RFC 8058), without a cookie or token of ours.
    """

    template_name = "web/searches/stop.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(stopped=True)
        followed_searches.delete_all(search=self.search)
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        theirs = SavedSearch.objects.followed_by(self.search.email)
        return super().get_context_data(searches=list(theirs), **kwargs)
