"""What people can do while they wait for their place."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView, View

from matching.next_steps import meanwhile
from placements.models import UsefulLink
from placements.services import useful_links
from web.access import VolunteerRequired


class Meanwhile(VolunteerRequired, TemplateView):
    """Roles that are done once, from home or with training, and pages of others."""

    template_name = "web/volunteer/meanwhile.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links = list(UsefulLink.objects.shown())
        return super().get_context_data(
            roles=meanwhile(self.volunteer),
            has_links=bool(links),
            kinds=[
                {"title": kind.label, "links": [link for link in links if link.kind == kind]}
                for kind in UsefulLink.Kind
            ],
            **kwargs,
        )


class FollowUsefulLink(VolunteerRequired, View):
    """On to somebody else's page. That somebody went is counted, not who."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        link = get_object_or_404(UsefulLink.objects.shown(), pk=kwargs["link"])
        return HttpResponseRedirect(useful_links.follow(link))
