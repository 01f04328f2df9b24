"""A person's calendar feed."""

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from core.errors import NotFound
from placements import calendar
from placements.models import CalendarFeed
from web.access import VolunteerRequired
from web.views.page import ActionButton


class MyCalendar(VolunteerRequired, TemplateView):
    """The address of the person's feed, and how to end it."""

    template_name = "web/volunteering/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        feed = CalendarFeed.objects.filter(volunteer=self.volunteer).first()
        address = calendar.address_of(feed) if feed is not None else ""
        return super().get_context_data(
            address=address, left_out=calendar.left_out_of(self.volunteer), **kwargs
        )


class RenewCalendar(VolunteerRequired, ActionButton):
    """A first address, or another one in place of the old."""

    done = gettext_lazy("Here is your address.")

    def perform(self) -> None:
        calendar.renew(volunteer=self.volunteer, by=self.volunteer.user)

    def next_page(self) -> str:
        return reverse("web:my-calendar")


class StopCalendar(VolunteerRequired, ActionButton):
    """No address any more."""

    done = gettext_lazy("Your calendar has stopped. Its address opens nothing any more.")

    def perform(self) -> None:
        calendar.stop(volunteer=self.volunteer, by=self.volunteer.user)

    def next_page(self) -> str:
        return reverse("web:my-calendar")


@require_safe
def calendar_feed(request: HttpRequest, feed: str) -> HttpResponseBase:
    """The feed itself: whoever has the address may read it, and nobody keeps a copy."""
    try:
        body = calendar.feed_of(calendar.volunteer_with(feed))
    except NotFound as error:
        raise Http404(error.message) from error
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    unchanged = get_conditional_response(request, etag=tag)
    response = unchanged or HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = tag
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Disposition"] = 'inline; filename="volunteering.ics"'
    return response
