"""A prospectus as anybody reads it who has its link, such as a committee from the printed sheet."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.generic import TemplateView

from insights import prospectus_links as links
from insights.models import Prospectus
from insights.services import prospectuses
from opportunities.links import group_token
from opportunities.policies import can_act_for
from web.centre import reached
from web.prospectus_words import kind_of, shown


class ProspectusByLink(TemplateView):
    """How many people wait near a group and the role for them, with what to do next: for whoever
    acts for the group one tap to its draft, for all others the way there.

    Nothing of what the group made of it is told: the link may be in anybody's hands.
    """

    http_method_names = ["get", "head", "options"]
    prospectus: Prospectus

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = links.prospectus_with(kwargs["prospectus"])
        if found is None:
            raise Http404
        self.prospectus = found
        response = super().dispatch(request, *args, **kwargs)
        # The address is what lets in: nobody keeps the page, and no search engine lists it.
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        if links.has_ended(found):
            response.status_code = 410
        return response

    def get_template_names(self) -> list[str]:
        page = "ended" if links.has_ended(self.prospectus) else "by_link"
        return [f"web/prospectus/{page}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_ended = links.has_ended(self.prospectus)
        given = self._ended() if has_ended else self._what_it_says()
        return super().get_context_data(**kwargs | given, centre=reached())

    def _ended(self) -> dict[str, Any]:
        return {"sign_in": _with_way_back("account_login", reverse("web:groups"))}

    def _what_it_says(self) -> dict[str, Any]:
        one, user = self.prospectus, self.request.user
        acts = user.is_authenticated and can_act_for(user, one.organisation)
        if user.is_authenticated and acts:
            prospectuses.opened(prospectus=one, by=user)
        return {
            "group": one.organisation,
            "prospectus": one,
            "shown": shown(one),
            "kind": kind_of(one),
            "acts": acts,
            "sign_in": _with_way_back("account_login", self.request.path),
            "register": _with_way_back("account_signup", self.request.path),
            "ends": links.ends_at(one),
            "ask": reverse("web:group-ask", args=[group_token(one.organisation_id)]),
        }


def _with_way_back(page: str, back: str) -> str:
    return f"{reverse(page)}?{urlencode({'next': back})}"
