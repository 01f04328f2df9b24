"""What people can do while they wait for their place."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from matching.next_steps import meanwhile
from placements.models import UsefulLink
from placements.services import useful_links
from web.access import VolunteerRequired
from web.views.page import ActionButton


class Meanwhile(VolunteerRequired, TemplateView):
    """Roles that are done once, from home or with training, and pages of others."""

    template_name = "web/volunteer/meanwhile.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links = list(UsefulLink.objects.shown())
        done = dict(self.volunteer.courses_done.values_list("link", "said_at"))
        return super().get_context_data(
            roles=meanwhile(self.volunteer),
            has_links=bool(links),
            kinds=[
                {
                    "title": kind.label,
                    "is_training": kind == UsefulLink.Kind.TRAINING,
                    "links": [
                        {"link": link, "done": done.get(link.pk)}
                        for link in links
                        if link.kind == kind
                    ],
                }
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


class _CourseButton(VolunteerRequired, ActionButton):
    """A button beside a course."""

    kwargs: dict[str, Any]

    def link(self) -> UsefulLink:
        return get_object_or_404(UsefulLink.objects.shown(), pk=self.kwargs["link"])

    def next_page(self) -> str:
        return reverse("web:meanwhile")


class CourseDone(_CourseButton):
    """Say that one did it."""

    done = gettext_lazy("Well done. We have noted it.")

    def perform(self) -> None:
        useful_links.say_done(link=self.link(), volunteer=self.volunteer, by=self.volunteer.user)


class CourseNotDone(_CourseButton):
    """Take that back."""

    done = gettext_lazy("Undone.")

    def perform(self) -> None:
        useful_links.take_back_done(
            link=self.link(), volunteer=self.volunteer, by=self.volunteer.user
        )
